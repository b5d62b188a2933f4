//! Holds every decision and every moment against what is expected.

use super::{
    machine::{UNLOCK, WAY_OUT},
    office::facility,
    play::{MINUTE, Play, name},
    report::Kind,
};
use crate::domain::model::{AccessResult, Activity, Reason};

impl Play<'_> {
    pub(super) fn trouble(&mut self, row: &str, kind: Kind, begins: bool, second: i64) {
        let was = self
            .report
            .spans
            .iter()
            .any(|it| it.row == row && it.kind == kind && it.seconds.1 == i64::MAX);
        if was == begins {
            return;
        }
        if begins {
            self.report.begin(row.to_owned(), kind, second);
            self.report.tell(second, format!("{row}: {kind}"));
        } else {
            self.report.finish(row, kind, second);
            self.report.tell(second, format!("{row}: {}", kind.end()));
        }
    }

    /// Takes note of what was journaled; `fob` is the one that was read, and where.
    pub(super) fn note(&mut self, journaled: &[Activity], fob: Option<(&str, u8)>, second: i64) {
        for activity in journaled {
            let what = format!("{} {}", activity.result, activity.reason);
            *self.report.activities.entry(what).or_default() += 1;
            let door = (0..self.seen.len()).find(|door| facility(*door) == activity.facility);
            if let Some(door) = door
                && matches!(activity.reason, Reason::PrioritySuffices | Reason::RequestToExit)
            {
                self.seen[door].until = self.seen[door].until.max(second + UNLOCK);
            }
            if let Some(fob) = fob.filter(|_| activity.kind.is_some()) {
                self.judge(activity, fob, second);
            }
        }
    }

    /// Holds a decision against what is expected of the commit that it names.
    fn judge(&mut self, activity: &Activity, (fob, reader): (&str, u8), second: i64) {
        let expected = self.office.history.get(&activity.commit);
        let door = (0..self.seen.len()).find(|door| facility(*door) == activity.facility);
        let admits = expected
            .zip(door)
            .is_some_and(|(expected, door)| expected.admits(fob, door, activity.time));
        if reader == WAY_OUT {
            if activity.result != AccessResult::Exit {
                let words = format!("fob {fob} did not get out of {}", activity.facility);
                self.report.blame(second, "exit", words);
            }
            return;
        }
        let granted = activity.result == AccessResult::Granted;
        let excused = matches!(
            activity.reason,
            Reason::LockedOut | Reason::UnreadableFacility | Reason::StaleRecords
        );
        if granted && !admits {
            let words = format!("fob {fob} was let in at {}", activity.facility);
            self.report.blame(second, "grant", words);
        } else if !granted && admits && !excused {
            let words =
                format!("fob {fob} was kept out of {}: {}", activity.facility, activity.reason);
            self.report.blame(second, "denial", words);
        }
    }

    /// Holds the moment against what is expected.
    pub(super) fn check(&mut self, second: i64) {
        self.report.checks += 1;
        let (now, doubted) = self.doors.now(second);
        let records = self.doors.in_force().and_then(|it| self.office.history.get(&it)).cloned();
        for door in 0..self.seen.len() {
            let seen = &self.seen[door];
            let by_rule =
                !seen.locked && !doubted && records.as_ref().is_some_and(|it| it.holds(door, now));
            let by_hand = seen.held.is_some_and(|until| now < until);
            let (on, short) = (self.doors.on[door], second < seen.until);
            let held = on && (by_rule || by_hand);
            if on && !short && !by_rule && !by_hand {
                let rule = if seen.locked { "locked-by-hand" } else { "unlocked" };
                let words = format!("{} is unlocked, and nothing keeps it so", name(door));
                self.report.blame(second, rule, words);
            }
            self.trouble(&name(door), Kind::Held, held, second);
        }
        self.trouble("all doors", Kind::Doubt, doubted && self.doors.is_running(), second);
        if let Some((commit, at)) = self.arrived.filter(|_| self.doors.is_running())
            && second > at.max(self.started) + MINUTE + 1
            && self.doors.in_force() != Some(commit)
        {
            let words = format!(
                "commit {} arrived {} s ago and is not in force",
                commit.short(),
                second - at
            );
            self.report.blame(second, "in-force", words);
        }
    }
}
