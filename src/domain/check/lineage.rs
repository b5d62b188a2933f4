//! Checks of the commits themselves: their ancestors and their dates.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::{Advice, CommitId, Finding, FindingCode};

/// The allowed difference between two clocks that are both right.
pub const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// A commit without its records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The commit.
    pub id: CommitId,
    /// The date of the commit.
    pub time: Timestamp,
    /// The latest date of its parents; `None` if it has none.
    pub parent: Option<Timestamp>,
}

/// Returns what is wrong with the dates of commits: one from the future would move the clocks of
/// doors; one older than its parent was made with a wrong clock, and is reported.
#[must_use]
pub fn dates(links: &[Link], now: Timestamp) -> Vec<Finding> {
    let each = links.iter().filter_map(|link| {
        let path = format!("commit {}", link.id.short());
        let at = link.time;
        if at.duration_since(now) > SLACK {
            let message = format!("is dated {at}, and it is {now} here");
            let finding = Finding::error(FindingCode::FutureCommit, path, message);
            return Some(finding.advise(Advice::DateAnew));
        }
        let parent = link.parent?;
        (parent.duration_since(at) > SLACK).then(|| {
            let message = format!("is dated {at}, before its parent, which is of {parent}");
            Finding::warning(FindingCode::BackdatedCommit, path, message)
        })
    });
    each.collect()
}

/// Reports the commits that start a separate history.
#[must_use]
pub fn roots(links: &[Link]) -> Vec<Finding> {
    let roots = links.iter().filter(|link| link.parent.is_none());
    let finding = |link: &Link| {
        let path = format!("commit {}", link.id.short());
        let message = "has no parent: it begins another history than this space's";
        Finding::error(FindingCode::OrphanRoot, path, message).advise(Advice::BuildOn)
    };
    roots.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        let start: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        start + SignedDuration::from_mins(minutes)
    }

    fn link(time: i64, parent: Option<i64>) -> Link {
        Link { id: CommitId::from_bytes([7; 20]), time: at(time), parent: parent.map(at) }
    }

    fn codes(findings: &[Finding]) -> Vec<(&str, bool)> {
        findings.iter().map(|it| (it.code.as_str(), it.is_error())).collect()
    }

    #[test]
    fn more_than_five_minutes_ahead_is_refused_and_before_the_parent_is_told() {
        for (link, expected) in [
            (link(0, Some(-9)), &[][..]),
            (link(5, Some(-9)), &[]),
            (link(6, Some(-9)), &[("future-commit", true)]),
            (link(-9, Some(-5)), &[]),
            (link(-9, Some(-3)), &[("backdated-commit", false)]),
            (link(-9, None), &[]),
        ] {
            assert_eq!(codes(&dates(std::slice::from_ref(&link), at(0))), expected, "{link:?}");
        }
    }

    #[test]
    fn a_commit_without_a_parent_begins_another_history() {
        assert_eq!(codes(&roots(&[link(0, Some(0)), link(1, None)])), [("orphan-root", true)]);
    }
}
