//! `space notice told`: lists the notices that a member was sent.

use crate::{
    app::{look_up, view::NoticeView},
    cli::{CliError, Context, output::Listing},
};

/// The arguments of `space notice told`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    #[command(flatten)]
    form: Listing,
}

/// Lists the notices that a member was sent.
///
/// # Errors
/// Fails if no member matches.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let (id, _) = look_up::member(&space.head, &args.member)?;
    ctx.list(args.form, &NoticeView::told(&space.head, id, &zone))
}
