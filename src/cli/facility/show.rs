//! `space facility show`: one facility with its requirements, and what holds now.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    app::view::{self, Look},
    cli::{CliError, Context, context, fetch},
    domain::{
        model::{Facility, FacilityFolder, Priority, Slot, Slug, Tag},
        schedule::Timespec,
    },
};

/// The arguments of `space facility show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Which facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,
}

#[derive(Serialize)]
struct Shown {
    facility: Slug,
    #[serde(flatten)]
    record: Facility,
    now: Now,
    requirements: Vec<Tag>,
}

/// What a facility demands at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Now {
    /// This priority at least.
    Requires(Priority),
    /// Nothing: it stands open, whatever else is demanded.
    Held,
    /// This priority at least, until somebody is granted; from then on it stands open.
    HeldAfterGrant(Priority),
    /// Nobody gets in: no requirement is on.
    NoRequirement,
    /// Nobody gets in: something cannot be read.
    Shut,
}

impl Now {
    /// Returns it as a cell of a table.
    #[must_use]
    pub(super) fn cell(self) -> (String, Look) {
        match self {
            Self::Held => ("held unlocked".into(), Look::Odd),
            Self::HeldAfterGrant(priority) => {
                (format!("priority {priority}, held unlocked once somebody is granted"), Look::Odd)
            }
            Self::Requires(priority) => (format!("priority {priority}"), Look::Good),
            Self::NoRequirement => ("shut: no requirement is on".into(), Look::Faint),
            Self::Shut => ("shut: something is unreadable".into(), Look::Bad),
        }
    }
}

/// Works out what a facility demands at a moment: the highest requirement that is on, unless one
/// below zero holds it unlocked.
#[must_use]
pub(super) fn now(folder: &FacilityFolder, zone: &TimeZone, at: Timestamp) -> Now {
    if !matches!(folder.facility, Slot::Read(_)) {
        return Now::Shut;
    }
    let (mut highest, mut held, mut armed) = (None, false, false);
    for slot in folder.requirements.values() {
        let Some(requirement) = slot.get() else { return Now::Shut };
        let Ok(timespec) = Timespec::parse(&requirement.timespec, zone) else { return Now::Shut };
        if timespec.is_on(at) {
            highest = highest.max(Some(requirement.priority));
            held |= requirement.priority < 0 && requirement.arm.is_none();
            armed |= requirement.priority < 0 && requirement.arm.is_some();
        }
    }
    match highest {
        None => Now::NoRequirement,
        Some(_) if held => Now::Held,
        Some(priority) if armed => Now::HeldAfterGrant(priority),
        Some(priority) => Now::Requires(priority),
    }
}

/// Shows a facility.
///
/// # Errors
/// That there is none, or that its record cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let zone = context::zone(&head)?;
    let (name, record) = fetch::facility(&head, &args.facility)?;
    let (mut basis, _) = head.basis();
    let folder = basis.facilities.remove(&name).unwrap_or_default();
    let now = now(&folder, &zone, ctx.now);
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
                let row = view::Requirement::new(name.clone(), tag, requirement, &zone, ctx.now);
                let on = if row.on == Some(true) { "on now" } else { "off" };
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
    let lines = [
        ("facility", name.to_string()),
        ("name", shown.record.name.clone()),
        ("kind", format!("{:?}", shown.record.kind).to_lowercase()),
        ("now", now.cell().0),
        ("induction", if shown.record.induction { "needed".into() } else { String::new() }),
        ("inductions first", first.join(", ")),
        ("passcodes", if shown.record.fob_first { "after a fob".into() } else { String::new() }),
        (
            "requirements",
            if requirements.is_empty() { "none".into() } else { requirements.join("\n") },
        ),
    ];
    ctx.record(&shown, &lines)
}
