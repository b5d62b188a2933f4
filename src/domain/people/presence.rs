//! Counts who came and went. Where there are readers inside, people are counted; where there are none,
//! they are supposed to stay for some hours after they were last noticed.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::model::{AccessResult, Activity, MemberId, Reason};

/// Who was noticed this long ago is still in, as far as one can tell.
const SURELY: SignedDuration = SignedDuration::from_mins(45);

/// How long a visit lasts if nobody is seen to leave.
pub(super) const VISIT: SignedDuration = SignedDuration::from_hours(3);

/// After this time without a sign, somebody has left, even if not by the reader.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// How many people are in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct People {
    /// The best estimate.
    pub estimate: u32,
    /// There are hardly fewer.
    pub least: u32,
    /// There are hardly more, not counting those whom somebody let in.
    pub most: u32,
    /// Whether people are counted when they leave; otherwise they are supposed to leave after a while.
    pub counted: bool,
}

/// What is known of comings and goings.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    noticed: HashMap<MemberId, Noticed>,
    /// When somebody left by the button inside, which does not tell who.
    nameless: Vec<Timestamp>,
    entries: u64,
    exits: u64,
}

/// When somebody was last noticed, and whether that was at an exit.
#[derive(Clone, Copy, Debug)]
struct Noticed {
    last: Timestamp,
    left: bool,
}

impl Presence {
    /// Takes note of what happened; activities come in about the order of time.
    pub fn add(&mut self, activity: &Activity) {
        if activity.rehearsal || activity.doubted {
            return;
        }
        let left = match activity.result {
            AccessResult::Granted => false,
            AccessResult::Exit => true,
            // A tool that is in use has somebody at it.
            AccessResult::Operated if activity.seconds.is_some() => false,
            _ => return,
        };
        let Some(member) = activity.member else {
            if activity.reason == Reason::RequestToExit {
                self.nameless.push(activity.time);
            }
            return;
        };
        if activity.seconds.is_none() {
            self.entries += u64::from(!left);
            self.exits += u64::from(left);
        }
        let noticed = self.noticed.entry(member).or_insert(Noticed { last: activity.time, left });
        if activity.time >= noticed.last {
            *noticed = Noticed { last: activity.time, left };
        }
    }

