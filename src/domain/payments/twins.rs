//! Finds records that may be of the same money as a transaction with another identity.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, civil::Date};

use super::{Batch, Books, NEAR_DAYS, Recorded, StatementLine, identity};
use crate::domain::model::{MemberId, Money, Tag};

/// The records, and the new transactions of this import.
pub(super) struct Twins<'a> {
    books: &'a dyn Books,
    new: HashMap<(Money, Date), Vec<Recorded>>,
}

impl<'a> Twins<'a> {
    pub(super) fn new(books: &'a dyn Books) -> Self {
        Self { books, new: HashMap::new() }
    }

    /// Adds a new transaction, which lines of other statements may repeat.
    pub(super) fn add(&mut self, new: Recorded) {
        self.new.entry((new.amount, new.date)).or_default().push(new);
    }

    /// Finds the records that may be of the same money as a new line, oldest first: of the same
    /// member and amount, and not more than [`NEAR_DAYS`] apart. Where no member is known, the words
    /// of the text take the member's place.
    ///
    /// What the line's own statement stands for is `covered`, and not its twin. `names` tells
    /// whether the text of an unmatched transaction names that member.
    pub(super) fn of_line(
        &self,
        line: &StatementLine,
        member: Option<MemberId>,
        covered: &HashSet<Tag>,
        names: &dyn Fn(&str) -> bool,
    ) -> Vec<Recorded> {
        let fits = |it: &Recorded| {
            let by_member = match (it.member, member) {
                (Some(one), Some(other)) => return one == other,
                (None, Some(_)) => names(&it.text),
                (_, None) => false,
            };
            by_member || is_alike(&it.text, &line.text)
        };
        let mut found = self.near(member, line.date, line.amount);
        found.retain(|it| !covered.contains(&it.id) && fits(it));
        found.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        found
    }

    /// Finds the record of the whole batch that a line is a part of, or of the first part of the
    /// batch that it is.
    pub(super) fn of_batch(
        &self,
        line: &StatementLine,
        member: Option<MemberId>,
        covered: &HashSet<Tag>,
    ) -> Option<Recorded> {
        let known = |id: &str| {
            let account = line.account.as_deref();
            let ids = [identity::by_bank(account, id), identity::by_bank(None, id)];
            ids.iter().find_map(|id| self.books.known(id)?.record)
        };
        match line.batch.as_ref()? {
            Batch::Whole => known(&part_id(line.bank_id.as_ref()?, 1)),
            Batch::Part { id, amount } => {
                let whole = || {
                    let mut found = self.near(member, line.date, *amount);
                    found.retain(|it| it.amount != line.amount && !covered.contains(&it.id));
                    found.into_iter().min_by(|a, b| a.id.cmp(&b.id))
                };
                id.as_deref().and_then(known).or_else(whole)
            }
        }
    }

    fn near(&self, member: Option<MemberId>, day: Date, amount: Money) -> Vec<Recorded> {
        let mut found = self.books.near(member, day, amount);
        for days in -NEAR_DAYS..=NEAR_DAYS {
            let day = day.saturating_add(SignedDuration::from_hours(24 * days));
            let of_day = self.new.get(&(amount, day)).into_iter().flatten();
            found.extend(
                of_day
                    .filter(|it| it.member.is_none() || member.is_none() || it.member == member)
                    .cloned(),
            );
        }
        found
    }
}

/// Returns the one of several records that is closest to a day.
pub(super) fn closest(found: Vec<Recorded>, day: Date) -> Option<Recorded> {
    found.into_iter().min_by_key(|it| it.date.duration_since(day).abs())
}

/// Returns the id of a transaction in a batch, if the bank gives it none of its own; the first has
/// number 1.
#[must_use]
pub fn part_id(batch: &str, number: usize) -> String {
    format!("{batch}/{number}")
}

/// Tells whether two texts have the same words, numbers aside.
fn is_alike(one: &str, other: &str) -> bool {
    let words = identity::by_payer(one);
    words.is_some() && words == identity::by_payer(other)
}
