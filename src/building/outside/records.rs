//! The records: what they say about the building, kept in step with the branch.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::{Timestamp, tz::TimeZone};

use super::Inbox;
use crate::{
    app::{heat, measurements},
    building::{Input, Plan},
    domain::{
        heat::HeatPlan,
        model::{CommitId, Record, RecordPath, Slug, Zone},
    },
    store::{
        Store, StoreError,
        follow::{Follower, Following, News},
    },
    time_zones,
};

/// What is in force, for all threads.
#[derive(Clone, Default)]
pub(in crate::building) struct InForce(Arc<RwLock<Option<Arc<Plan>>>>);

impl InForce {
    /// Returns what the records say about the building.
    pub(super) fn plan(&self) -> Option<Arc<Plan>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, plan: Arc<Plan>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(plan);
    }
}

/// Follows the branch.
pub(in crate::building) fn follow(
    inbox: Inbox,
    store: Arc<Store>,
    in_force: InForce,
    now: impl Fn() -> Timestamp + Send + 'static,
) -> Following {
    Follower::new(Arc::clone(&store)).follow(now, move |news| match news {
        News::InForce { index, .. } => {
            let read = Plan::read(&store, index.commit());
            let trouble = match read {
                Ok(plan) => {
                    let plan = Arc::new(plan);
                    let known = in_force.plan().is_some_and(|old| old.commit == plan.commit);
                    in_force.put(Arc::clone(&plan));
                    if !known && !inbox.tell(Input::Plan(plan)) {
                        return false;
                    }
                    None
                }
                Err(error) => Some(error.to_string()),
            };
            inbox.tell(Input::Trouble("records", trouble))
        }
        News::Trouble(note) => inbox.tell(Input::Trouble("records", Some(note.text))),
        News::CloneState(_) | News::Heard(_) => true,
    })
}

impl Plan {
    /// Reads what a commit says about the building; what cannot be read is left out.
    fn read(store: &Store, commit: CommitId) -> Result<Self, StoreError> {
        let revision = store.read(commit)?;
        let space = match revision.record(&RecordPath::Space) {
            Ok(Some(Record::Space(space))) => Some(space),
            _ => None,
        };
        let zone = space.as_ref().and_then(|it| time_zones::find(&it.time_zone));
        let time_zone = zone.unwrap_or(TimeZone::UTC);
        let zones: BTreeMap<Slug, Zone> = heat::zones(&revision).into_iter().collect();
        let plans = zones.iter();
        let plans = plans.map(|(name, zone)| (name.clone(), HeatPlan::new(zone, &time_zone)));
        Ok(Self {
            commit,
            meters: measurements::meters(&revision).into_iter().collect(),
            heat: plans.collect(),
            zones,
            time_zone,
            rules: space.as_ref().map(|it| it.alarms.clone()).unwrap_or_default(),
            name: space.map(|it| it.name).unwrap_or_default(),
        })
    }
}
