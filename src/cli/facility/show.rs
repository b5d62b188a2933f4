//! `space facility show`: one facility with its requirements, and what holds now.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{look_up, view},
    cli::{CliError, Context},
    domain::{
        access::{Demand, Index},
        model::{Facility, Slot, Slug, StaleRule, Tag},
        schedule::Window,
    },
};

/// The arguments of `space facility show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Which facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Shown {
    facility: Slug,
    #[serde(flatten)]
    record: Facility,
    #[serde(serialize_with = "view::DemandFields::serialize_demand")]
    #[schemars(with = "view::DemandFields")]
    now: Demand,
    requirements: Vec<Tag>,
}

/// Shows a facility.
///
/// # Errors
/// Fails if there is none, or if its record cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let (name, record) = look_up::facility(&space.head, &args.facility)?;
    let (mut basis, _) = space.head.basis();
    let index = Index::begin(space.head.id(), &basis, Window::around(ctx.now));
    let folder = basis.facilities.remove(&name).unwrap_or_default();
    let now = index.demand(&name, ctx.now);
    let shown = Shown {
        facility: name.clone(),
        record,
        now,
        requirements: folder.requirements.keys().cloned().collect(),
    };
    let requirements: Vec<String> = folder
        .requirements
        .into_iter()
        .map(|(tag, slot)| match slot {
            Slot::Read(requirement) => {
                let row =
                    view::RequirementView::new(name.clone(), tag, requirement, &zone, ctx.now);
                let on = if row.transition.on == Some(true) { "on now" } else { "off" };
                let what = row.description.clone().map(|d| format!(" {d}")).unwrap_or_default();
                format!(
                    "{} priority {} ({on}; {}){what}",
                    row.tag.short(),
                    row.priority,
                    row.when()
                )
            }
            _ => format!("{} cannot be read", tag.short()),
        })
        .collect();
    let first: Vec<&str> = shown.record.inductions_first.iter().map(Slug::as_str).collect();
    let controllers: Vec<String> = shown
        .record
        .controllers
        .iter()
        .map(ToString::to_string)
        .chain(shown.record.controller_key.map(|_| "sign with a key".to_owned()))
        .collect();
    let lines = [
        ("facility", name.to_string()),
        ("name", shown.record.name.clone()),
        ("kind", format!("{:?}", shown.record.kind).to_lowercase()),
        ("now", view::FacilityView::demand_cell(now).0),
        ("induction", if shown.record.induction { "needed".into() } else { String::new() }),
        (
            "grants",
            shown.record.grant_on_induction.map_or_else(String::new, |priority| {
                format!("an induction lets the member's fobs in with priority {priority}")
            }),
        ),
        ("inductions first", first.join(", ")),
        ("passcodes", if shown.record.fob_first { "after a fob".into() } else { String::new() }),
        ("old records", shown.record.stale.map_or_else(String::new, stale)),
        ("controllers", controllers.join(", ")),
        (
            "requirements",
            if requirements.is_empty() { "none".into() } else { requirements.join("\n") },
        ),
    ];
    ctx.record(&shown, &lines)
}

fn stale(rule: StaleRule) -> String {
    let days = rule.after_days;
    let days = format!("{days} day{}", if days == 1 { "" } else { "s" });
    match rule.priority {
        Some(priority) => format!("after {days} without news only priority {priority} gets in"),
        None => format!("after {days} without news nobody gets in"),
    }
}
