//! Is the clock to be believed.

use std::{path::Path, process::Command};

use jiff::Timestamp;

use super::verdict::Verdict;
use crate::{
    cli::advice,
    clock,
    domain::{check::lineage::SLACK, model::Advice},
    store::{Store, journal::Aside},
};

/// Holds the clock against the newest commit and the newest activity.
pub(super) fn look(store: &Store, journal: &Path, now: Timestamp) -> Vec<Verdict> {
    let set = clock::is_set_by_network(now);
    let mut verdicts = vec![keeper(set, now)];
    let later = now.checked_add(SLACK).unwrap_or(now);
    let aside = Aside::read(store.dir());
    let committed = store.head().and_then(|head| Ok(store.read(head)?.time())).ok();
    let committed = committed.filter(|at| *at > later && !aside.has(*at));
    let happened = aside.counting(journal, later).ok().and_then(|all| all.into_iter().max());
    for (what, at) in [("newest commit", committed), ("newest activity", happened)] {
        verdicts.extend(at.map(|at| future(what, at, set, now)));
    }
    verdicts
}

/// Says who keeps the clock.
fn keeper(set: bool, now: Timestamp) -> Verdict {
    if clock::pinned().is_some() {
        let found = format!("{now}, pinned by {}: a rehearsal", clock::PIN);
        return Verdict::odd("clock", found, format!("at a real door, unset {}", clock::PIN));
    }
    if set {
        return Verdict::good("clock", format!("{now}, set by the network"));
    }
    if kept_by_another() {
        let found = format!("{now}, kept by the network, though the door cannot see it");
        let advice = "nothing, while the clock is right; a door that shall know it needs \
                      systemd-timesyncd in place of chrony or ntpd";
        return Verdict::odd("clock", found, advice);
    }
    let found = format!("{now}; the system does not say that the network has set it");
    let advice =
        "turn on systemd-timesyncd (timedatectl set-ntp true), above all on a Raspberry Pi";
    Verdict::odd("clock", found, advice)
}

/// Asks the system whether anything keeps the clock: chrony and ntpd leave no note of it.
fn kept_by_another() -> bool {
    let mut ask = Command::new("timedatectl");
    let said = ask.args(["show", "--property=NTPSynchronized", "--value"]).output();
    said.is_ok_and(|said| said.stdout.trim_ascii() == b"yes")
}

/// Says what is wrong with a moment that is remembered and yet to come.
fn future(what: &str, at: Timestamp, set: bool, now: Timestamp) -> Verdict {
    if set {
        let found = format!("the {what} is of {at}, later than the network says it is");
        let advice = "the door pays no attention to that; `space door clock trust` has it forgotten \
                      for the time when the network is away";
        return Verdict::odd("clock", found, advice);
    }
    let found = format!("it shows {now}, and the {what} is of {at}: one of them is wrong");
    Verdict::bad("clock", found, advice::words(&Advice::TrustClock))
}
