//! Records what a payment processor took from members, and what went back to them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{civil::Date, tz::TimeZone};

use super::{failed::failed, payout::payout};
use crate::domain::{
    follow::{BackReason, Happening, What},
    model::{Change, Counted, MemberId, Money, Note, Slug, Subject, Tag, text},
    money::Currency,
    ops::{
        Plan, Refusal, look_up,
        payment::{REFUND, REVERSE, Refund, give_back_for_sure, import, is_decided, restore},
    },
    payments::{Statement, StatementLine, StatementRow, TransactionStatus, by_bank},
    records::{self, Overlay, Records},
};

/// What is recorded, and what is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// What is to be written; it has no edits if all of it is recorded already.
    pub plan: Plan,
    /// How many payments are credited to members.
    pub credited: usize,
    /// How many wait until somebody assigns them.
    pub waiting: usize,
    /// What a person has to look at, in sentences.
    pub held: Vec<String>,
    /// What is about payments that are not recorded yet: it is to be tried again with them.
    pub early: Vec<Happening>,
}

/// Why something is not recorded.
enum Held {
    /// The payment that it is about is not recorded yet.
    Early,
    /// Somebody has to look at it.
    ForGood(String),
}

/// Records what happened. Payments are credited as those of a bank statement are, by the member whose
/// account it is; the processor's id is their identity, so whatever comes twice counts once, in any
/// order. `accounts` are the members by their accounts, and `today` is the local day.
///
/// # Errors
/// Refuses if the settings cannot be read, or if a record is in the way.
pub fn receive(
    records: &dyn Records,
    service: &Slug,
    happenings: &[Happening],
    accounts: &BTreeMap<String, MemberId>,
    zone: &TimeZone,
    today: Date,
) -> Result<Received, Refusal> {
    let space = look_up::space(records)?;
    let mut known: BTreeSet<Tag> = records.unmatched().into_iter().map(|(_, id)| id).collect();
    known.extend(records.payments().iter().filter_map(|(_, name)| id_of(name)));
    let (mut rows, mut told) = (Vec::new(), BTreeSet::new());
    for (number, it) in (1..).zip(happenings) {
        let What::Paid { account, amount, currency } = &it.what else { continue };
        // The day is not part of the identity: the clock there may be another one.
        if !known.insert(by_bank(Some(service.as_str()), &it.payment)) {
            continue;
        }
        let member = account.as_ref().and_then(|account| accounts.get(account));
        let whose = match (member, account) {
            (Some(member), _) => format!(" {}{member}", space.reference_prefix),
            (None, Some(account)) => format!(" {}", text::shown(account)),
            (None, None) => String::new(),
        };
        if member.is_none() && *currency == space.currency {
            told.insert(it.payment.clone());
        }
        let line = StatementLine {
            date: it.at.to_zoned(zone.clone()).date().min(today),
            amount: *amount,
            currency: Some(currency.clone()),
            text: format!("{service} {}{whose}", text::shown(&it.payment)),
            bank_id: Some(it.payment.clone()),
            account: Some(service.to_string()),
            ..StatementLine::default()
        };
        rows.push(StatementRow { number, content: Ok(line) });
    }
    let statement = Statement { name: service.to_string(), rows, warnings: Vec::new() };
    let import = import(records, &[statement], today)?;
    let currency = Currency::named(&space.currency);
    let mut held = Vec::new();
    for outcome in &import.lines.outcomes {
        if let (TransactionStatus::Ignored(why), Some(line)) = (&outcome.status, &outcome.line) {
            let id = line.bank_id.as_deref().unwrap_or_default();
            held.push(format!("the payment {id} is not recorded: {why}"));
        }
    }
    for it in happenings.iter().filter(|it| told.remove(&it.payment)) {
        let What::Paid { account: Some(account), amount, .. } = &it.what else { continue };
        let (sum, account) = (currency.amount(*amount), text::shown(account));
        held.push(format!(
            "{sum} of {account}, of which the records do not say whose it is, waits until somebody \
             assigns it: {}",
            it.payment
        ));
    }
    let mut all = Overlay::new(&import.plan.change, records);
    let mut notes = import.plan.notes;
    let mut early = Vec::new();
    for it in happenings {
        let on = it.at.to_zoned(zone.clone()).date().min(today);
        let done = match &it.what {
            What::PaidOut { .. } => {
                paid_out(&all, service, it, on, &space.currency).map(|(plan, why)| {
                    held.extend(why);
                    Some(plan)
                })
            }
            What::Paid { .. } => continue,
            _ => back(&all, service, it, on, &currency),
        };
        match done {
            Ok(Some(plan)) => {
                all.add(&plan.change);
                notes.extend(plan.notes);
            }
            Ok(None) => {}
            Err(Held::Early) => early.push(it.clone()),
            Err(Held::ForGood(why)) => held.push(why),
        }
    }
    let mut failures = 0_usize;
    for it in happenings {
        let What::Failed { account, why, .. } = &it.what else { continue };
        let member = account.as_ref().and_then(|account| accounts.get(account));
        let on = it.at.to_zoned(zone.clone()).date().min(today);
        let why = text::line(why, 200);
        let Some(member) = member else {
            let whose = account.as_deref().unwrap_or("nobody");
            held.push(format!("{service} could not take dues from {whose} on {on}: {why}"));
            continue;
        };
        if let Some(change) = failed(&all, service, it, *member, on) {
            all.add(&change);
            failures += 1;
            let who = records::who(records, *member);
            let words = format!("{service} could not take dues from {who} on {on}: {why}");
            notes.push(Note::from(words));
        }
    }
    let mut change = all.into_change();
    let (credited, waiting) =
        (import.lines.totals.credited.lines, import.lines.totals.unmatched.lines);
    describe(&mut change, service, credited + waiting, failures);
    let small = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Ok(Received {
        plan: Plan { change, notes },
        credited: small(credited),
        waiting: small(waiting),
        held,
        early,
    })
}

