//! `space meter list`: lists the meters, and what each said last.

use crate::{
    app::{measurements, view::MeterView},
    cli::{CliError, Context, output::Listing},
};

/// The arguments of `space meter list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists the meters.
///
/// # Errors
/// Fails if the space or the measurements cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone_or_utc();
    let mut rows = Vec::new();
    for (name, meter) in measurements::meters(&space.head) {
        let newest = measurements::newest(space.store, &name, &meter)?;
        rows.push(MeterView::new(name, meter, newest, &zone));
    }
    ctx.list_or(args.form, &rows, "there are no meters; `space meter add NAME MEASURES` adds one")
}
