//! Finds letters that this machine has kept as files for longer than the settings allow.

use jiff::civil::Date;

use super::term::after;
use crate::domain::{
    model::{MemberId, Record, RecordPath, Retention},
    records::Records,
};

/// Returns the day from which the time of a letter counts and the first day on which it may no
/// longer be kept; `None` if it may be kept for ever. `to` is the recipient, `None` for the people
/// who run the space, and `written` the local date of the letter.
///
/// A letter has an address, so it goes with the recipient's contact data at the latest.
#[must_use]
pub fn letter(
    records: &dyn Records,
    rules: Retention,
    to: Option<MemberId>,
    written: Date,
) -> Option<(Date, Date)> {
    let by_age = rules.letter_days.map(|days| (written, after(written, days)));
    let days = [rules.contact_days, rules.member_days].into_iter().flatten().min();
    let with_contact = days.zip(to).and_then(|(days, id)| {
        let path = RecordPath::Member(id);
        match records.record(&path) {
            Some(Record::Member(member)) => member.left.map(|left| (left, after(left, days))),
            _ => (!records.exists(&path)).then_some((written, written)),
        }
    });
    by_age.into_iter().chain(with_contact).min_by_key(|(_, until)| *until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        fixture::{day, id, run, space},
        member::{self, Credentials},
    };

    fn rules(letter: Option<u32>, contact: Option<u32>, member: Option<u32>) -> Retention {
        Retention {
            letter_days: letter,
            contact_days: contact,
            member_days: member,
            ..Retention::default()
        }
    }

    #[test]
    fn a_letter_is_kept_for_its_time_and_as_long_as_the_address_at_most() {
        let mut all = space();
        let left = day("2026-03-01");
        run(&mut all, |all| member::leave(all, id(2), left, Credentials::Keep));
        let written = day("2026-01-01");
        let (ada, bob, gone) = (Some(id(1)), Some(id(2)), Some(id(9)));
        for (to, rules, expected) in [
            (ada, rules(None, Some(30), Some(10)), None),
            (ada, rules(Some(90), Some(1), None), Some((written, day("2026-04-01")))),
            (bob, rules(None, None, None), None),
            (bob, rules(None, Some(30), None), Some((left, day("2026-03-31")))),
            (bob, rules(None, Some(30), Some(10)), Some((left, day("2026-03-11")))),
            (bob, rules(Some(10), Some(30), None), Some((written, day("2026-01-11")))),
            (gone, rules(None, None, None), None),
            (gone, rules(Some(90), None, Some(365)), Some((written, written))),
            (None, rules(None, Some(1), Some(1)), None),
            (None, rules(Some(10), None, None), Some((written, day("2026-01-11")))),
        ] {
            assert_eq!(letter(&all, rules, to, written), expected, "{to:?} {rules:?}");
        }
    }

    #[test]
    fn the_letters_of_a_member_who_cannot_be_read_stay() {
        let mut all = space();
        all.insert_unreadable(RecordPath::Member(id(3)));
        let rules = rules(None, Some(1), Some(1));
        assert_eq!(letter(&all, rules, Some(id(3)), day("2026-01-01")), None);
    }
}
