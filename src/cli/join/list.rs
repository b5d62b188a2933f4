//! `space join list`: lists who has applied, and what members ask for.

use crate::{
    app::{joining, member_requests, view::WaitingView},
    cli::{CliError, Context, output::Listing},
    domain::records,
};

/// The arguments of `space join list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,
}

/// Lists the applications and then the requests, each the oldest first.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone_or_utc();
    let applications = joining::applications(space.store).all(ctx.now);
    let mut rows: Vec<_> =
        applications.iter().map(|it| WaitingView::application(it, &zone)).collect();
    for (id, it) in space.store.member_requests().all(ctx.now)? {
        let name = records::name(&space.head, it.member).unwrap_or_default();
        let asks = member_requests::words(&it);
        rows.push(WaitingView::request(&id, name, asks, &it, &zone));
    }
    ctx.list(args.form, &rows)
}
