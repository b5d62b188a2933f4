//! `space notice told`: what a member was told, and when.

use super::at_once;
use crate::{
    app::view::Told,
    cli::{CliError, Context, context, fetch, output::Listing},
    domain::model::NoticeKind,
};

/// The arguments of `space notice told`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    #[command(flatten)]
    form: Listing,
}

/// Lists what a member was told.
///
/// # Errors
/// That nobody is called so.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let zone = context::zone(&head)?;
    let (id, _) = fetch::member(&head, &args.member)?;
    let mut rows = Vec::new();
    for kind in NoticeKind::ALL {
        for told in at_once::told(&head, id, *kind).told {
            let (occasion, at, failed) = (told.occasion, told.at, told.failed);
            rows.push(Told { kind: *kind, occasion, at, failed, zone: zone.clone() });
        }
    }
    rows.sort_by_key(|row| row.at);
    ctx.list(args.form, &rows)
}
