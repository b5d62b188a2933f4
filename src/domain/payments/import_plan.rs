//! Decides what happens to each line of some statements.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{
    IgnoredReason, KnownFrom, LineKind, LineOutcome, MatchedBy, Reference, ReviewFlag, Statement,
    StatementLine, StatementRow, Totals, TransactionStatus, UnmatchedReason, identity, reference,
    taken_back,
};
use crate::domain::{
    dues::{Household, dues, months},
    model::{MemberId, Money, Payment, Space, Tag, Tier},
};

/// What is already recorded.
pub trait Books {
    /// Returns where a transaction is known from, with the recorded date and amount if they can be
    /// read.
    fn known(&self, id: &Tag) -> Option<(KnownFrom, Option<(Date, Money)>)>;

    /// Returns the member that a payer is remembered for.
    fn payer(&self, id: &Tag) -> Option<MemberId>;

    /// Returns what decides a member's dues.
    fn account(&self, id: MemberId) -> AccountLookup;

    /// Returns the recorded payments of a member, with the names of their files.
    fn payments(&self, id: MemberId) -> Vec<(Tag, Payment)>;
}

/// The result of looking up a member's number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AccountLookup {
    /// No record.
    Nobody,
    /// A record that cannot be read, or whose tier cannot.
    Unreadable,
    /// The account.
    Account(Box<DuesAccount>),
}

/// What decides a member's dues.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DuesAccount {
    /// The member who pays for this one.
    pub parent: Option<MemberId>,
    /// The member and the children.
    pub household: Household,
    /// The kind of membership.
    pub tier: Tier,
    /// Whether the member may not use the space.
    pub suspended: bool,
    /// The `paid_until` that was set by hand, if no payment is on record.
    pub manual_paid_until: Option<Date>,
}

/// What happens to every line, in the order of the statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportPlan {
    /// The lines.
    pub outcomes: Vec<LineOutcome>,
    /// The totals.
    pub totals: Totals,
}

/// A payment for more months than this is worth a look.
const MANY_MONTHS: u16 = 24;

/// A payment made at most this many weeks before a `paid_until` that was set by hand is probably
/// included in it.
const INCLUDED_WEEKS: i64 = 3;

/// Decides about every line. The order of the statements, and of their lines, does not matter.
#[must_use]
pub fn plan(statements: &[Statement], space: &Space, books: &dyn Books, today: Date) -> ImportPlan {
    let mut outcomes = Vec::new();
    let mut readable = Vec::new();
    for (statement, Statement { rows, .. }) in statements.iter().enumerate() {
        let ids = identities(rows, &space.currency);
        for (row, id) in rows.iter().zip(ids) {
            let (line, status) = match &row.content {
                Ok(line) => {
                    readable.push((outcomes.len(), id.clone()));
                    (Some(line.clone()), TransactionStatus::Ignored(IgnoredReason::NotACredit))
                }
                Err(why) => {
                    (None, TransactionStatus::Ignored(IgnoredReason::Unreadable(why.clone())))
                }
            };
            let number = row.number;
            let (flags, takes_back) = (Vec::new(), None);
            outcomes.push(LineOutcome { statement, number, line, id, status, flags, takes_back });
        }
    }
    // The choice between two lines with the same identity must not depend on their position.
    readable.sort_by_cached_key(|(at, _)| {
        let line = outcomes[*at].line.as_ref();
        line.map(|line| (line.date, line.amount, line.text.clone()))
    });
    let mut matcher =
        Matcher { space, books, today, seen: HashMap::new(), accounts: HashMap::new() };
    for (at, id) in readable {
        if let (Some(line), Some(id)) = (outcomes[at].line.clone(), id) {
            let (status, id, flags) = matcher.decide(&line, id);
            (outcomes[at].status, outcomes[at].id, outcomes[at].flags) = (status, Some(id), flags);
        }
    }
    taken_back::point_out(&mut outcomes, space, books);
    let totals = Totals::of(&outcomes);
    ImportPlan { outcomes, totals }
}

