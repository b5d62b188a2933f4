//! What keeps programs from filling in the form: a field that people do not see, the time that it
//! takes, and how often it is sent from one place, to one address, and in all. It asks nobody else.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use maud::{Markup, html};

use crate::web::{
    fields::Fields,
    members::{
        frame::Frame,
        login::{Brake as Counter, household},
        stamp::{Age, Stamps},
    },
};

/// A field that people do not see, with a name that programs fill in.
const TRAP: &str = "website";
/// The field with the stamp.
const STAMP: &str = "stamp";

/// How long it takes at least, in seconds.
const LEAST: u8 = 3;

/// How often a form may be sent from one place within an hour.
const FROM_ONE_PLACE: u32 = 10;
/// How often mail may go to one address within an hour.
const TO_ONE_ADDRESS: u32 = 3;
/// How often forms may be sent in all within an hour.
const IN_ALL: u32 = 120;

/// What keeps programs from filling in the form.
#[derive(Default)]
pub(super) struct Brake {
    stamps: Stamps,
    counts: Mutex<Counter>,
}

/// What to do with a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// It is read.
    Read,
    /// It is a program's: nothing is done, and nothing is said.
    Ignore,
    /// It is shown again, to be sent once more.
    Again,
}

impl Brake {
    /// Returns the fields that are not for people.
    pub(super) fn fields(&self, frame: &Frame, fields: &Fields) -> Markup {
        // The stamp stays, so that whoever corrects something does not have to wait again.
        let stamp = match self.age(frame, fields) {
            Age::Unknown => self.stamps.stamp(frame.site.now()),
            Age::Good | Age::TooSoon => fields.text(STAMP).to_owned(),
        };
        html! {
            input type="hidden" name=(STAMP) value=(stamp);
            div.trap aria-hidden="true" {
                label for=(TRAP) { (frame.texts.say("trap")) }
                input type="text" id=(TRAP) name=(TRAP) tabindex="-1" autocomplete="off";
            }
        }
    }

    /// Judges a form by how it was filled in.
    pub(super) fn judge(&self, frame: &Frame, fields: &Fields) -> Verdict {
        if !fields.text(TRAP).is_empty() {
            return Verdict::Ignore;
        }
        match self.age(frame, fields) {
            Age::Good => Verdict::Read,
            Age::TooSoon | Age::Unknown => Verdict::Again,
        }
    }

    fn age(&self, frame: &Frame, fields: &Fields) -> Age {
        let least = frame.site.logins.config().members.least_seconds.unwrap_or(LEAST);
        self.stamps.age(fields.text(STAMP), least, frame.site.now())
    }

    /// Counts a form that would have an effect, and tells whether it may.
    pub(super) fn take(&self, from: Option<IpAddr>, email: &str, now: Timestamp) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let place = from.map(|it| format!("from {}", household(it)));
        let address = format!("to {}", email.trim().to_lowercase());
        place.is_none_or(|it| counts.allows(&it, FROM_ONE_PLACE, now))
            && counts.allows(&address, TO_ONE_ADDRESS, now)
            && counts.allows("all", IN_ALL, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-01-15T18:00:00Z";

    #[test]
    fn a_thousand_in_a_minute_from_one_address_are_ten() {
        let (brake, now) = (Brake::default(), NOW.parse().unwrap());
        let from = "192.0.2.1".parse().ok();
        let taken = (0..1000).filter(|it| brake.take(from, &format!("a{it}@example.org"), now));
        assert_eq!(taken.count(), FROM_ONE_PLACE as usize);
    }

    #[test]
    fn a_thousand_in_a_minute_from_a_thousand_addresses_are_bounded_too() {
        let (brake, now) = (Brake::default(), NOW.parse().unwrap());
        let from = |it: u32| Some(IpAddr::V4((0x0a00_0000 + it).into()));
        let taken =
            (0..1000).filter(|it| brake.take(from(*it), &format!("a{it}@example.org"), now));
        assert_eq!(taken.count(), IN_ALL as usize);
    }

    #[test]
    fn nobody_is_flooded_with_mail_by_others() {
        let (brake, now) = (Brake::default(), NOW.parse().unwrap());
        let from = |it: u32| Some(IpAddr::V4((0x0a00_0000 + it).into()));
        let taken = (0..100).filter(|it| brake.take(from(*it), " Ada@example.org", now));
        assert_eq!(taken.count(), TO_ONE_ADDRESS as usize);
    }
}
