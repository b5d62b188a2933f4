//! Imports statements: credits members, and keeps aside what nobody can be credited with.

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::civil::Date;

use super::{
    account::{Account, name},
    ledger::Ledger,
};
use crate::domain::{
    check::Records,
    model::{Change, MemberId, Payment, Place, Record, Transaction},
    ops::{Plan, Refusal, look_up},
    payments::{self, Fate, Line, Statement},
};

/// What becomes of some statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// What becomes of each line.
    pub lines: payments::Plan,
    /// Until when those have paid who are credited.
    pub turns: BTreeMap<MemberId, Turn>,
    /// What is to be written; it writes nothing if everything is known.
    pub plan: Plan,
}

/// How a member's cover changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// How a person calls the member: `0042 Ada Lovelace`.
    pub who: String,
    /// The first day that was not paid for.
    pub before: Option<Date>,
    /// The first day that is not paid for now.
    pub after: Option<Date>,
}

/// Imports statements as one change. `today` is the local day.
///
/// # Errors
/// Refuses if the settings cannot be read.
pub fn import(
    records: &dyn Records,
    statements: &[Statement],
    today: Date,
) -> Result<Import, Refusal> {
    let space = look_up::space(records)?;
    let lines = payments::plan(statements, &space, &Ledger::open(records), today);
    let mut change = Change::new(String::new(), String::new());
    let mut accounts: BTreeMap<MemberId, (Account, Date)> = BTreeMap::new();
    for outcome in &lines.outcomes {
        let (Some(line), Some(id)) = (&outcome.line, &outcome.id) else { continue };
        match &outcome.fate {
            Fate::Credited { member, months, .. } => {
                let (account, since) = match accounts.entry(*member) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert((Account::open(records, *member)?, line.date)),
                };
                *since = line.date.min(*since);
                let payment = (name(line.date, id.as_str()), payment(line, *months));
                account.payments().push(payment);
            }
            Fate::Unmatched(reason) => {
                let place = Place::Unmatched(line.date.year(), id.clone());
                let record = Record::Unmatched(transaction(line, reason.to_string()));
                change = change.put(place, record);
            }
            Fate::Known(_) | Fate::Ignored(_) => {}
        }
    }
    let (mut turns, mut notes) = (BTreeMap::new(), Vec::new());
    for (id, (account, since)) in accounts {
        let who = account.who();
        let closed = account.close(change, space.grace_days, since);
        change = closed.0;
        let [before, after] = closed.1;
        if let (Some(before), Some(after)) = (before, after)
            && after < before
        {
            notes.push(format!(
                "{who} had paid until {before} and has until {after} now, since an earlier payment \
                 came to light that later ones extend"
            ));
        }
        turns.insert(id, Turn { who, before, after });
    }
    let totals = &lines.totals;
    change.subject = format!(
        "payment: import {} ({} credited, {} unmatched)",
        counted(totals.credited.lines + totals.unmatched.lines, "transaction"),
        totals.credited.lines,
        totals.unmatched.lines
    );
    change.trailer = format!("payment.import {}", totals.credited.lines + totals.unmatched.lines);
    Ok(Import { lines, turns, plan: Plan { change, notes } })
}

fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn payment(line: &Line, months: u16) -> Payment {
    Payment {
        date: line.date,
        amount: line.amount,
        months,
        from: None,
        text: line.text.clone(),
        source: line.bank_id.clone(),
        returned: None,
    }
}

fn transaction(line: &Line, reason: String) -> Transaction {
    Transaction {
        date: line.date,
        amount: line.amount,
        text: line.text.clone(),
        source: line.bank_id.clone(),
        payer: line.payer.clone(),
        reason,
    }
}