fn describe(change: &mut Change, service: &Slug, count: u64, failures: usize) {
    let what = if count == 1 { "payment" } else { "payments" };
    let subject =
        Subject::new("service: receive").and(Counted::new(count, what)).and("from").and(service);
    change.subject = match failures {
        0 => subject,
        count => subject.aside([Counted::new(count, "failed")]),
    };
    change.trailer = format!("service.receive {count}");
}

/// Returns the identity of a payment by the name of its file: `2026-01-05-<id>`.
fn id_of(name: &Tag) -> Option<Tag> {
    name.as_str().get(11..)?.parse().ok()
}

/// Plans what went back of a payment, or counts again; nothing if that is recorded already.
///
/// # Errors
/// Says why somebody has to do it, or that it is too early.
fn back(
    records: &dyn Records,
    service: &Slug,
    it: &Happening,
    on: Date,
    currency: &Currency,
) -> Result<Option<Plan>, Held> {
    let (total, reason) = match it.what {
        What::Returned { total, reason } => (Some(total), reason),
        // Some banks say weeks later that there was no money.
        What::Failed { .. } => (None, BackReason::Failed),
        What::Restored => (Some(0), BackReason::Disputed),
        What::Paid { .. } | What::PaidOut { .. } => return Ok(None),
    };
    let failed = |why: String| {
        let sum = total.map_or_else(String::new, |it| format!("{} of ", currency.amount(it)));
        let words = reason.words();
        Held::ForGood(format!(
            "{sum}the payment {} went back ({words}), and that is not recorded: {why}",
            it.payment
        ))
    };
    let id = by_bank(Some(service.as_str()), &it.payment);
    let is_it = |(_, name): &(MemberId, Tag)| id_of(name).as_ref() == Some(&id);
    let mut found = records.payments().into_iter().filter(is_it);
    let (member, payment) = match (found.next(), found.next()) {
        (Some(one), None) => one,
        // What could not be taken was never there.
        (None, _) if total.is_none() => return Ok(None),
        (None, _) if records.unmatched().iter().any(|(_, it)| *it == id) => {
            return Err(failed("it is credited to nobody".into()));
        }
        (None, _) => return Err(Held::Early),
        (Some(_), Some(_)) => return Err(failed("it was split among several members".into())),
    };
    let recorded = look_up::payments(records, member).map_err(|it| failed(it.message))?;
    let Some((_, recorded)) = recorded.into_iter().find(|(name, _)| *name == payment) else {
        return Err(failed("its record cannot be read".into()));
    };
    if it.what == What::Restored {
        if is_decided(&recorded) {
            return Ok(None);
        }
        let plan = restore(records, member, &payment, on);
        return plan.map(Some).map_err(|it| failed(it.message));
    }
    let disputes = [BackReason::Disputed, BackReason::ChargedBack];
    if disputes.contains(&reason) && is_decided(&recorded) {
        return Ok(None);
    }
    let same = recorded.returned.iter().filter(|it| it.reason == reason.words());
    let already: Money = same.map(|it| it.amount).sum();
    // What went back for one reason cannot go back for another.
    let more = (total.unwrap_or(recorded.amount) - already).min(recorded.kept());
    if more <= 0 {
        return Ok(None);
    }
    let verb = if reason == BackReason::Refunded { REFUND } else { REVERSE };
    let refund = |months| Refund {
        member,
        payment: payment.clone(),
        on,
        amount: Some(more),
        months,
        reason: reason.words().to_owned(),
        verb,
    };
    // A part that is no whole month takes no month away. The total tells an equal part from the same once more.
    let whole = give_back_for_sure(records, refund(None));
    let done = whole.or_else(|_| give_back_for_sure(records, refund(Some(0))));
    let plan = done.map_err(|it| failed(it.message))?;
    let (who, sum) = (records::who(records, member), currency.amount(more));
    Ok(Some(plan.note(Note::from(format!("{sum} of {who} went back: {}", reason.words())))))
}

/// Plans that a payout is on record, so that the bank's line about it credits nobody; a line that waits
/// already is settled. One that came back is told, once.
fn paid_out(
    records: &dyn Records,
    service: &Slug,
    it: &Happening,
    on: Date,
    own: &str,
) -> Result<(Plan, Option<String>), Held> {
    let What::PaidOut { amount, currency, came_back, .. } = &it.what else {
        return Ok((Change::new("", "").into(), None));
    };
    if currency != own || *amount <= 0 {
        return Err(Held::ForGood(format!(
            "the payout {} is not recorded: {amount} minor units of {}",
            it.payment,
            text::shown(currency)
        )));
    }
    let plan = payout(records, service, it, on);
    let is_news = !plan.change.edits.is_empty();
    let told = came_back.as_ref().filter(|_| is_news).map(|why| {
        let sum = Currency::named(own).amount(*amount);
        format!(
            "the payout {} of {sum} came back to {service} ({}): see to the bank account that it pays \
             out to, and it is paid out again",
            it.payment,
            text::line(why, 200)
        )
    });
    Ok((plan, told))
}

#[cfg(test)]
#[path = "receive_tests.rs"]
mod tests;
