//! `space activity list`: lists the newest activities.

use crate::{
    app::{journals, view::ActivityView},
    cli::{CliError, Context, input::filter::FilterArgs, output::Listing},
    store::journal::Tail,
};

/// The arguments of `space activity list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,

    /// How many of the newest
    #[arg(long, short, default_value_t = 20)]
    count: usize,

    #[command(flatten)]
    form: Listing,
}

/// Lists the newest activities, newest last.
///
/// # Errors
/// Fails if the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let filter = args.filter.filter(ctx, &space.head, &zone)?;
    let (mut activities, findings) = Tail::new(journals::folder(space.store)?, filter).all()?;
    activities.drain(..activities.len().saturating_sub(args.count));
    let rows: Vec<ActivityView> = activities
        .into_iter()
        .map(|activity| ActivityView::new(activity, &space.head, &zone))
        .collect();
    ctx.list(args.form, &rows)?;
    findings.iter().try_for_each(|finding| ctx.warn(finding))
}
