//! One member's payments while they are changed, and what that changes.

use jiff::{SignedDuration, civil::Date};

use crate::domain::{
    model::{Change, Member, MemberId, Money, Payment, Record, RecordPath, Tag, text},
    ops::{Refusal, look_up},
    payments::{self, NEAR_DAYS},
    records::Records,
};

/// The payments of a member, before and after the change.
pub(super) struct MemberPayments {
    id: MemberId,
    member: Member,
    before: Vec<(Tag, Payment)>,
    after: Vec<(Tag, Payment)>,
}

impl MemberPayments {
    /// Opens a member's account.
    ///
    /// If nothing was paid yet but `paid_until` was set by hand, that is recorded first, so that
    /// the payments extend it.
    ///
    /// # Errors
    /// Refuses if there is no such member, or if a payment cannot be read.
    pub(super) fn open(records: &dyn Records, id: MemberId) -> Result<Self, Refusal> {
        let member = look_up::member(records, id)?;
        let before = look_up::payments(records, id)?;
        let mut after = before.clone();
        if let Some(day) = member.paid_until.filter(|_| before.is_empty()) {
            after.push((name(day, Payment::OPENING)?, opening(day)));
        }
        Ok(Self { id, member, before, after })
    }

    /// Returns the member's number and name: `0042 Ada Lovelace`.
    pub(super) fn who(&self) -> String {
        format!("{} {}", self.id, text::shown(&self.member.name))
    }

    /// Returns the payments after the change.
    pub(super) fn payments(&mut self) -> &mut Vec<(Tag, Payment)> {
        &mut self.after
    }

    /// Returns a warning if the member has a payment of the same amount and about the same day, which
    /// may be the same money.
    pub(super) fn perhaps_twice(&self, date: Date, amount: Money) -> Option<String> {
        let is_near = |day: Date| {
            day.duration_since(date).abs() <= SignedDuration::from_hours(24 * NEAR_DAYS)
        };
        let fits = |it: &Payment| !it.is_opening() && it.amount == amount && is_near(it.date);
        let (_, other) = self.before.iter().find(|(_, it)| amount > 0 && fits(it))?;
        Some(format!(
            "{} has another payment of that amount, of {}: make sure that it is not the same money",
            self.who(),
            other.date
        ))
    }

    /// Writes the payments and the member into a change; returns the dates until which the member
    /// had paid before and has paid now. `since` is the first day from which payments may pay for
    /// other days.
    pub(super) fn close(
        mut self,
        mut change: Change,
        grace_days: u16,
        since: Date,
    ) -> (Change, [Option<Date>; 2]) {
        let paid_until = payments::settle(&mut self.after, grace_days, since);
        for (name, _) in &self.before {
            if self.after.iter().all(|(kept, _)| kept != name) {
                change = change.remove(RecordPath::Payment(self.id, name.clone()));
            }
        }
        for (name, payment) in self.after {
            let old = self.before.iter().find(|(known, _)| *known == name);
            if old.is_none_or(|(_, old)| *old != payment) {
                change = change.put(RecordPath::Payment(self.id, name), Record::Payment(payment));
            }
        }
        let before = self.member.paid_until;
        if before != paid_until {
            let member = Member { paid_until, ..self.member };
            change = change.put(RecordPath::Member(self.id), Record::Member(member));
        }
        (change, [before, paid_until])
    }
}

/// Returns the name of a payment's file.
///
/// # Errors
/// Refuses a date outside the years a space can have existed.
pub(super) fn name(date: Date, id: &str) -> Result<Tag, Refusal> {
    let id: String = id.chars().take(50).collect();
    let name = (1900..2200).contains(&date.year()).then(|| format!("{date}-{id}").parse().ok());
    name.flatten().ok_or_else(|| Refusal::new(format!("{date} is not a valid date for a payment")))
}

fn opening(day: Date) -> Payment {
    Payment {
        date: day,
        amount: 0,
        months: 0,
        from: None,
        text: "paid until this day before payments were kept here".to_owned(),
        source: Some(Payment::OPENING.to_owned()),
        returned: Vec::new(),
        split: Vec::new(),
    }
}
