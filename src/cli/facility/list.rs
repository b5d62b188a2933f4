//! `space facility list`: lists the facilities and what each demands now.

use crate::{
    app::view::FacilityView,
    cli::{CliError, Context, output::Listing},
    domain::{access::Index, schedule::Window},
};

/// The arguments of `space facility list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists the facilities.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    // Report an unknown time zone, instead of showing everything as shut.
    space.zone()?;
    let (basis, findings) = space.head.basis();
    let index = Index::begin(space.head.id(), &basis, Window::around(ctx.now));
    let rows: Vec<FacilityView> = basis
        .facilities
        .iter()
        .filter_map(|(slug, folder)| {
            let now = index.demand(slug, ctx.now);
            Some(FacilityView::new(slug.clone(), folder.facility.get()?, now))
        })
        .collect();
    ctx.list_or(args.form, &rows, "there are no facilities; `space facility add NAME` adds one")?;
    findings.iter().filter(|f| f.path.starts_with("facilities/")).try_for_each(|f| ctx.warn(f))
}
