//! `space channel edit`: changes who belongs to a channel, or what is posted there.

use super::fields;
use crate::{
    app::look_up,
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Group, PostKind, Slug},
        ops::{self, Field},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space channel edit laser --group inducted:laser --group priority:10
  space channel edit news --post alarm --no-post review";

/// The arguments of `space channel edit`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The channel
    #[arg(add = crate::cli::input::completion::channels())]
    channel: String,

    /// The chat, by the name that services.toml gives it
    #[arg(long, value_name = "NAME")]
    chat: Option<Slug>,

    /// What the channel is called there, or its id
    #[arg(long, value_name = "NAME")]
    called: Option<String>,

    /// It is called there like its record
    #[arg(long, conflicts_with = "called")]
    no_called: bool,

    /// Members who belong to it, instead of those so far; can be repeated
    #[arg(long, value_name = "GROUP", conflicts_with = "no_groups")]
    group: Vec<Group>,

    /// Invite and remove nobody any more
    #[arg(long)]
    no_groups: bool,

    /// What else is posted there, with words of its own after an = sign; can be repeated
    #[arg(long, value_name = "KIND[=WORDS]", value_parser = fields::post)]
    post: Vec<(PostKind, Option<String>)>,

    /// What is no longer posted there; can be repeated
    #[arg(long, value_name = "KIND")]
    no_post: Vec<PostKind>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes a channel.
///
/// # Errors
/// Fails if there is none, if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, _) = look_up::channel(&space.head, &args.channel)?;
    let more = args.post.into_iter().map(|(kind, words)| (kind, Some(words)));
    let fewer = args.no_post.into_iter().map(|kind| (kind, None));
    let request = ops::channel::Edit {
        chat: args.chat,
        channel: Field::of(args.called, args.no_called),
        groups: Some(args.group).filter(|it| args.no_groups || !it.is_empty()),
        posts: fewer.chain(more).collect(),
    };
    let plan = ops::channel::edit(&space.head, &name, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
