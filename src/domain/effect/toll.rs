//! From how many members a change takes access.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Side, Stretch, hours::Hours};
use crate::domain::{
    model::{MemberFolder, MemberId, Priority, Slug},
    schedule::Window,
};

/// The number of days for which access is compared: what is lost later is no loss yet.
pub const HORIZON_DAYS: i64 = 30;

/// What a change takes from the members.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toll {
    /// The members who can no longer open something that they could open, by every requirement in its
    /// hours, or lose the highest priority.
    pub losing: BTreeSet<MemberId>,
    /// How many members could open something.
    pub of: usize,
    /// The highest priority that the settings name, and how many members hold it before and after.
    pub highest: Option<(Priority, [usize; 2])>,
}

impl Toll {
    /// Compares two sides. Only `touched` members have changed records of their own; without them,
    /// any may have.
    #[must_use]
    pub fn of<'a>(
        before: &'a Side<'a>,
        after: &'a Side<'a>,
        touched: Option<&BTreeSet<MemberId>>,
        now: Timestamp,
    ) -> Self {
        let end = now.saturating_add(SignedDuration::from_hours(24 * HORIZON_DAYS));
        let end = end.unwrap_or(Timestamp::MAX);
        let level = before.space().and_then(|space| space.levels.keys().copied().max());
        let mut hours = Hours::new(before, after, Window { from: now, until: end });
        let mut toll = Self { losing: BTreeSet::new(), of: 0, highest: None };
        let mut holders = [0; 2];
        for folder in before.members() {
            let opened = before.opens(folder, now);
            toll.of += usize::from(!opened.is_empty());
            let reaches = |all: &[Stretch]| {
                all.iter().any(|it| level.is_some_and(|level| it.priority >= level))
            };
            let held = opened.values().any(|all| reaches(all));
            holders[0] += usize::from(held);
            if touched.is_some_and(|some| !concerns(some, before, after, folder)) {
                holders[1] += usize::from(held);
                continue;
            }
            let opens = after.member(folder.id).map(|it| after.opens(it, now)).unwrap_or_default();
            let holds = opens.values().any(|all| reaches(all));
            holders[1] += usize::from(holds);
            let mut lost = |(name, then): (&'a Slug, &Vec<Stretch>)| {
                let still = opens.get(name).map_or(&[][..], Vec::as_slice);
                Stretch::leave_out(still, then, end) || hours.lose(name, then, still)
            };
            if (held && !holds) || opened.iter().any(|(name, then)| lost((*name, then))) {
                toll.losing.insert(folder.id);
            }
        }
        let joined = after.members().filter(|it| before.member(it.id).is_none());
        let reaches = |all: Vec<Stretch>| {
            all.iter().any(|it| level.is_some_and(|level| it.priority >= level))
        };
        holders[1] += joined.filter(|it| after.opens(it, now).into_values().any(reaches)).count();
        toll.highest = level.map(|level| (level, holders));
        toll
    }
}

