//! `space activity list`: the newest activities.

use super::filter::FilterArgs;
use crate::{
    app::view::Activity,
    cli::{CliError, Context, context, journals, output::Listing},
    store::journal::Tail,
};

/// The arguments of `space activity list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,

    /// How many, the newest
    #[arg(long, short, default_value_t = 20)]
    count: usize,

    #[command(flatten)]
    form: Listing,
}

/// Lists the newest activities, newest last.
///
/// # Errors
/// That the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let zone = context::zone(&head)?;
    let filter = args.filter.filter(ctx, &head, &zone)?;
    let (mut activities, findings) = Tail::new(journals::folder(&store)?, filter).all()?;
    activities.drain(..activities.len().saturating_sub(args.count));
    let rows: Vec<Activity> =
        activities.into_iter().map(|activity| Activity::new(activity, &head, &zone)).collect();
    ctx.list(args.form, &rows)?;
    findings.iter().try_for_each(|finding| ctx.warn(finding))
}
