//! The records of a space, as an import looks them up.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, HashMap},
};

use jiff::{SignedDuration, civil::Date};

use crate::domain::{
    model::{
        DuesRules, Member, MemberId, Money, Payment, Payout, Record, RecordPath, Tag, Transaction,
    },
    ops::{dues::household, look_up},
    payments::{
        AccountLookup, Books, DuesAccount, Known, KnownFrom, NEAR_DAYS, PAYOUT_DAYS, Recorded,
    },
    records::Records,
};

/// The recorded payments, with an index of every known transaction.
pub(super) struct Ledger<'a> {
    records: &'a dyn Records,
    known: HashMap<Tag, RecordPath>,
    /// The payments of each day, by the names of their files.
    days: BTreeMap<Date, Vec<(MemberId, Tag)>>,
    /// The payments of the days that were asked for.
    read: RefCell<HashMap<Date, Vec<Recorded>>>,
    /// The members who were asked for.
    accounts: RefCell<HashMap<MemberId, AccountLookup>>,
    /// The transactions that wait to be assigned.
    unmatched: OnceCell<Vec<Recorded>>,
    /// What processors paid out.
    payouts: OnceCell<Vec<(Tag, Transaction)>>,
}

impl<'a> Ledger<'a> {
    /// Lists the known transactions by the names of their files.
    pub(super) fn open(records: &'a dyn Records) -> Self {
        let mut known = HashMap::new();
        let mut days: BTreeMap<Date, Vec<(MemberId, Tag)>> = BTreeMap::new();
        for (member, name) in records.payments() {
            // `2026-01-05-<id>`
            let (day, id) = (name.as_str().get(..10), name.as_str().get(11..));
            if let Some(day) = day.and_then(|day| day.parse().ok()) {
                days.entry(day).or_default().push((member, name.clone()));
            }
            if let Some(id) = id.and_then(|id| id.parse().ok()) {
                known.insert(id, RecordPath::Payment(member, name));
            }
        }
        for (year, id) in records.unmatched() {
            known.insert(id.clone(), RecordPath::Unmatched(year, id));
        }
        let (read, accounts, unmatched) = (RefCell::default(), RefCell::default(), OnceCell::new());
        let payouts = OnceCell::new();
        Self { records, known, days, read, accounts, unmatched, payouts }
    }

    /// Reads the payments of a day.
    fn of_day(&self, day: Date) -> Vec<Recorded> {
        let names = self.days.get(&day).into_iter().flatten();
        let paths = names.map(|(member, name)| RecordPath::Payment(*member, name.clone()));
        paths.filter_map(|path| self.recorded(&path)).collect()
    }

    /// Reads a payment or an unmatched transaction, unless it is no money that came in.
    fn recorded(&self, path: &RecordPath) -> Option<Recorded> {
        let (id, member) = match path {
            RecordPath::Payment(member, name) => {
                (name.as_str().get(11..)?.parse().ok()?, Some(*member))
            }
            RecordPath::Unmatched(_, id) => (id.clone(), None),
            _ => return None,
        };
        let (date, amount, text) = match self.records.record(path)? {
            Record::Payment(it) if !it.is_opening() => (it.date, it.transferred(), it.text),
            Record::Unmatched(it) => (it.date, it.amount, it.text),
            _ => return None,
        };
        Some(Recorded { id, member, date, amount, text })
    }

    fn unmatched(&self) -> &[Recorded] {
        self.unmatched.get_or_init(|| {
            let is_waiting = |path: &&RecordPath| {
                matches!(self.records.record(path), Some(Record::Unmatched(it)) if it.waits())
            };
            let waiting = self.known.values().filter(is_waiting);
            waiting.filter_map(|path| self.recorded(path)).collect()
        })
    }

    fn read_payouts(&self) -> Vec<(Tag, Transaction)> {
        let read = |(id, path): (&Tag, &RecordPath)| match self.records.record(path) {
            Some(Record::Unmatched(it)) if it.payout.is_some() => Some((id.clone(), it)),
            _ => None,
        };
        let kept = self.known.iter().filter(|(_, path)| path.member().is_none());
        let mut payouts: Vec<(Tag, Transaction)> = kept.filter_map(read).collect();
        payouts.sort_by(|a, b| (a.1.date, &a.0).cmp(&(b.1.date, &b.0)));
        payouts
    }

