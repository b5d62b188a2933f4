//! The records of a space, as an import looks them up.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::domain::{
    model::{Member, MemberId, Money, Payment, Record, RecordPath, Tag},
    ops::{dues::household, look_up},
    payments::{AccountLookup, Books, DuesAccount, KnownFrom},
    records::Records,
};

/// The recorded payments, with an index of every known transaction.
pub(super) struct Ledger<'a> {
    records: &'a dyn Records,
    known: HashMap<Tag, RecordPath>,
}

impl<'a> Ledger<'a> {
    /// Lists the known transactions by the names of their files.
    pub(super) fn open(records: &'a dyn Records) -> Self {
        let mut known = HashMap::new();
        for (member, name) in records.payments() {
            // `2026-01-05-<id>`
            if let Some(id) = name.as_str().get(11..).and_then(|id| id.parse().ok()) {
                known.insert(id, RecordPath::Payment(member, name));
            }
        }
        for (year, id) in records.unmatched() {
            known.insert(id.clone(), RecordPath::Unmatched(year, id));
        }
        Self { records, known }
    }

    fn dues_account(&self, id: MemberId, member: &Member) -> Option<DuesAccount> {
        let tier = look_up::tier(self.records, &member.tier).ok()?;
        let payments = look_up::payments(self.records, id).ok()?;
        let manual_paid_until = match payments.as_slice() {
            [] => member.paid_until,
            some => some.iter().find(|(_, it)| it.is_opening()).map(|(_, opening)| opening.date),
        };
        let children = self.records.children(id);
        Some(DuesAccount {
            parent: member.parent,
            household: household(self.records, id, member, &children),
            tier,
            suspended: member.suspended.is_some(),
            manual_paid_until,
        })
    }
}

impl Books for Ledger<'_> {
    fn known(&self, id: &Tag) -> Option<(KnownFrom, Option<(Date, Money)>)> {
        let path = self.known.get(id)?;
        let known = path.member().map_or(KnownFrom::Unmatched, KnownFrom::Payment);
        let written = match self.records.record(path) {
            Some(Record::Payment(payment)) => Some((payment.date, payment.amount)),
            Some(Record::Unmatched(transaction)) => Some((transaction.date, transaction.amount)),
            _ => None,
        };
        Some((known, written))
    }

    fn payer(&self, id: &Tag) -> Option<MemberId> {
        match self.records.record(&RecordPath::Payer(id.clone())) {
            Some(Record::Payer(payer)) => Some(payer.member),
            _ => None,
        }
    }

    fn account(&self, id: MemberId) -> AccountLookup {
        match self.records.record(&RecordPath::Member(id)) {
            Some(Record::Member(member)) => {
                self.dues_account(id, &member).map_or(AccountLookup::Unreadable, |account| {
                    AccountLookup::Account(Box::new(account))
                })
            }
            _ if self.records.exists(&RecordPath::Member(id)) => AccountLookup::Unreadable,
            _ => AccountLookup::Nobody,
        }
    }

    fn payments(&self, id: MemberId) -> Vec<(Tag, Payment)> {
        look_up::payments(self.records, id).unwrap_or_default()
    }
}
