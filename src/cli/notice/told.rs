//! `space notice told`: lists the notices that a member was sent.

use crate::{
    app::{look_up, notice::at_once, view::NoticeView},
    cli::{CliError, Context, output::Listing},
    domain::model::NoticeKind,
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
    let mut rows = Vec::new();
    for kind in NoticeKind::ALL {
        for sent in at_once::sent_notices(&space.head, id, *kind).told {
            let (occasion, at, failed) = (sent.occasion, sent.at, sent.failed);
            rows.push(NoticeView { kind: *kind, occasion, at, failed, zone: zone.clone() });
        }
    }
    rows.sort_by_key(|row| row.at);
    ctx.list(args.form, &rows)
}