    fn read_account(&self, id: MemberId) -> AccountLookup {
        match self.records.record(&RecordPath::Member(id)) {
            Some(Record::Member(member)) => {
                self.dues_account(id, &member).map_or(AccountLookup::Unreadable, |account| {
                    AccountLookup::Account(Box::new(account))
                })
            }
            _ if self.is_member(id) => AccountLookup::Unreadable,
            _ => AccountLookup::Nobody,
        }
    }

    fn dues_account(&self, id: MemberId, member: &Member) -> Option<DuesAccount> {
        let payments = look_up::payments(self.records, id).ok()?;
        let manual_paid_until = match payments.as_slice() {
            [] => member.paid_until,
            some => some.iter().find(|(_, it)| it.is_opening()).map(|(_, opening)| opening.date),
        };
        account(self.records, id, member, &self.records.children(id), manual_paid_until)
    }
}

fn account(
    records: &dyn Records,
    id: MemberId,
    member: &Member,
    children: &[MemberId],
    manual_paid_until: Option<Date>,
) -> Option<DuesAccount> {
    Some(DuesAccount {
        parent: member.parent,
        household: household(records, id, member, children),
        tier: look_up::tier(records, &member.tier).ok()?,
        suspension: member.suspension(),
        manual_paid_until,
    })
}

impl Books for Ledger<'_> {
    fn known(&self, id: &Tag) -> Option<Known> {
        let path = self.known.get(id)?;
        let from = path.member().map_or(KnownFrom::Unmatched, KnownFrom::Payment);
        Some(Known { from, record: self.recorded(path) })
    }

    fn near(&self, member: Option<MemberId>, day: Date, amount: Money) -> Vec<Recorded> {
        let span = SignedDuration::from_hours(24 * NEAR_DAYS);
        let days = day.saturating_sub(span)..=day.saturating_add(span);
        let mut found = Vec::new();
        for (day, _) in self.days.range(days.clone()) {
            let mut read = self.read.borrow_mut();
            let of_day = read.entry(*day).or_insert_with(|| self.of_day(*day));
            let is_theirs = |it: &&Recorded| member.is_none() || it.member == member;
            found.extend(of_day.iter().filter(is_theirs).filter(|it| it.amount == amount).cloned());
        }
        let waiting = self.unmatched().iter();
        found.extend(waiting.filter(|it| it.amount == amount && days.contains(&it.date)).cloned());
        found
    }

    fn payouts(&self, day: Date, amount: Money) -> Vec<(Tag, Payout)> {
        let is_near = |date: Date| date.duration_since(day).abs() <= PAYOUT_DAYS;
        let payouts = self.payouts.get_or_init(|| self.read_payouts());
        let fits = payouts.iter().filter(|(_, it)| it.amount == amount && is_near(it.date));
        fits.filter_map(|(id, it)| Some((id.clone(), it.payout.clone()?))).collect()
    }

    fn payer(&self, id: &Tag) -> Option<MemberId> {
        match self.records.record(&RecordPath::Payer(id.clone())) {
            Some(Record::Payer(payer)) => Some(payer.member),
            _ => None,
        }
    }

    fn is_member(&self, id: MemberId) -> bool {
        self.records.exists(&RecordPath::Member(id))
    }

    fn account(&self, id: MemberId) -> AccountLookup {
        let mut known = self.accounts.borrow_mut();
        known.entry(id).or_insert_with(|| self.read_account(id)).clone()
    }

    fn account_on(&self, id: MemberId, day: Date) -> Option<(DuesRules, DuesAccount)> {
        let then = self.records.as_of(id, day)?;
        let member = look_up::member(&*then, id).ok()?;
        let mut children = self.records.children(id);
        children.retain(|child| {
            look_up::member(&*then, *child).is_ok_and(|child| child.parent == Some(id))
        });
        let account = account(&*then, id, &member, &children, None)?;
        Some((look_up::space(&*then).ok()?.dues, account))
    }

    fn payments(&self, id: MemberId) -> Vec<(Tag, Payment)> {
        look_up::payments(self.records, id).unwrap_or_default()
    }
}
