//! `space tier list`: lists the kinds of membership and their prices.

use crate::{
    app::view::TierView,
    cli::{CliError, Context, output::Listing},
    domain::{model::Slot, money::Currency},
};

/// The arguments of `space tier list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists the tiers.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let (basis, findings) = args.past.open(ctx)?.head.basis();
    let code = basis.space.get().map(|space| space.currency.as_str());
    let currency = Currency::named(code.unwrap_or_default());
    let rows: Vec<TierView> = basis
        .tiers
        .into_iter()
        .filter_map(|(tier, slot)| match slot {
            Slot::Read(record) => Some(TierView::new(tier, record, &currency)),
            _ => None,
        })
        .collect();
    ctx.list_or(args.form, &rows, "there are no tiers; `space tier add NAME` adds one")?;
    findings.iter().filter(|f| f.path.starts_with("tiers/")).try_for_each(|f| ctx.warn(f))
}
