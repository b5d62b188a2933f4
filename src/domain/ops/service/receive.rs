//! Records what a payment processor took from members, and what went back to them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{civil::Date, tz::TimeZone};

use crate::domain::{
    follow::{Happening, What},
    model::{Change, Counted, MemberId, Money, Note, Slug, Subject, Tag, text},
    money::Currency,
    ops::{
        Plan, Refusal, look_up,
        payment::{REFUND, REVERSE, Refund, give_back, import},
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
    let mut rows = Vec::new();
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
    let mut all = Overlay::new(&import.plan.change, records);
    let mut notes = import.plan.notes;
    for it in happenings {
        let on = it.at.to_zoned(zone.clone()).date().min(today);
        match back(&all, service, it, on, &currency) {
            Ok(Some(plan)) => {
                all.add(&plan.change);
                notes.extend(plan.notes);
            }
            Ok(None) => {}
            Err(why) => held.push(why),
        }
    }
    for it in happenings {
        let sentence = match &it.what {
            What::Failed { account, why } => {
                let member = account.as_ref().and_then(|account| accounts.get(account));
                let whose = match (member, account) {
                    (Some(member), _) => records::who(records, *member),
                    (None, Some(account)) => account.clone(),
                    (None, None) => "nobody".to_owned(),
                };
                let on = it.at.to_zoned(zone.clone()).date();
                format!(
                    "{service} could not take dues from {whose} on {on}: {}",
                    text::line(why, 200)
                )
            }
            What::Restored => format!(
                "the dispute about the payment {} was decided for us: the payment counts again, record it",
                it.payment
            ),
            What::Paid { .. } | What::Returned { .. } => continue,
        };
        held.push(sentence);
    }
    let mut change = all.into_change();
    let (credited, waiting) =
        (import.lines.totals.credited.lines, import.lines.totals.unmatched.lines);
    describe(&mut change, service, credited + waiting);
    let small = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Ok(Received {
        plan: Plan { change, notes },
        credited: small(credited),
        waiting: small(waiting),
        held,
    })
}

fn describe(change: &mut Change, service: &Slug, count: u64) {
    let what = if count == 1 { "payment" } else { "payments" };
    change.subject =
        Subject::new("service: receive").and(Counted::new(count, what)).and("from").and(service);
    change.trailer = format!("service.receive {count}");
}

/// Returns the identity of a payment by the name of its file: `2026-01-05-<id>`.
fn id_of(name: &Tag) -> Option<Tag> {
    name.as_str().get(11..)?.parse().ok()
}

/// Returns the amount of a payment.
fn whole(records: &dyn Records, member: MemberId, name: &Tag) -> Money {
    let all = look_up::payments(records, member).unwrap_or_default();
    all.iter().find(|(it, _)| it == name).map_or(0, |(_, it)| it.amount)
}

/// Plans what went back of a payment; nothing if that is recorded already.
///
/// # Errors
/// Says why somebody has to do it.
fn back(
    records: &dyn Records,
    service: &Slug,
    it: &Happening,
    on: Date,
    currency: &Currency,
) -> Result<Option<Plan>, String> {
    let id = by_bank(Some(service.as_str()), &it.payment);
    let is_it = |(_, name): &(MemberId, Tag)| id_of(name).as_ref() == Some(&id);
    let (total, reason) = match it.what {
        What::Returned { total, reason } => (total, reason),
        // Some banks say weeks later that there was no money.
        What::Failed { .. } => match records.payments().into_iter().find(is_it) {
            Some((member, name)) => (whole(records, member, &name), "failed"),
            None => return Ok(None),
        },
        What::Paid { .. } | What::Restored => return Ok(None),
    };
    let sum = currency.amount(total);
    let failed = |why: String| {
        format!(
            "{sum} of the payment {} went back ({reason}), and that is not recorded: {why}",
            it.payment
        )
    };
    let mut found = records.payments().into_iter().filter(is_it);
    let (member, payment) = match (found.next(), found.next()) {
        (Some(one), None) => one,
        (None, _) => return Err(failed("it is credited to nobody".into())),
        (Some(_), Some(_)) => return Err(failed("it was split among several members".into())),
    };
    let recorded = look_up::payments(records, member).map_err(|it| failed(it.message))?;
    let recorded = recorded.into_iter().find(|(name, _)| *name == payment);
    let already: Money = recorded.iter().flat_map(|(_, it)| &it.returned).map(|it| it.amount).sum();
    let more = total - already;
    if more <= 0 {
        return Ok(None);
    }
    let verb = if reason == "refunded" { REFUND } else { REVERSE };
    let refund = |months| Refund {
        member,
        payment: payment.clone(),
        on,
        amount: Some(more),
        months,
        reason: reason.to_owned(),
        verb,
    };
    // A part that is no whole month takes no month away.
    let whole = give_back(records, refund(None));
    let done = whole.or_else(|_| give_back(records, refund(Some(0))));
    let plan = done.map_err(|it| failed(it.message))?;
    let who = records::who(records, member);
    Ok(Some(plan.note(Note::from(format!("{sum} of {who} went back: {reason}")))))
}

#[cfg(test)]
#[path = "receive_tests.rs"]
mod tests;
