//! `space channel list`: lists the channels of chats.

use crate::{
    app::{look_up, view::ChannelView},
    cli::{CliError, Context, output::Listing},
    domain::records::Records as _,
};

/// The arguments of `space channel list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists the channels.
///
/// # Errors
/// Fails if the space or one of the records cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let names = space.head.channels().into_iter();
    let row = |name: crate::domain::model::Slug| {
        let (name, record) = look_up::channel(&space.head, name.as_str())?;
        Ok(ChannelView { name, record })
    };
    let rows: Result<Vec<ChannelView>, CliError> = names.map(row).collect();
    let empty = "there are no channels; `space channel add NAME --chat slack` adds one";
    ctx.list_or(args.form, &rows?, empty)
}
