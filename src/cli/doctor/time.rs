//! Checks whether the clock can be trusted.

use std::path::Path;

use jiff::Timestamp;

use super::diagnosis::Diagnosis;
use crate::{
    cli::advice,
    clock,
    domain::{check::lineage::SLACK, model::Advice},
    store::{Store, journal::Aside},
};

/// Compares the clock with the newest commit and the newest activity.
pub(super) fn examine(store: &Store, journal: &Path, now: Timestamp) -> Vec<Diagnosis> {
    let set = clock::is_set_by_network(now);
    let mut diagnoses = vec![clock_source(set, now)];
    let later = now.checked_add(SLACK).unwrap_or(now);
    let aside = Aside::read(store.dir());
    let committed = store.head().and_then(|head| Ok(store.read(head)?.time())).ok();
    let committed = committed.filter(|at| *at > later && !aside.contains(*at));
    let happened = aside.still_counting(journal, later).ok().and_then(|all| all.into_iter().max());
    for (what, at) in [("newest commit", committed), ("newest activity", happened)] {
        diagnoses.extend(at.map(|at| future_moment(what, at, set, now)));
    }
    diagnoses
}

/// Reports what keeps the clock right.
fn clock_source(set: bool, now: Timestamp) -> Diagnosis {
    if clock::pinned().is_some() {
        let found = format!("{now}, pinned by {}: this is a rehearsal", clock::PIN);
        return Diagnosis::warning("clock", found, format!("at a real door, unset {}", clock::PIN));
    }
    if set || clock::is_synchronized() {
        return Diagnosis::ok("clock", format!("{now}, set by the network"));
    }
    let found = format!("{now}; it is not known whether the network has set it");
    let advice = "enable systemd-timesyncd (`timedatectl set-ntp true`) or chrony, especially on a Raspberry Pi";
    Diagnosis::warning("clock", found, advice)
}

/// Reports a remembered moment that is in the future.
fn future_moment(what: &str, at: Timestamp, set: bool, now: Timestamp) -> Diagnosis {
    if set {
        let found = format!("the {what} is dated {at}, which is in the future by network time");
        let advice = "the door ignores it; `space door clock trust` makes it do so without the network \
                      too";
        return Diagnosis::warning("clock", found, advice);
    }
    let found = format!("it shows {now}, but the {what} is dated {at}: one of them is wrong");
    Diagnosis::error("clock", found, advice::words(&Advice::TrustClock))
}