/// Tells whether a member's records changed, or those of the member who pays for them.
fn concerns(
    touched: &BTreeSet<MemberId>,
    before: &Side<'_>,
    after: &Side<'_>,
    folder: &MemberFolder,
) -> bool {
    let of = |side: &Side<'_>, mut id: MemberId| {
        for _ in 0..16 {
            if touched.contains(&id) {
                return true;
            }
            match side.member(id).and_then(|it| it.member.get()?.parent) {
                Some(parent) => id = parent,
                None => return false,
            }
        }
        true
    };
    of(before, folder.id) || of(after, folder.id)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::{
        effect::{access, brake},
        model::{Basis, Brake, FacilityFolder, Slot},
    };

    const NOW: &str = "2026-03-02T18:00:00Z";

    fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
        serde_json::from_value(value).unwrap()
    }

    fn basis(requirement: i32) -> Basis {
        let space = json!({ "format": 1, "name": "Space", "time_zone": "UTC", "currency": "GBP",
            "reference_prefix": "SM", "grace_days": 14, "levels": { "1": "all", "4": "board" },
            "dues": { "minimum": 0, "included_children": 1, "per_further_child": 0, "concession_age": 65 } });
        let tier = |price: Value| Slot::Read(of(json!({ "name": "Tier", "price": price })));
        let facility = FacilityFolder {
            facility: Slot::Read(of(json!({ "name": "Door", "kind": "door" }))),
            requirements: [(
                "always".parse().unwrap(),
                Slot::Read(of(json!({ "priority": requirement, "timespec": "always" }))),
            )]
            .into(),
            strange: false,
        };
        Basis {
            space: Slot::Read(of(space)),
            tiers: [
                ("guest".parse().unwrap(), tier(Value::Null)),
                ("standard".parse().unwrap(), tier(json!(2500))),
            ]
            .into(),
            facilities: [("door".parse().unwrap(), facility)].into(),
        }
    }

    fn folder(number: u64, change: impl FnOnce(&mut Value), grants: Value) -> MemberFolder {
        let mut member =
            json!({ "name": format!("Member {number}"), "tier": "guest", "joined": "2025-01-01" });
        change(&mut member);
        let mut folder = MemberFolder::new(MemberId::new(number).unwrap());
        folder.member = Slot::Read(of(member));
        let code = format!("{number:032x}");
        let credential = json!({ "type": "fob", "code": code, "grants": grants });
        folder.credentials = vec![(format!("t{number}").parse().unwrap(), of(credential))];
        folder
    }

    fn pause(member: &mut Value, since: &str, until: &str) {
        (member["suspended"], member["suspended_until"]) = (json!(since), json!(until));
    }

    fn grant(priority: i32, until: Value) -> Value {
        json!([{ "facility": "door", "priority": priority, "effective": "2026-01-01T00:00:00Z", "expiration": until }])
    }

    fn toll(before: (&Basis, &[MemberFolder]), after: (&Basis, &[MemberFolder])) -> Toll {
        let (before, after) = (Side::new(before.0, before.1), Side::new(after.0, after.1));
        Toll::of(&before, &after, None, NOW.parse().unwrap())
    }

    #[test]
    fn access_is_lost_by_whatever_ends_it_within_a_month() {
        let basis = basis(1);
        let before = folder(1, |_| {}, grant(1, Value::Null));
        for (lost, after) in [
            (false, folder(1, |it| it["name"] = json!("Ada"), grant(1, Value::Null))),
            (true, folder(1, |it| it["left"] = json!("2026-03-02"), grant(1, Value::Null))),
            (true, folder(1, |it| it["suspended"] = json!("2026-03-20"), grant(1, Value::Null))),
            (true, folder(1, |it| pause(it, "2026-03-10", "2026-03-12"), grant(1, Value::Null))),
            (false, folder(1, |it| pause(it, "2026-02-01", "2026-03-02"), grant(1, Value::Null))),
            (false, folder(1, |it| pause(it, "2026-04-10", "2026-04-12"), grant(1, Value::Null))),
            (false, folder(1, |it| it["left"] = json!("2026-04-20"), grant(1, Value::Null))),
            (true, folder(1, |it| it["tier"] = json!("standard"), grant(1, Value::Null))),
            (true, folder(1, |_| {}, grant(1, json!("2026-03-03T00:00:00Z")))),
            (false, folder(1, |_| {}, grant(1, json!("2027-03-03T00:00:00Z")))),
            (true, folder(1, |_| {}, grant(0, Value::Null))),
        ] {
            let toll = toll(
                (&basis, std::slice::from_ref(&before)),
                (&basis, std::slice::from_ref(&after)),
            );
            assert_eq!((toll.losing.len(), toll.of), (usize::from(lost), 1), "{after:?}");
        }
        let gone = toll((&basis, std::slice::from_ref(&before)), (&basis, &[]));
        assert_eq!(gone.losing.len(), 1);
    }

    /// A priority, and from which hour until which it is demanded; always, if none are given.
    type Demanded = (i32, Option<(u8, u8)>);

    /// A basis whose door has these requirements; hours are those of a day from Monday to Friday.
    fn hours(requirements: &[Demanded]) -> Basis {
        let mut basis = basis(1);
        let door = basis.facilities.values_mut().next().unwrap();
        let one = |(at, (priority, hours)): (usize, &Demanded)| {
            let timespec = hours.map_or_else(
                || "always".to_owned(),
                |(from, until)| {
                    format!(
                        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\nBEGIN:VEVENT\r\nUID:a\r\n\
                         DTSTART;TZID=UTC:20260105T{from:02}0000\r\nDTEND;TZID=UTC:20260105T{until:02}0000\r\n\
                         RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
                    )
                },
            );
            let record = json!({ "priority": priority, "timespec": timespec });
            (format!("r{at}").parse().unwrap(), Slot::Read(of(record)))
        };
        door.requirements = requirements.iter().enumerate().map(one).collect();
        basis
    }

    #[test]
    fn every_way_in_counts_and_not_only_the_lowest_requirement() {
        // Members come by day, and those of priority 3 in the other hours too.
        let usual = hours(&[(1, Some((9, 17))), (3, Some((17, 23)))]);
        let [low, high] = [1, 3].map(|priority| folder(1, |_| {}, grant(priority, Value::Null)));
        let loses = |after: &Basis, folder: &MemberFolder, then: &MemberFolder| {
            let sides = [(&usual, folder), (after, then)];
            let [before, after] = sides.map(|(basis, it)| (basis, std::slice::from_ref(it)));
            !toll(before, after).losing.is_empty()
        };
        assert!(loses(&usual, &high, &low), "the evenings");
        for (losers, requirements) in [
            // The evenings are for nobody now.
            ([false, true], &[(1, Some((9, 17)))][..]),
            // The day is for priority 2.
            ([true, false], &[(2, Some((9, 17))), (3, Some((17, 23)))]),
            // The same in another order.
            ([false, false], &[(3, Some((17, 23))), (1, Some((9, 17)))]),
            // Two hours less are more than a day in the month, though the lowest requirement is as before.
            ([true, false], &[(1, Some((9, 15))), (3, Some((15, 23)))]),
            // An hour less is not a day in the month.
            ([false, false], &[(1, Some((9, 16))), (3, Some((16, 23)))]),
            // Held unlocked, it is open to everybody.
            ([false, false], &[(-1, Some((9, 23))), (1, Some((9, 10))), (9, None)]),
            ([true, true], &[(1, Some((3, 4)))]),
        ] {
            let after = hours(requirements);
            let found = [&low, &high].map(|it| loses(&after, it, it));
            assert_eq!(found, losers, "{requirements:?}");
        }
    }

    #[test]
    fn many_or_the_last_keepers_of_the_highest_priority_need_a_word() {
        let (open, shut) = (basis(1), basis(3));
        let all: Vec<_> = (1..=10).map(|n| folder(n, |_| {}, grant(1, Value::Null))).collect();
        let many = toll((&open, &all), (&shut, &all));
        assert_eq!((many.losing.len(), many.of), (10, 10));
        let held =
            |toll: &Toll, confirmed| brake(Brake::default(), toll, confirmed).map(|it| it.message);
        assert!(held(&many, None).unwrap().contains("takes access from 10 of 10 members"));
        assert!(held(&many, Some(9)).is_some());
        assert_eq!(held(&many, Some(10)), None);
        let few = toll((&open, &all), (&open, &all[2..]));
        assert_eq!(held(&few, None), None);

        let board: Vec<_> = (1..=2).map(|n| folder(n, |_| {}, grant(4, Value::Null))).collect();
        let one = toll((&open, &board), (&open, &board[1..]));
        assert_eq!(one.highest, Some((4, [2, 1])));
        assert!(held(&one, None).unwrap().contains("only 1 member with the highest priority, 4"));
        assert_eq!(held(&one, Some(1)), None);
        let lowered = [folder(1, |_| {}, grant(1, Value::Null)), board[1].clone()];
        assert!(held(&toll((&open, &board), (&open, &lowered)), None).is_some());
    }

    #[test]
    fn a_suspension_of_the_payer_is_a_gap_for_all_for_whom_they_pay() {
        let basis = basis(1);
        let parent = |until: Value| {
            folder(
                1,
                |it| {
                    it["suspended"] = json!("2026-03-10");
                    it["suspended_until"] = until.clone();
                },
                json!([]),
            )
        };
        let child = folder(2, |it| it["parent"] = json!("0001"), grant(1, Value::Null));
        let opens = |until: Value| {
            let folders = [parent(until), child.clone()];
            let side = Side::new(&basis, &folders);
            let found = side.opens(&folders[1], NOW.parse().unwrap());
            let all = found.values().flatten();
            let day = |at: jiff::Timestamp| at.to_string()[..10].to_owned();
            all.map(|it| (day(it.from), it.until.map(day))).collect::<Vec<_>>()
        };
        let first = ("2026-03-02".to_owned(), Some("2026-03-10".to_owned()));
        assert_eq!(opens(json!("2026-03-12")), [first.clone(), ("2026-03-12".to_owned(), None)]);
        assert_eq!(opens(Value::Null), [first]);
        assert_eq!(opens(json!("2026-03-10")), [("2026-03-02".to_owned(), None)]);
    }

    #[test]
    fn a_difference_says_who_gains_and_who_loses() {
        let basis = basis(1);
        let before = [folder(1, |_| {}, grant(1, Value::Null)), folder(2, |_| {}, json!([]))];
        let after = [
            folder(1, |_| {}, json!([])),
            folder(2, |_| {}, grant(1, json!("2026-04-01T00:00:00Z"))),
        ];
        let (before, after) = (Side::new(&basis, &before), Side::new(&basis, &after));
        let (found, same) = access(&before, &after, NOW.parse().unwrap());
        let words: Vec<_> = found.iter().map(|it| (it.member.number(), it.word())).collect();
        assert_eq!((words, same), (vec![(1, "loses"), (2, "gains")], 0));
        let until = found[1].after[0].until.map(|it| it.to_string());
        assert_eq!(until.as_deref(), Some("2026-04-01T00:00:00Z"));
    }
}
