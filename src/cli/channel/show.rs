//! `space channel show`: one channel, who belongs to it and what is posted there.

use crate::{
    app::{look_up, view::ChannelView},
    cli::{CliError, Context},
    domain::posts,
};

/// The arguments of `space channel show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The channel
    #[arg(add = crate::cli::input::completion::channels())]
    channel: String,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Shows a channel.
///
/// # Errors
/// Fails if there is none, or if its record cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (name, record) = look_up::channel(&space.head, &args.channel)?;
    let shown = ChannelView { name, record };
    let posts = shown.record.posts.iter().map(|(kind, words)| {
        format!("{kind}: {}", words.as_deref().unwrap_or_else(|| posts::usual(*kind)))
    });
    let posts: Vec<String> = posts.collect();
    let lines = [
        ("channel", shown.record.place(&shown.name).to_owned()),
        ("chat", shown.record.chat.to_string()),
        ("groups", shown.groups()),
        ("posts", posts.join("\n")),
    ];
    ctx.record(&shown, &lines)
}
