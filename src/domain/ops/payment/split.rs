//! Splits one transfer among several members: each is credited with a part.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    add::{months, payer},
    member_payments::{MemberPayments, name},
    same::waiting,
};
use crate::domain::{
    model::{
        Advice, Change, MemberId, Money, Part, Payment, Record, RecordPath, Subject, Tag,
        advice::Listed,
    },
    money::Currency,
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// What is split: a transaction that waits, or a payment that was credited to one member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Transfer {
    /// An unmatched transaction: its year and id.
    Unmatched(i16, Tag),
    /// A payment: whose it is, and the name of its file without the extension.
    Payment(MemberId, Tag),
}

/// One part of the transfer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// The member to be credited; for a child, the parent is.
    pub member: MemberId,
    /// The amount, in minor units.
    pub amount: Money,
    /// The number of months it buys; calculated from the dues if absent.
    pub months: Option<u16>,
}

/// What to split, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// What is split.
    pub transfer: Transfer,
    /// The parts; those of a child and of the parent become one.
    pub shares: Vec<Share>,
}

/// The transfer as it is on record.
struct Whole {
    id: Tag,
    date: Date,
    amount: Money,
    text: String,
    source: Option<String>,
}

/// Splits a transfer. Each part is a payment that names all parts, so that a check can add them up.
///
/// # Errors
/// Refuses if there is no such transfer or member, if the parts do not add up to it, if one of them
/// buys no whole number of months and no number is given, or if some of the money was returned.
pub fn split(records: &dyn Records, request: Split) -> Planned {
    let space = look_up::space(records)?;
    let whole = whole(records, &request.transfer)?;
    let shares = merged(records, request.shares)?;
    let currency = Currency::named(&space.currency);
    fits(&shares, whole.amount, &currency)?;
    let parts: Vec<Part> = shares
        .iter()
        .map(|(member, share)| Part { member: *member, amount: share.amount })
        .collect();
    let members: Vec<MemberId> = shares.keys().copied().collect();
    let subject = Subject::new("payment: split a transaction of").and(whole.date);
    let trailer: Vec<String> = members.iter().map(ToString::to_string).collect();
    let mut change = Change::new(
        subject.and("among").all(members),
        format!("payment.split {}", trailer.join(" ")),
    );
    let name = name(whole.date, whole.id.as_str())?;
    let former = match &request.transfer {
        Transfer::Unmatched(year, id) => {
            change = change.remove(RecordPath::Unmatched(*year, id.clone()));
            None
        }
        Transfer::Payment(member, _) => Some(*member),
    };
    let mut notes = Vec::new();
    if let Some(member) = former.filter(|member| !shares.contains_key(member)) {
        let mut account = MemberPayments::open(records, member)?;
        let who = account.who();
        account.payments().retain(|(other, _)| *other != name);
        let closed = account.close(change, space.grace_days, whole.date);
        change = closed.0;
        notes.push(until(&who, closed.1[1]));
    }
    for (member, share) in shares {
        let months = months(records, member, whole.date, share.amount, share.months)?;
        let mut account = MemberPayments::open(records, member)?;
        let who = account.who();
        account.payments().retain(|(other, _)| *other != name);
        let payment = Payment {
            date: whole.date,
            amount: share.amount,
            months,
            from: None,
            text: whole.text.clone(),
            source: whole.source.clone(),
            returned: Vec::new(),
            split: parts.clone(),
        };
        account.payments().push((name.clone(), payment));
        let closed = account.close(change, space.grace_days, whole.date);
        change = closed.0;
        notes.push(until(&who, closed.1[1]));
    }
    Ok(notes.into_iter().fold(Plan::from(change), Plan::note))
}

fn until(who: &str, day: Option<Date>) -> String {
    day.map_or_else(
        || format!("{who} has not paid for anything"),
        |day| format!("{who} has paid until {day}"),
    )
}

/// Reads what is to be split.
fn whole(records: &dyn Records, transfer: &Transfer) -> Result<Whole, Refusal> {
    match transfer {
        Transfer::Unmatched(year, id) => {
            let path = RecordPath::Unmatched(*year, id.clone());
            let it = waiting(records, &path, id)?;
            let (id, date, amount) = (id.clone(), it.date, it.amount);
            Ok(Whole { id, date, amount, text: it.text, source: it.source })
        }
        Transfer::Payment(member, name) => {
            let path = RecordPath::Payment(*member, name.clone());
            let Some(Record::Payment(it)) = records.record(&path) else {
                return Err(Refusal::new(format!("{member} has no payment {name}"))
                    .hint(Advice::List(Listed::Payments)));
            };
            let obstacle = if it.is_opening() {
                Some("that is not a payment; it only says where the payments begin")
            } else if !it.returned.is_empty() {
                Some("some of that payment was returned, so it cannot be split any more")
            } else if !it.split.is_empty() {
                Some("that payment is a part of a transfer that was split already")
            } else {
                None
            };
            if let Some(obstacle) = obstacle {
                return Err(Refusal::new(obstacle).hint(Advice::ShowPayment(name.clone())));
            }
            let id = name.as_str().get(11..).and_then(|id| id.parse().ok());
            let id =
                id.ok_or_else(|| Refusal::new(format!("{name} is not the name of a payment")))?;
            Ok(Whole { id, date: it.date, amount: it.amount, text: it.text, source: it.source })
        }
    }
}