    /// Returns how many people are in at a moment.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> People {
        let counted = self.exits > 0 && self.exits * 2 >= self.entries;
        let within = |since: Timestamp, span: SignedDuration| {
            let passed = now.duration_since(since);
            passed >= SignedDuration::ZERO && passed < span
        };
        let count = |span| {
            let inside = |it: &&Noticed| !it.left && within(it.last, span);
            number(self.noticed.values().filter(inside).count())
        };
        let (surely, likely, possibly) = (count(SURELY), count(VISIT), count(LONGEST));
        let nameless = number(self.nameless.iter().filter(|at| within(**at, LONGEST)).count());
        let estimate = if counted { possibly.saturating_sub(nameless) } else { likely };
        let least = if counted { estimate.min(surely) } else { surely };
        let least = least.saturating_sub(nameless).min(estimate);
        People { estimate, least, most: possibly.max(estimate), counted }
    }

    /// Returns who is in at a moment, as far as can be told, sorted.
    #[must_use]
    pub fn inside(&self, now: Timestamp) -> Vec<MemberId> {
        let counted = self.exits > 0 && self.exits * 2 >= self.entries;
        let span = if counted { LONGEST } else { VISIT };
        let is_in = |it: &Noticed| {
            let passed = now.duration_since(it.last);
            !it.left && passed >= SignedDuration::ZERO && passed < span
        };
        let inside = self.noticed.iter().filter(|(_, it)| is_in(it));
        let mut inside: Vec<MemberId> = inside.map(|(id, _)| *id).collect();
        inside.sort_unstable();
        inside
    }

    /// Forgets what no longer matters, so that a program can go on for years.
    pub fn forget(&mut self, now: Timestamp) {
        let recent = |at: Timestamp| now.duration_since(at).abs() < LONGEST;
        self.noticed.retain(|_, it| recent(it.last));
        self.nameless.retain(|at| recent(*at));
        // Half of what was counted weighs on, so that a new reader is noticed within days.
        if self.entries + self.exits > 1_000 {
            (self.entries, self.exits) = (self.entries / 2, self.exits / 2);
        }
    }

    /// Returns from when on activities have to be known to tell how many are in at a moment.
    #[must_use]
    pub fn since(now: Timestamp) -> Timestamp {
        now.checked_sub(LONGEST + LONGEST).unwrap_or(Timestamp::MIN)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::CredentialType;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + minutes * 60).unwrap()
    }

    fn activity(minutes: i64, member: u64, result: AccessResult) -> Activity {
        let reason = match (member, result) {
            (0, AccessResult::Exit) => Reason::RequestToExit,
            (_, AccessResult::Exit) => Reason::Exit,
            _ => Reason::PrioritySuffices,
        };
        Activity {
            member: MemberId::new(member).ok().filter(|_| member > 0),
            kind: (member > 0).then_some(CredentialType::Fob),
            ..Activity::new(at(minutes), "frontdoor".parse().unwrap(), result, reason)
        }
    }

    fn people(all: &[Activity], minutes: i64) -> (u32, u32, u32, bool) {
        let mut presence = Presence::default();
        all.iter().for_each(|it| presence.add(it));
        let People { estimate, least, most, counted } = presence.at(at(minutes));
        (least, estimate, most, counted)
    }

    #[test]
    fn those_who_are_in_are_known_by_number() {
        use AccessResult::{Exit, Granted};
        let mut presence = Presence::default();
        let all = [
            activity(0, 1, Granted),
            activity(90, 2, Granted),
            activity(95, 3, Granted),
            activity(100, 3, Exit),
        ];
        all.iter().for_each(|it| presence.add(it));
        let numbers = |minutes| {
            presence.inside(at(minutes)).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(numbers(120), ["0001", "0002"]);
        assert_eq!(numbers(200), ["0002"]);
        assert_eq!(numbers(-1), [""; 0]);
    }

    #[test]
    fn without_exits_people_stay_for_a_while() {
        use AccessResult::{Denied, Granted};
        let all = [activity(0, 1, Granted), activity(60, 2, Granted), activity(60, 3, Denied)];
        for (minutes, expected) in [
            (0, (1, 1, 1)),
            (61, (1, 2, 2)),
            (181, (0, 1, 2)),
            (241, (0, 0, 2)),
            (60 + 12 * 60, (0, 0, 0)),
        ] {
            let (least, estimate, most, counted) = people(&all, minutes);
            assert_eq!((least, estimate, most), expected, "after {minutes} minutes");
            assert!(!counted);
        }
    }

    #[test]
    fn with_exits_people_are_counted() {
        use AccessResult::{Exit, Granted};
        let mut all = vec![
            activity(0, 1, Granted),
            activity(1, 2, Granted),
            activity(5, 1, Granted), // once more, from the yard
            activity(200, 1, Exit),
        ];
        assert_eq!(people(&all, 100), (0, 1, 1, false), "too few have left to count them");
        all.push(activity(201, 3, Granted));
        all.push(activity(260, 3, Exit));
        assert_eq!(people(&all, 300), (0, 1, 1, true));
        all.push(activity(300, 0, Exit));
        assert_eq!(people(&all, 301), (0, 0, 1, true), "somebody left by the button");
    }

    proptest! {
        #[test]
        fn the_estimate_lies_within_its_error(
            some in proptest::collection::vec((0_i64..2_000, 0_u64..6, 0_u8..3), 0..60),
            now in 0_i64..3_000,
        ) {
            let result = [AccessResult::Granted, AccessResult::Denied, AccessResult::Exit];
            let mut all: Vec<Activity> = some
                .into_iter()
                .map(|(minutes, member, which)| activity(minutes, member, result[usize::from(which)]))
                .collect();
            all.sort_by_key(|it| it.time);
            let (least, estimate, most, _) = people(&all, now);
            prop_assert!(least <= estimate && estimate <= most && most <= 5);
        }
    }
}
