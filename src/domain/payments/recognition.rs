//! Recognises transactions that are on record, or that came before in the same statements.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, civil::Date};

use super::{Books, Known, KnownFrom, NEAR_DAYS, Recorded, StatementLine, identity};
use crate::domain::model::Tag;

/// What is recognised so far.
pub(super) struct Recognition<'a> {
    books: &'a dyn Books,
    seen: HashMap<Tag, StatementLine>,
    /// For each statement, the identities that its lines stand for.
    covered: Vec<HashSet<Tag>>,
}

/// The result for one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Recognised {
    /// It is known under this identity.
    Known(KnownFrom, Tag),
    /// It is new, and gets this identity.
    New(Tag),
    /// It is new, but another transaction of about the same day has the same id.
    SameId(Tag),
}

impl<'a> Recognition<'a> {
    pub(super) fn new(books: &'a dyn Books, statements: usize) -> Self {
        Self { books, seen: HashMap::new(), covered: vec![HashSet::new(); statements] }
    }

    /// Recognises a line of a statement. `id` is its identity if the bank gives it no id.
    ///
    /// The same transaction has the account, id, day, amount and text in common. Where one of two
    /// exports does not state the account, the rest decides.
    pub(super) fn recognise(
        &mut self,
        line: &StatementLine,
        id: &Tag,
        statement: usize,
    ) -> Recognised {
        let result = match &line.bank_id {
            Some(bank_id) => self.by_bank_id(line, bank_id),
            None => match self.books.known(id) {
                _ if self.seen.contains_key(id) => Recognised::Known(KnownFrom::Twice, id.clone()),
                Some(known) => Recognised::Known(known.from, id.clone()),
                None => Recognised::New(id.clone()),
            },
        };
        let (Recognised::Known(_, id) | Recognised::New(id) | Recognised::SameId(id)) = &result;
        if !matches!(result, Recognised::Known(..)) {
            self.seen.insert(id.clone(), line.clone());
        }
        self.covered[statement].insert(id.clone());
        result
    }

    /// Returns the identities that the lines of a statement stand for.
    pub(super) fn covered(&mut self, statement: usize) -> &mut HashSet<Tag> {
        &mut self.covered[statement]
    }

    fn by_bank_id(&self, line: &StatementLine, bank_id: &str) -> Recognised {
        let own = identity::by_bank(line.account.as_deref(), bank_id);
        let without_account = identity::by_bank(None, bank_id);
        let full = identity::by_bank_and_content(line, bank_id);
        let (mut is_taken, mut is_doubtful) = (false, false);
        for id in [&own, &without_account, &full] {
            if let Some(seen) = self.seen.get(id) {
                if is_same(line, seen) {
                    return Recognised::Known(KnownFrom::Twice, id.clone());
                }
                is_taken = true;
                is_doubtful |= is_near(line, seen.date);
            } else if let Some(Known { from, record }) = self.books.known(id) {
                let Some(it) = record.filter(|it| !is_recorded(line, it)) else {
                    return Recognised::Known(from, id.clone());
                };
                is_taken = true;
                is_doubtful |= is_near(line, it.date);
            }
        }
        match (is_taken, is_doubtful) {
            (false, _) => Recognised::New(own),
            // A bank that begins to count again after a while.
            (true, false) => Recognised::New(full),
            (true, true) => Recognised::SameId(full),
        }
    }
}

fn is_near(line: &StatementLine, day: Date) -> bool {
    line.date.duration_since(day).abs() <= SignedDuration::from_hours(24 * NEAR_DAYS)
}

fn is_recorded(line: &StatementLine, record: &Recorded) -> bool {
    (line.date, line.amount) == (record.date, record.amount)
        && identity::folded(&line.text) == identity::folded(&record.text)
}

fn is_same(line: &StatementLine, seen: &StatementLine) -> bool {
    let accounts = [&line.account, &seen.account];
    (line.date, line.amount) == (seen.date, seen.amount)
        && (line.account == seen.account || accounts.iter().any(|it| it.is_none()))
        && identity::folded(&line.text) == identity::folded(&seen.text)
}
