//! Compares a service with the records of a commit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Follower, ServiceState, elsewhere::elsewhere, open::trouble};
use crate::{
    app::{AppError, look_up, notice::untold, zone},
    domain::{
        follow::{self, Braked, Confirmed, Found, Plan, Terms, Wanted},
        model::{Contact, MemberId, RecordPath, Slug},
        records::Records as _,
    },
    store::Revision,
};

/// What a service has, what the records want, and what to do about it.
pub struct Look {
    /// What the records want.
    pub wanted: Wanted<Terms>,
    /// What the service has.
    pub found: Found<Terms>,
    /// What to do.
    pub plan: Plan<Terms>,
    /// Why that is not done.
    pub stops: Vec<Braked>,
    /// What is remembered about the service.
    pub state: ServiceState,
    /// The contact data of the members.
    pub contacts: BTreeMap<MemberId, Contact>,
}

/// Reads the service and the records, and plans.
///
/// # Errors
/// Fails if the service does not answer, or if the settings cannot be read. What is remembered about
/// the service says so, too.
pub fn look(
    head: &Revision<'_>,
    follower: &mut Follower,
    confirmed: Confirmed,
    now: Timestamp,
) -> Result<Look, AppError> {
    let space = look_up::space(head)?;
    let contacts: BTreeMap<MemberId, Contact> = head.contacts(|_| true).into_iter().collect();
    let mut wanted = wanted(head, &contacts, &follower.name, &space.reference_prefix, now)?;
    let found = follower.processor.read();
    // What came in meanwhile was recorded by somebody else.
    let mut state: ServiceState = head.store().service_state(&follower.name)?;
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            state.trouble = Some(error.to_string());
            head.store().keep_service_state(&follower.name, &state)?;
            return Err(trouble(error));
        }
    };
    let mut plan = follow::plan(&wanted, &found);
    let elsewhere = elsewhere(follower, &contacts, &plan.beginning());
    if !elsewhere.is_empty() {
        elsewhere.iter().for_each(|(member, it)| wanted.heed(*member, it));
        plan = follow::plan(&wanted, &found);
    }
    plan.hold_untold(untold::told(head, &contacts)?);
    untold::keep(head.store(), &follower.name, &plan.untold)?;
    let stops = follow::stops(space.brake, &plan, &found, state.having, confirmed);
    state.compared = Some(now);
    state.open = plan.steps.len() + plan.unrecorded.len();
    state.untold = plan.untold.len();
    state.drift = plan.drift.iter().map(ToString::to_string).collect();
    state.trouble = stops.first().map(ToString::to_string);
    head.store().keep_service_state(&follower.name, &state)?;
    Ok(Look { wanted, found, plan, stops, state, contacts })
}

/// Works out what a processor is to take from whom at a moment.
///
/// # Errors
/// The settings cannot be read.
pub(super) fn wanted(
    head: &Revision<'_>,
    contacts: &BTreeMap<MemberId, Contact>,
    name: &Slug,
    prefix: &str,
    now: Timestamp,
) -> Result<Wanted<Terms>, AppError> {
    let today = now.to_zoned(zone::of(head)?).date();
    let census = head.census();
    let everybody = census.all_members();
    let without = everybody.members().iter().filter(|it| !contacts.contains_key(&it.id));
    // Contact data that are there and cannot be read may say that somebody pays by this service.
    let unreadable: BTreeSet<MemberId> =
        without.map(|it| it.id).filter(|id| head.exists(&RecordPath::Contact(*id))).collect();
    Ok(follow::wanted(&everybody, contacts, unreadable, name, prefix, today))
}
