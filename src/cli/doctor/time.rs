//! Checks whether the clock can be trusted.

use std::{path::Path, process::Command};

use jiff::Timestamp;

use super::verdict::Verdict;
use crate::{
    cli::advice,
    clock,
    domain::{check::lineage::SLACK, model::Advice},
    store::{Store, journal::Aside},
};

/// Compares the clock with the newest commit and the newest activity.
pub(super) fn look(store: &Store, journal: &Path, now: Timestamp) -> Vec<Verdict> {
    let set = clock::is_set_by_network(now);
    let mut verdicts = vec![keeper(set, now)];
    let later = now.checked_add(SLACK).unwrap_or(now);
    let aside = Aside::read(store.dir());
    let committed = store.head().and_then(|head| Ok(store.read(head)?.time())).ok();
    let committed = committed.filter(|at| *at > later && !aside.contains(*at));
    let happened = aside.still_counting(journal, later).ok().and_then(|all| all.into_iter().max());
    for (what, at) in [("newest commit", committed), ("newest activity", happened)] {
        verdicts.extend(at.map(|at| future(what, at, set, now)));
    }
    verdicts
}

/// Reports what keeps the clock right.
fn keeper(set: bool, now: Timestamp) -> Verdict {
    if clock::pinned().is_some() {
        let found = format!("{now}, pinned by {}: this is a rehearsal", clock::PIN);
        return Verdict::odd("clock", found, format!("at a real door, unset {}", clock::PIN));
    }
    if set {
        return Verdict::good("clock", format!("{now}, set by the network"));
    }
    if kept_by_another() {
        let found = format!("{now}, set by the network, but the door cannot see that");
        let advice = "nothing, while the clock is right; for the door to see it, use systemd-timesyncd \
                      instead of chrony or ntpd";
        return Verdict::odd("clock", found, advice);
    }
    let found = format!("{now}; it is not known whether the network has set it");
    let advice =
        "enable systemd-timesyncd (timedatectl set-ntp true), especially on a Raspberry Pi";
    Verdict::odd("clock", found, advice)
}

/// Asks the system whether anything keeps the clock right: chrony and ntpd leave no file behind.
fn kept_by_another() -> bool {
    let mut ask = Command::new("timedatectl");
    let said = ask.args(["show", "--property=NTPSynchronized", "--value"]).output();
    said.is_ok_and(|said| said.stdout.trim_ascii() == b"yes")
}

/// Reports a remembered moment that is in the future.
fn future(what: &str, at: Timestamp, set: bool, now: Timestamp) -> Verdict {
    if set {
        let found = format!("the {what} is dated {at}, which is in the future by network time");
        let advice = "the door ignores it; `space door clock trust` makes it do so without the network \
                      too";
        return Verdict::odd("clock", found, advice);
    }
    let found = format!("it shows {now}, but the {what} is dated {at}: one of them is wrong");
    Verdict::bad("clock", found, advice::words(&Advice::TrustClock))
}
