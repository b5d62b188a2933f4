//! What can be done with a class: a requirement with a last day, and grants for its sessions.
//!
//! A class needs no records of its own. Its requirement has the tag `class-<name>`; who is enrolled
//! has a grant for each session, with the priority of the requirement.

pub mod add;
pub mod cancel;
pub mod enrol;

pub use add::add;
pub use cancel::cancel;
pub use enrol::{enrol, withdraw};

use super::Refusal;
use crate::domain::{
    model::{
        Advice, Credential, Grant, MemberId, Record, RecordPath, Requirement, Slug, Tag,
        advice::Listed,
    },
    records::{self, Records},
    schedule::{Interval, Timespec, Window},
};

/// The most sessions that a class can have: each is a grant of everyone who is enrolled.
pub const MOST_SESSIONS: usize = 100;

/// What the tag of a class begins with.
const PREFIX: &str = "class-";

/// A class as its requirement describes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    /// Its name.
    pub name: Slug,
    /// Where it takes place.
    pub facility: Slug,
    /// The tag of its requirement.
    pub tag: Tag,
    /// The requirement.
    pub requirement: Requirement,
    /// Its sessions, the first one first.
    pub sessions: Vec<Interval>,
}

impl Class {
    /// Returns the tag of the class with a name.
    ///
    /// # Errors
    /// Refuses a name that is too long for a tag.
    pub fn tag(name: &Slug) -> Result<Tag, Refusal> {
        format!("{PREFIX}{name}").parse().map_err(Refusal::new)
    }

    /// Finds a class by its name.
    ///
    /// # Errors
    /// Refuses if there is none, or if its requirement has no sessions that can be counted.
    pub fn find(records: &dyn Records, name: &Slug) -> Result<Self, Refusal> {
        let tag = Self::tag(name)?;
        let place = records.tagged(&tag).into_iter().find_map(|path| match path {
            RecordPath::Requirement(facility, _) => Some(facility),
            _ => None,
        });
        let Some(facility) = place else {
            return Err(Refusal::new(format!("there is no class {name}"))
                .hint(Advice::List(Listed::Classes)));
        };
        match records.record(&RecordPath::Requirement(facility.clone(), tag.clone())) {
            Some(Record::Requirement(requirement)) => {
                let sessions = sessions(records, &requirement)?;
                Ok(Self { name: name.clone(), facility, tag, requirement, sessions })
            }
            _ => Err(Refusal::new(format!("the requirement of the class {name} cannot be read"))
                .hint(Advice::Check)),
        }
    }

    /// Finds all classes, and leaves out what is none.
    #[must_use]
    pub fn all(records: &dyn Records) -> Vec<Self> {
        let names = records.facilities().into_iter().flat_map(|it| records.requirements(&it));
        let mut names: Vec<Slug> =
            names.filter_map(|tag| tag.as_str().strip_prefix(PREFIX)?.parse().ok()).collect();
        names.sort();
        names.iter().filter_map(|name| Self::find(records, name).ok()).collect()
    }

    /// Returns the grant for a session.
    #[must_use]
    pub fn grant(&self, session: Interval) -> Grant {
        Grant {
            facility: self.facility.clone(),
            priority: self.requirement.priority,
            effective: session.start,
            expiration: Some(session.end),
        }
    }

    /// Tells whether a grant is for one of the sessions.
    #[must_use]
    pub fn gave(&self, grant: &Grant) -> bool {
        self.sessions.iter().any(|session| self.grant(*session) == *grant)
    }

    /// Returns who is enrolled.
    #[must_use]
    pub fn enrolled(&self, records: &dyn Records) -> Vec<MemberId> {
        let mut members: Vec<MemberId> =
            self.credentials(records).into_iter().map(|(id, ..)| id).collect();
        members.dedup();
        members
    }

    /// Returns the credentials with a grant for one of the sessions, sorted by member.
    fn credentials(&self, records: &dyn Records) -> Vec<(MemberId, Tag, Credential)> {
        let mut found: Vec<_> = records
            .users_of(&self.facility, usize::MAX)
            .into_iter()
            .filter_map(|path| match (records.record(&path), path) {
                (Some(Record::Credential(held)), RecordPath::Credential(id, tag)) => {
                    held.grants.iter().any(|it| self.gave(it)).then_some((id, tag, held))
                }
                _ => None,
            })
            .collect();
        found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        found
    }
}