/// Returns the identity of each line of a statement; equal lines without an id are numbered.
fn identities(rows: &[StatementRow], currency: &str) -> Vec<Option<Tag>> {
    let mut equal: HashMap<Tag, u32> = HashMap::new();
    let of = |row: &StatementRow| {
        let line = row.content.as_ref().ok()?;
        if let Some(id) = &line.bank_id {
            return Some(identity::by_bank(id));
        }
        // Lines that differ only in currency are numbered separately.
        let text = match line.currency.as_deref().filter(|code| *code != currency) {
            Some(other) => format!("{other} {}", line.text),
            None => line.text.clone(),
        };
        let first = identity::by_content(line.date, line.amount, &text, 0);
        let count = equal.entry(first).or_default();
        *count += 1;
        Some(identity::by_content(line.date, line.amount, &text, *count - 1))
    };
    rows.iter().map(of).collect()
}

struct Matcher<'a> {
    space: &'a Space,
    books: &'a dyn Books,
    today: Date,
    seen: HashMap<Tag, (Date, Money)>,
    accounts: HashMap<MemberId, AccountLookup>,
}

impl Matcher<'_> {
    fn decide(
        &mut self,
        line: &StatementLine,
        id: Tag,
    ) -> (TransactionStatus, Tag, Vec<ReviewFlag>) {
        if let Some(currency) = line.currency.as_ref().filter(|code| **code != self.space.currency)
        {
            let status = TransactionStatus::Ignored(IgnoredReason::OtherCurrency(currency.clone()));
            return (status, id, vec![ReviewFlag::Currency]);
        }
        if line.amount <= 0 {
            return (TransactionStatus::Ignored(IgnoredReason::NotACredit), id, Vec::new());
        }
        if line.date > self.today {
            return (
                TransactionStatus::Ignored(IgnoredReason::InTheFuture),
                id,
                vec![ReviewFlag::Future],
            );
        }
        let (mut id, mut other) = (id, false);
        if let (Some((_, Some(written))), Some(bank)) = (self.known(&id), &line.bank_id) {
            other = written != (line.date, line.amount);
            if other {
                id = identity::by_bank_and_content(bank, line.date, line.amount);
            }
        }
        if let Some((known, _)) = self.known(&id) {
            return (TransactionStatus::Known(known), id, Vec::new());
        }
        self.seen.insert(id.clone(), (line.date, line.amount));
        if other {
            return (TransactionStatus::Unmatched(UnmatchedReason::SameId), id, Vec::new());
        }
        let mut flags = Vec::new();
        if line.date.saturating_add(jiff::SignedDuration::from_hours(24 * 366)) < self.today {
            flags.push(ReviewFlag::LongAgo);
        }
        match self.credit(line, &mut flags) {
            Ok(status) => (status, id, flags),
            Err(reason) => (TransactionStatus::Unmatched(reason), id, flags),
        }
    }

    fn known(&self, id: &Tag) -> Option<(KnownFrom, Option<(Date, Money)>)> {
        let repeated = self.seen.get(id).map(|written| (KnownFrom::Twice, Some(*written)));
        repeated.or_else(|| self.books.known(id))
    }

    fn credit(
        &mut self,
        line: &StatementLine,
        flags: &mut Vec<ReviewFlag>,
    ) -> Result<TransactionStatus, UnmatchedReason> {
        if line.kind != LineKind::Plain {
            // What we paid is none of our business here, unless it mentions a member.
            let outgoing = matches!(line.kind, LineKind::Debit | LineKind::Fee);
            if outgoing && reference(&line.text, &self.space.reference_prefix) == Reference::None {
                return Ok(TransactionStatus::Ignored(IgnoredReason::NotACredit));
            }
            return Err(UnmatchedReason::NotIncome(line.kind.clone()));
        }
        let (named, mut matched_by) = match reference(&line.text, &self.space.reference_prefix) {
            Reference::One(id) => (id, MatchedBy::Reference),
            Reference::Several(ids) => return Err(UnmatchedReason::SeveralReferences(ids)),
            Reference::None => {
                let payer = identity::by_payer(line.payer.as_deref().unwrap_or(&line.text));
                let known = payer.and_then(|id| self.books.payer(&id));
                (known.ok_or(UnmatchedReason::NoReference)?, MatchedBy::Payer)
            }
        };
        let mut member = named;
        if let Some(parent) = self.account(named)?.parent {
            member = parent;
            if matched_by == MatchedBy::Reference {
                matched_by = MatchedBy::Child(named);
            }
        }
        let account = self.account(member)?.clone();
        let months = months_bought(self.space, &account, member, line.date, line.amount)?;
        flags.extend((months > MANY_MONTHS).then_some(ReviewFlag::MuchAtOnce(months)));
        flags.extend(account.suspended.then_some(ReviewFlag::Suspended));
        let weeks = jiff::SignedDuration::from_hours(24 * 7 * INCLUDED_WEEKS);
        let included =
            account.manual_paid_until.filter(|until| line.date.saturating_add(weeks) < *until);
        flags.extend(included.map(ReviewFlag::PerhapsIncluded));
        Ok(TransactionStatus::Credited { member, months, matched_by })
    }

    fn account(&mut self, id: MemberId) -> Result<&DuesAccount, UnmatchedReason> {
        let found = self.accounts.entry(id).or_insert_with(|| self.books.account(id));
        match found {
            AccountLookup::Nobody => Err(UnmatchedReason::UnknownMember(id)),
            AccountLookup::Unreadable => Err(UnmatchedReason::Unreadable(id)),
            AccountLookup::Account(account) => Ok(account),
        }
    }
}

