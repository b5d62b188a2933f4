//! Finds the member whom a transaction belongs to, and what it buys.

use std::collections::HashSet;

use jiff::SignedDuration;

use super::{
    AccountLookup, Books, DuesAccount, MatchedBy, Recorded, Reference, ReviewFlag, StatementLine,
    Suggestion, TransactionStatus, UnmatchedReason,
    bought::months_bought,
    identity, payer_name, reference,
    twins::{Twins, closest},
};
use crate::domain::model::{MemberId, Space};

/// A payment for more months than this is worth a look.
const MANY_MONTHS: u16 = 24;

/// A payment made at most this many weeks before a `paid_until` that was set by hand is probably
/// included in it.
const INCLUDED_WEEKS: i64 = 3;

/// Looks up members in the books.
pub(super) struct Matcher<'a> {
    space: &'a Space,
    books: &'a dyn Books,
}

/// Whom a transaction belongs to.
pub(super) struct Match {
    /// Who pays, if that is beyond doubt.
    pub member: Option<MemberId>,
    /// What it buys, or why it does not.
    pub result: Result<TransactionStatus, UnmatchedReason>,
    /// What makes it worth a look.
    pub flags: Vec<ReviewFlag>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(space: &'a Space, books: &'a dyn Books) -> Self {
        Self { space, books }
    }

    /// Finds the member, and works out what the transaction buys.
    pub(super) fn find(&self, line: &StatementLine) -> Match {
        let (member, matched_by) = match self.whose(line) {
            Ok(found) => found,
            Err(reason) => return Match { member: None, result: Err(reason), flags: Vec::new() },
        };
        let mut flags = Vec::new();
        let result = self.credit(line, member, matched_by, &mut flags);
        Match { member: Some(member), result, flags }
    }

    /// Returns the members who may be meant by a text, likeliest first: those whom it mentions,
    /// and the one that the payer is remembered for.
    pub(super) fn suggestions(&self, text: &str, payer: Option<&str>) -> Vec<Suggestion> {
        let mentioned = self.reference(text);
        let remembered = payer_name(payer, text).and_then(identity::by_payer);
        let remembered = remembered.and_then(|id| self.books.payer(&id));
        let mut found: Vec<Suggestion> = Vec::new();
        for id in mentioned.mentioned().iter().copied().chain(remembered) {
            let member = self.payer_of(id);
            let Ok(account) = self.account(member) else { continue };
            if found.iter().all(|it| it.member != member) {
                found.push(Suggestion { member, name: account.household.payer.name });
            }
        }
        found
    }

    /// Tells whether a text mentions a member, or a child of that member.
    pub(super) fn mentions(&self, text: &str, member: MemberId) -> bool {
        let found = self.reference(text);
        found.mentioned().iter().any(|id| self.payer_of(*id) == member)
    }

    /// Tells whether a text has anything like a reference.
    pub(super) fn has_reference(&self, line: &StatementLine) -> bool {
        self.reference(line.searched_text()) != Reference::None
    }

    fn reference(&self, text: &str) -> Reference {
        reference(text, &self.space.reference_prefix, &|id| self.books.is_member(id))
    }

    /// Returns the member who pays: for a child, the parent.
    pub(super) fn whose(
        &self,
        line: &StatementLine,
    ) -> Result<(MemberId, MatchedBy), UnmatchedReason> {
        let (named, matched_by) = match self.reference(line.searched_text()) {
            Reference::One(id) => (id, MatchedBy::Reference),
            Reference::Several(ids) => self.one_household(&ids)?,
            Reference::Doubtful { written, .. } => {
                return Err(UnmatchedReason::DoubtfulReference(written));
            }
            Reference::None => {
                let name = payer_name(line.payer.as_deref(), &line.text);
                let known = name.and_then(identity::by_payer).and_then(|id| self.books.payer(&id));
                (known.ok_or(UnmatchedReason::NoReference)?, MatchedBy::Payer)
            }
        };
        Ok(match (self.account(named)?.parent, matched_by) {
            (Some(parent), MatchedBy::Reference) => (parent, MatchedBy::Child(named)),
            (Some(parent), matched_by) => (parent, matched_by),
            (None, matched_by) => (named, matched_by),
        })
    }

    /// Returns the one of several members who pays for all of them, if there is one.
    fn one_household(&self, ids: &[MemberId]) -> Result<(MemberId, MatchedBy), UnmatchedReason> {
        let payers: Vec<MemberId> = ids.iter().map(|id| self.payer_of(*id)).collect();
        let payer = payers[0];
        if payers.iter().any(|it| *it != payer) {
            return Err(UnmatchedReason::SeveralReferences(ids.to_vec()));
        }
        let named = if ids.contains(&payer) { payer } else { ids[0] };
        Ok((named, MatchedBy::Reference))
    }

    fn credit(
        &self,
        line: &StatementLine,
        member: MemberId,
        matched_by: MatchedBy,
        flags: &mut Vec<ReviewFlag>,
    ) -> Result<TransactionStatus, UnmatchedReason> {
        let account = self.account(member)?;
        let bought = months_bought(self.space, self.books, member, line.date, line.amount)?;
        let months = bought.months;
        flags.extend(bought.changed.map(|[then, now]| ReviewFlag::DuesChanged { then, now }));
        flags.extend((months > MANY_MONTHS).then_some(ReviewFlag::MuchAtOnce(months)));
        let suspended = account.suspension.is_some_and(|it| !it.is_over(line.date));
        flags.extend(suspended.then_some(ReviewFlag::Suspended));
        let weeks = SignedDuration::from_hours(24 * 7 * INCLUDED_WEEKS);
        let included =
            account.manual_paid_until.filter(|until| line.date.saturating_add(weeks) < *until);
        flags.extend(included.map(ReviewFlag::PerhapsIncluded));
        Ok(TransactionStatus::Credited { member, months, matched_by })
    }

    fn payer_of(&self, id: MemberId) -> MemberId {
        self.account(id).ok().and_then(|account| account.parent).unwrap_or(id)
    }

    fn account(&self, id: MemberId) -> Result<DuesAccount, UnmatchedReason> {
        match self.books.account(id) {
            AccountLookup::Nobody => Err(UnmatchedReason::UnknownMember(id)),
            AccountLookup::Unreadable => Err(UnmatchedReason::Unreadable(id)),
            AccountLookup::Account(account) => Ok(*account),
        }
    }
}

/// Returns the members who may be meant by a transaction that is kept aside, likeliest first.
#[must_use]
pub fn suggestions(
    text: &str,
    payer: Option<&str>,
    space: &Space,
    books: &dyn Books,
) -> Vec<Suggestion> {
    Matcher::new(space, books).suggestions(text, payer)
}

/// Returns the record that may be of the same money as a transaction that is kept aside.
#[must_use]
pub fn twin(
    aside: &Recorded,
    payer: Option<&str>,
    space: &Space,
    books: &dyn Books,
) -> Option<Recorded> {
    let matcher = Matcher::new(space, books);
    let line = StatementLine {
        date: aside.date,
        amount: aside.amount,
        text: aside.text.clone(),
        payer: payer.map(str::to_owned),
        ..StatementLine::default()
    };
    let member = matcher.find(&line).member;
    let names = |text: &str| member.is_some_and(|member| matcher.mentions(text, member));
    let own = HashSet::from([aside.id.clone()]);
    closest(Twins::new(books).of_line(&line, member, &own, &names), line.date)
}