/// Joins the shares of those for whom the same member pays.
fn merged(records: &dyn Records, shares: Vec<Share>) -> Result<BTreeMap<MemberId, Share>, Refusal> {
    let mut all: BTreeMap<MemberId, Share> = BTreeMap::new();
    for share in shares {
        let member = payer(records, share.member)?;
        let new = Share { member, amount: 0, months: None };
        let known = all.entry(member).or_insert(new);
        known.amount = known.amount.saturating_add(share.amount);
        known.months = match (known.months, share.months) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
        };
    }
    Ok(all)
}

/// Refuses parts that are not the whole.
fn fits(
    shares: &BTreeMap<MemberId, Share>,
    whole: Money,
    currency: &Currency,
) -> Result<(), Refusal> {
    if shares.len() < 2 {
        return Err(Refusal::new("a transfer is split among two or more members who pay")
            .hint("name each with --to MEMBER=AMOUNT; a child's part is the parent's"));
    }
    if shares.values().any(|share| share.amount <= 0) {
        return Err(Refusal::new("a part of a transfer must be above 0"));
    }
    let sum = shares.values().map(|share| share.amount).fold(0, Money::saturating_add);
    if sum == whole {
        return Ok(());
    }
    let (sum_shown, whole_shown) = (currency.amount(sum), currency.amount(whole));
    let rest = currency.amount((whole.saturating_sub(sum)).saturating_abs());
    let what =
        if sum < whole { format!("{rest} is left over") } else { format!("{rest} is too much") };
    Err(Refusal::new(format!(
        "the parts add up to {sum_shown}, but the transfer is {whole_shown}: {what}"
    )))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        check,
        model::Transaction,
        ops::{
            fixture::{day, id, newcomer, refused, run, space, tag},
            member,
            payment::{Add, add, import},
        },
        payments::{KnownFrom, Statement, StatementLine, StatementRow, TransactionStatus, by_bank},
        records::Catalogue,
    };

    fn line() -> StatementLine {
        StatementLine {
            date: day("2026-02-25"),
            amount: 6000,
            currency: None,
            text: "A AND B".into(),
            bank_id: Some("F1".into()),
            ..StatementLine::default()
        }
    }

    /// Ada and Bob owe 20.00 each; 60.00 came for both.
    fn waiting() -> (Catalogue, Transfer) {
        let mut all = space();
        let it = line();
        let transaction = Transaction {
            date: it.date,
            amount: it.amount,
            text: it.text,
            source: it.bank_id,
            payer: None,
            reason: "no reference".into(),
            same_as: None,
            payout: None,
            failed: None,
        };
        let id = by_bank(None, "F1");
        all.insert(RecordPath::Unmatched(2026, id.clone()), Record::Unmatched(transaction));
        (all, Transfer::Unmatched(2026, id))
    }

    fn share(member: u64, amount: Money) -> Share {
        Share { member: id(member), amount, months: None }
    }

    fn of(transfer: &Transfer, shares: &[Share]) -> Split {
        Split { transfer: transfer.clone(), shares: shares.to_vec() }
    }

    #[test]
    fn each_is_credited_with_a_part_and_the_transfer_stays_known() {
        let (mut all, transfer) = waiting();
        let shares = [share(1, 4000), share(2, 2000)];
        let (subject, notes) = run(&mut all, |all| split(all, of(&transfer, &shares)));
        assert_eq!(subject, "payment: split a transaction of 2026-02-25 among 0001, 0002");
        assert_eq!(
            notes,
            [
                "0001 Ada Lovelace has paid until 2026-04-25",
                "0002 Bob Noyce has paid until 2026-03-25"
            ]
        );
        assert!(all.unmatched().is_empty());
        assert_eq!(check::all(&all), []);
        let rows = vec![StatementRow { number: 1, content: Ok(line()) }];
        let statement = Statement { name: "again".into(), rows, warnings: Vec::new() };
        let again = import(&all, &[statement], day("2026-03-02")).unwrap();
        let status = &again.lines.outcomes[0].status;
        assert!(
            matches!(status, TransactionStatus::Known(KnownFrom::Payment(_))),
            "the whole amount is what came: {status:?}"
        );
    }

    #[test]
    fn a_payment_of_one_is_split_later() {
        let mut all = space();
        let pay = Add {
            member: id(1),
            id: tag("x1"),
            date: day("2026-02-25"),
            amount: 6000,
            months: None,
            text: String::new(),
            source: None,
        };
        run(&mut all, |all| add(all, pay));
        run(&mut all, |all| member::add(all, newcomer(3, "Eve Moss")));
        let transfer = Transfer::Payment(id(1), tag("2026-02-25-x1"));
        let mut both = all.clone();
        let (_, notes) =
            run(&mut both, |all| split(all, of(&transfer, &[share(1, 2000), share(2, 4000)])));
        assert_eq!(notes[0], "0001 Ada Lovelace has paid until 2026-03-25");
        let refusal = refused(split(&both, of(&transfer, &[share(1, 1000), share(2, 1000)])));
        assert!(refusal.contains("was split already"), "{refusal}");
        let (_, notes) =
            run(&mut all, |all| split(all, of(&transfer, &[share(2, 2000), share(3, 4000)])));
        assert_eq!(notes[0], "0001 Ada Lovelace has not paid for anything");
        assert_eq!(look_up::member(&all, id(1)).unwrap().paid_until, None);
        assert_eq!(check::all(&all), []);
    }

    #[test]
    fn the_parts_are_the_whole() {
        let (mut all, transfer) = waiting();
        let why = |all: &Catalogue, shares: &[Share]| refused(split(all, of(&transfer, shares)));
        let refusal = why(&all, &[share(1, 2000), share(2, 2000)]);
        assert!(
            refusal.ends_with("add up to 40.00, but the transfer is 60.00: 20.00 is left over")
        );
        assert!(why(&all, &[share(1, 4000), share(2, 4000)]).contains("20.00 is too much"));
        assert!(why(&all, &[share(1, 6000), share(2, 0)]).contains("above 0"));
        assert!(why(&all, &[share(1, 6000)]).contains("two or more"));
        assert!(why(&all, &[share(1, 3000), share(2, 3000)]).contains("no whole number"));
        assert!(why(&all, &[share(1, 3000), share(9, 3000)]).contains("no member 0009"));
        let child = member::Add { parent: Some(id(1)), ..newcomer(44, "Byron King") };
        run(&mut all, |all| member::add(all, child));
        assert!(why(&all, &[share(1, 3000), share(44, 3000)]).contains("two or more"));
        // What a child's part lacks for a month, the parent's has too much.
        let shares = [share(1, 1500), share(44, 2500), share(2, 2000)];
        run(&mut all, |all| split(all, of(&transfer, &shares)));
        assert_eq!(look_up::member(&all, id(1)).unwrap().paid_until, Some(day("2026-04-25")));
    }

    #[test]
    fn a_donation_in_a_transfer_buys_nothing() {
        let (mut all, transfer) = waiting();
        let gift = Share { months: Some(0), ..share(2, 4000) };
        let (_, notes) = run(&mut all, |all| split(all, of(&transfer, &[share(1, 2000), gift])));
        assert_eq!(notes[1], "0002 Bob Noyce has not paid for anything");
    }

    proptest! {
        #[test]
        fn no_penny_is_lost_or_made(parts in prop::collection::vec(1_i64..5000, 2..4), more in -2_i64..3) {
            let (mut all, transfer) = waiting();
            run(&mut all, |all| member::add(all, newcomer(3, "Eve Moss")));
            let whole: i64 = parts.iter().sum::<i64>() + more;
            let Transfer::Unmatched(year, name) = &transfer else { unreachable!() };
            let path = RecordPath::Unmatched(*year, name.clone());
            let Some(Record::Unmatched(mut it)) = all.record(&path) else { unreachable!() };
            it.amount = whole;
            all.insert(path, Record::Unmatched(it));
            let shares: Vec<Share> = (1..)
                .zip(&parts)
                .map(|(member, amount)| Share { months: Some(1), ..share(member, *amount) })
                .collect();
            match split(&all, of(&transfer, &shares)) {
                Ok(plan) => {
                    prop_assert_eq!(more, 0);
                    all.apply(&plan.change);
                    let paid: i64 = all
                        .payments()
                        .into_iter()
                        .filter_map(|(member, name)| all.record(&RecordPath::Payment(member, name)))
                        .map(|record| match record {
                            Record::Payment(payment) => payment.amount,
                            _ => 0,
                        })
                        .sum();
                    prop_assert_eq!(paid, whole);
                    prop_assert_eq!(check::all(&all), []);
                }
                Err(refusal) => prop_assert!(more != 0, "{refusal}"),
            }
        }
    }
}
