//! Facilities, and the priority that each requires now (requirements.md D-96).

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::extract::{At, InPath};
use crate::{
    domain::{
        access::Demand,
        model::{Facility, FacilityKind, Priority, Slug},
    },
    web::{
        InForce, Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// A facility, and what it requires now.
#[derive(Serialize, ToSchema)]
pub(super) struct FacilityNow {
    /// The short name.
    facility: String,
    /// The name for people.
    name: String,
    /// A door or a tool.
    #[schema(value_type = Kind)]
    kind: FacilityKind,
    /// Whether a member needs an induction to it.
    induction: bool,
    /// The facilities to which a member needs inductions first.
    inductions_first: Vec<String>,
    /// What it takes to get in.
    state: FacilityState,
    /// The priority that a credential needs; null if nothing or nobody gets in by a priority.
    required_priority: Option<Priority>,
}

/// A door or a tool.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(super) enum Kind {
    Door,
    Tool,
}

/// What it takes to get in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FacilityState {
    /// A credential of the required priority.
    Requires,
    /// Nothing: it is held unlocked.
    Held,
    /// A credential of the required priority; it is held unlocked once somebody was granted access.
    HeldAfterGrant,
    /// Nobody gets in: no requirement is active.
    NoRequirement,
    /// Nobody gets in: its records cannot be read.
    Shut,
}

/// All facilities.
#[derive(Serialize, ToSchema)]
pub(super) struct Facilities {
    facilities: Vec<FacilityNow>,
}

/// List the facilities, with what each requires now
#[utoipa::path(
    get, path = "/facilities", tag = "decisions",
    responses((status = 200, body = Facilities)),
)]
pub(super) async fn list(State(site): State<Arc<Site>>) -> Result<At<Facilities>, Problem> {
    fault::work(&site, |site| {
        let in_force = site.in_force()?;
        let now = |(name, record)| FacilityNow::new(site, &in_force, name, record);
        let facilities = in_force.facilities.iter().map(now).collect();
        Ok(At(in_force.index.commit(), Facilities { facilities }))
    })
    .await
}

/// Show what a facility requires now
#[utoipa::path(
    get, path = "/facilities/{facility}", tag = "decisions",
    params(("facility" = String, Path, description = "the short name")),
    responses((status = 200, body = FacilityNow)),
)]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    InPath(facility): InPath<String>,
) -> Result<At<FacilityNow>, Problem> {
    fault::work(&site, move |site| {
        let in_force = site.in_force()?;
        let found = in_force.facilities.iter().find(|(name, _)| name.as_str() == facility);
        let (name, record) = found.ok_or_else(|| Fault::missing("there is no such facility"))?;
        Ok(At(in_force.index.commit(), FacilityNow::new(site, &in_force, name, record)))
    })
    .await
}

impl FacilityNow {
    fn new(site: &Site, in_force: &InForce, name: &Slug, record: &Facility) -> Self {
        let (state, required_priority) = match in_force.index.demand(name, site.now()) {
            Demand::Requires(priority) => (FacilityState::Requires, Some(priority)),
            Demand::Held => (FacilityState::Held, None),
            Demand::HeldAfterGrant(priority) => (FacilityState::HeldAfterGrant, Some(priority)),
            Demand::NoRequirement => (FacilityState::NoRequirement, None),
            Demand::Shut => (FacilityState::Shut, None),
        };
        Self {
            facility: name.to_string(),
            name: record.name.clone(),
            kind: record.kind,
            induction: record.induction,
            inductions_first: record.inductions_first.iter().map(ToString::to_string).collect(),
            state,
            required_priority,
        }
    }
}
