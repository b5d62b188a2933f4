//! Checks whether the clock can be trusted.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::verdict::Verdict;
use crate::{
    clock,
    store::{
        Store,
        journal::{Filter, Tail},
    },
};

/// How far apart two clocks may be that both count as right.
const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// Compares the clock with the newest commit and the newest activity.
pub(super) fn look(store: &Store, journal: &Path, now: Timestamp) -> Vec<Verdict> {
    let committed = store.head().and_then(|head| Ok(store.read(head)?.time())).ok();
    let ahead = Filter { from: now.checked_add(SLACK).ok(), ..Filter::default() };
    let later = Tail::new(journal.to_owned(), ahead).poll().map(|(all, _)| all).unwrap_or_default();
    let happened = later.iter().rfind(|it| !it.doubted).map(|it| it.time);
    let behind = |at: Option<Timestamp>| at.filter(|at| at.duration_since(now) > SLACK);
    let set = if clock::is_set_by_network() {
        Verdict::good("clock", format!("{now}, set by the network"))
    } else {
        Verdict::odd(
            "clock",
            format!("{now}; it is not known whether the network has set it"),
            "enable systemd-timesyncd or chrony, especially on a Raspberry Pi",
        )
    };
    let mut verdicts = vec![set];
    for (what, at) in [("newest commit", behind(committed)), ("newest activity", behind(happened))]
    {
        verdicts.extend(at.map(|at| {
            Verdict::bad(
                "clock",
                format!("it is behind the {what}, made at {at}"),
                "set the clock; until then the door continues from that time and holds nothing unlocked",
            )
        }));
    }
    verdicts
}
