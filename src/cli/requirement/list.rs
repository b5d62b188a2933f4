//! `space requirement list`: lists requirements, and which are active now.

use crate::{
    app::{look_up, view::RequirementView},
    cli::{CliError, Context, output::Listing},
    domain::model::Slot,
};

/// The arguments of `space requirement list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only requirements of this facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists requirements.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let only =
        args.facility.as_deref().map(|name| look_up::facility(&space.head, name)).transpose()?;
    let (basis, findings) = space.head.basis();
    let mut rows = Vec::new();
    for (facility, folder) in basis.facilities {
        if only.as_ref().is_some_and(|(name, _)| *name != facility) {
            continue;
        }
        for (tag, slot) in folder.requirements {
            if let Slot::Read(requirement) = slot {
                rows.push(RequirementView::new(facility.clone(), tag, requirement, &zone, ctx.now));
            }
        }
    }
    ctx.list(args.form, &rows)?;
    findings.iter().filter(|f| f.path.contains("/requirements/")).try_for_each(|f| ctx.warn(f))
}