/// Works out the sessions of a requirement.
///
/// # Errors
/// Refuses a requirement that cannot be read, that goes on for ever, or that has none or too many.
fn sessions(records: &dyn Records, of: &Requirement) -> Result<Vec<Interval>, Refusal> {
    let zone = records::zone(records);
    let timespec = Timespec::parse(&of.timespec, &zone)
        .map_err(|refusal| Refusal::new(refusal.to_string()))?;
    let (Some(from), Some(until)) = (timespec.begins(), timespec.ends()) else {
        return Err(Refusal::new("a class ends some day, but this goes on for ever")
            .hint("give its last day with --until"));
    };
    let found = timespec.intervals(Window { from, until });
    match found.len() {
        0 => Err(Refusal::new("the class has no session: its last day is before its first")),
        1..=MOST_SESSIONS => Ok(found),
        many => Err(Refusal::new(format!(
            "the class has {many} sessions, more than {MOST_SESSIONS}: make it end earlier"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, id, refused, run, slug, space},
        look_up,
    };

    /// Three Tuesdays in March 2026, 19 to 21 o'clock in London.
    pub(super) fn tuesdays() -> Requirement {
        let timespec = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:a\r\n\
             DTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/London:20260317T190000\r\n\
             DTEND;TZID=Europe/London:20260317T210000\r\n\
             RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331T225959Z\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n";
        Requirement { priority: 2, description: None, arm: None, timespec: timespec.into() }
    }

    fn at(text: &str) -> jiff::Timestamp {
        text.parse().unwrap()
    }

    fn with_fobs() -> crate::domain::records::Catalogue {
        let mut all = space();
        for (member, number) in [(1, 1001), (2, 1002)] {
            let request = a_fob(member, &format!("T{member}"), number, &["frontdoor"]);
            run(&mut all, |all| credential::add(all, request));
        }
        run(&mut all, |all| add(all, &slug("intro"), &slug("workshop"), tuesdays()));
        all
    }

    #[test]
    fn who_enrols_has_a_grant_for_each_session_to_come() {
        let mut all = with_fobs();
        let after_the_first = at("2026-03-18T00:00:00Z");
        let both = [id(1), id(2)];
        let (subject, _) =
            run(&mut all, |all| enrol(all, &slug("intro"), &both[..1], at("2026-03-01T00:00:00Z")));
        assert_eq!(subject, "class: enrol 0001 in intro");
        run(&mut all, |all| enrol(all, &slug("intro"), &both, after_the_first));
        let class = Class::find(&all, &slug("intro")).unwrap();
        assert_eq!(class.enrolled(&all), both);
        let counts = both.map(|id| look_up::credentials(&all, id)[0].1.grants.len());
        assert_eq!(counts, [4, 3], "the first session is over for the second");
        // Summer time begins between the second and the third session.
        let starts: Vec<String> = class.sessions.iter().map(|it| it.start.to_string()).collect();
        assert_eq!(
            starts,
            ["2026-03-17T19:00:00Z", "2026-03-24T19:00:00Z", "2026-03-31T18:00:00Z"]
        );
        let again = refused(enrol(&all, &slug("intro"), &both, after_the_first));
        assert!(again.starts_with("nothing to do"), "{again}");
    }

    #[test]
    fn who_has_no_fob_is_told_and_keeps_nobody_out() {
        let mut all = with_fobs();
        run(&mut all, |all| credential::revoke(all, &credential::Which::Member(id(2)), None));
        let (subject, notes) = run(&mut all, |all| {
            enrol(all, &slug("intro"), &[id(1), id(2)], at("2026-03-01T00:00:00Z"))
        });
        assert_eq!(subject, "class: enrol 0001 in intro");
        assert!(notes.iter().any(|it| it.contains("0002 Bob Noyce has no fob yet")), "{notes:?}");
        let alone = refused(enrol(&all, &slug("intro"), &[id(2)], at("2026-03-01T00:00:00Z")));
        assert!(alone.contains("has no fob yet"), "{alone}");
    }

    #[test]
    fn a_class_that_is_cancelled_leaves_no_grant() {
        let mut all = with_fobs();
        run(&mut all, |all| {
            enrol(all, &slug("intro"), &[id(1), id(2)], at("2026-03-01T00:00:00Z"))
        });
        let (subject, _) = run(&mut all, |all| withdraw(all, &slug("intro"), &[id(2)]));
        assert_eq!(subject, "class: withdraw 0002 from intro");
        let class = Class::find(&all, &slug("intro")).unwrap();
        assert_eq!(class.enrolled(&all), [id(1)]);
        assert!(refused(withdraw(&all, &slug("intro"), &[id(2)])).starts_with("nothing to do"));
        let (subject, _) = run(&mut all, |all| cancel(all, &slug("intro")));
        assert_eq!(subject, "class: cancel intro at workshop with 1 enrolment");
        assert_eq!(look_up::credentials(&all, id(1))[0].1.grants.len(), 1);
        assert!(Class::all(&all).is_empty());
        assert!(refused(cancel(&all, &slug("intro"))).starts_with("there is no class intro"));
    }

    #[test]
    fn a_class_ends_some_day() {
        let endless = Requirement {
            timespec: tuesdays().timespec.replace(";UNTIL=20260331T225959Z", ""),
            ..tuesdays()
        };
        let long = Requirement {
            timespec: tuesdays().timespec.replace("UNTIL=20260331", "UNTIL=20290331"),
            ..tuesdays()
        };
        for (requirement, part) in [(endless, "goes on for ever"), (long, "more than 100")] {
            let refusal = refused(add(&space(), &slug("intro"), &slug("workshop"), requirement));
            assert!(refusal.contains(part), "{refusal}");
        }
        let again = refused(add(&with_fobs(), &slug("intro"), &slug("laser"), tuesdays()));
        assert!(again.starts_with("there is already a class intro"), "{again}");
    }
}
