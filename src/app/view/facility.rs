//! Facilities, with what each demands now.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Cell, CellStyle, Column, View, maybe, plain};
use crate::domain::{
    access::Demand,
    model::{Facility as Record, FacilityKind, Priority, Slug},
};

/// A facility.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct FacilityView {
    /// The short name for commands.
    pub facility: Slug,
    /// The name for people.
    pub name: String,
    /// A door or a tool.
    pub kind: FacilityKind,
    /// Whether it demands an induction.
    pub induction: bool,
    /// The other facilities that demand an induction first.
    pub inductions_first: Vec<Slug>,
    /// What it demands now.
    #[serde(serialize_with = "DemandFields::serialize_demand")]
    #[schemars(with = "DemandFields")]
    pub now: Demand,
}

/// A demand for programs: always an object, with a state and a priority or null.
#[derive(Serialize, JsonSchema)]
pub struct DemandFields {
    /// Whether it is guarded, and how.
    state: DemandState,
    /// The priority that opens it.
    priority: Option<Priority>,
}

/// How a facility is guarded.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum DemandState {
    Requires,
    Held,
    HeldAfterGrant,
    NoRequirement,
    Shut,
}

impl DemandFields {
    /// Writes a demand in this form.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn serialize_demand<S: Serializer>(demand: &Demand, to: S) -> Result<S::Ok, S::Error> {
        let (state, priority) = match *demand {
            Demand::Requires(priority) => (DemandState::Requires, Some(priority)),
            Demand::Held => (DemandState::Held, None),
            Demand::HeldAfterGrant(priority) => (DemandState::HeldAfterGrant, Some(priority)),
            Demand::NoRequirement => (DemandState::NoRequirement, None),
            Demand::Shut => (DemandState::Shut, None),
        };
        Self { state, priority }.serialize(to)
    }
}

impl FacilityView {
    /// Makes a row of a record and what the facility demands.
    #[must_use]
    pub fn new(facility: Slug, record: &Record, now: Demand) -> Self {
        Self {
            facility,
            name: record.name.clone(),
            kind: record.kind,
            induction: record.induction,
            inductions_first: record.inductions_first.clone(),
            now,
        }
    }

    /// Formats what a facility demands as a cell.
    #[must_use]
    pub fn demand_cell(demand: Demand) -> Cell {
        match demand {
            Demand::Held => ("held unlocked".into(), CellStyle::Warning),
            Demand::HeldAfterGrant(priority) => (
                format!("priority {priority}; held unlocked once somebody is granted access"),
                CellStyle::Warning,
            ),
            Demand::Requires(priority) => (format!("priority {priority}"), CellStyle::Good),
            Demand::NoRequirement => ("shut: no requirement is active".into(), CellStyle::Faint),
            Demand::Shut => ("shut: its records cannot be read".into(), CellStyle::Bad),
        }
    }
}

impl View for FacilityView {
    const EMPTY: &'static str = "there are no facilities";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("KIND", |row| {
            plain(match row.kind {
                FacilityKind::Door => "door",
                FacilityKind::Tool => "tool",
            })
        }),
        Column::new("INDUCTION", |row| {
            let own = row.induction.then(|| "needed".to_owned());
            let first = row.inductions_first.iter().map(|name| format!("{name} first"));
            let all: Vec<String> = own.into_iter().chain(first).collect();
            maybe((!all.is_empty()).then(|| all.join(", ")))
        }),
        Column::new("NOW", |row| Self::demand_cell(row.now)),
    ];
}
