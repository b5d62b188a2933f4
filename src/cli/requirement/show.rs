//! `space requirement show`: shows a requirement with its calendar.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{look_up, view},
    cli::{CliError, Context},
};

/// The arguments of `space requirement show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The tag, or its beginning
    #[arg(add = crate::cli::input::completion::requirements())]
    tag: String,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Shown {
    #[serde(flatten)]
    row: view::RequirementView,
    timespec: String,
}

/// Shows a requirement.
///
/// # Errors
/// Fails if no requirement has the tag, or if it cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let (facility, tag, requirement) = look_up::requirement(&space.head, &args.tag)?;
    let timespec = requirement.timespec.clone();
    let row = view::RequirementView::new(facility, tag, requirement, &zone, ctx.now);
    let shown = Shown { row, timespec };
    let on = match shown.row.transition.on {
        Some(true) => "on",
        Some(false) => "off",
        None => "refused, so the facility stays shut",
    };
    let lines = [
        ("tag", shown.row.tag.to_string()),
        ("facility", shown.row.facility.to_string()),
        ("priority", shown.row.priority.to_string()),
        ("description", shown.row.description.clone().unwrap_or_default()),
        ("arm", shown.row.arm.map(|_| "first-grant".to_owned()).unwrap_or_default()),
        ("now", on.to_owned()),
        ("window", shown.row.when()),
        ("timespec", shown.timespec.clone()),
    ];
    ctx.record(&shown, &lines)
}