/// Returns how many months an amount buys a member on the day it was paid.
///
/// # Errors
/// Returns the reason if it buys none.
pub fn months_bought(
    space: &Space,
    account: &DuesAccount,
    member: MemberId,
    paid: Date,
    amount: Money,
) -> Result<u16, UnmatchedReason> {
    if let Some(left) = account.household.payer.left.filter(|left| *left <= paid) {
        return Err(UnmatchedReason::Left(member, left));
    }
    let dues = dues(&space.dues, &account.tier, &account.household, paid);
    if dues.amount == 0 {
        return Err(UnmatchedReason::OwesNothing(member));
    }
    let (due, year) = (dues.amount, dues.year);
    months(&dues, amount).ok_or(UnmatchedReason::NotWholeMonths { member, due, year })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A payment recorded long ago is recognised only by the identity it was given then.
    #[test]
    fn equal_lines_are_counted_from_zero() {
        let day = jiff::civil::date(2026, 1, 5);
        let row = |currency: Option<&str>, bank_id: Option<&str>| StatementRow {
            number: 1,
            content: Ok(StatementLine {
                date: day,
                amount: 2000,
                currency: currency.map(str::to_owned),
                text: "SM0042".into(),
                bank_id: bank_id.map(str::to_owned),
                payer: None,
                kind: LineKind::Plain,
            }),
        };
        let unread = StatementRow { number: 1, content: Err("no line".into()) };
        let rows = [
            row(None, None),
            row(Some("GBP"), None),
            row(Some("EUR"), None),
            unread,
            row(None, Some("id")),
            row(None, None),
        ];
        let by = |text, ordinal| Some(identity::by_content(day, 2000, text, ordinal));
        let expected = [
            by("SM0042", 0),
            by("SM0042", 1),
            by("EUR SM0042", 0),
            None,
            Some(identity::by_bank("id")),
            by("SM0042", 2),
        ];
        assert_eq!(identities(&rows, "GBP"), expected);
    }
}
