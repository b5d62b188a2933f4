//! Refuses what somebody can hardly mean: money of a day to come, dues paid for decades, a concession
//! or a chosen amount that changes nothing.

use jiff::{Span, civil::Date};

use super::{Refusal, dues, look_up};
use crate::domain::{
    model::{
        Advice, Change, Edit, Member, MemberId, Payment, Record, RecordPath, Returned, text::shown,
    },
    money::Currency,
    records::{Overlay, Records},
};

/// How many years from now a day of a member may lie.
const MAX_YEARS: i32 = 10;

/// Looks at what a change writes for the first time, on a local day. What was on record before is
/// not looked at again, so that an old mistake is not in the way of anything.
///
/// # Errors
/// Refuses if something is hardly meant.
pub fn plausible(records: &dyn Records, change: &Change, today: Date) -> Result<(), Refusal> {
    let after = Overlay::new(change, records);
    let written = change.edits.iter().filter_map(|(path, edit)| match edit {
        Edit::Put(record) => Some((path, &**record)),
        Edit::Remove => None,
    });
    // What follows from a payment is explained by the payment.
    for (path, record) in written.clone() {
        let Record::Payment(now) = record else { continue };
        match records.record(path) {
            Some(Record::Payment(former)) => payment(now, Some(&former), today)?,
            _ => payment(now, None, today)?,
        }
    }
    for (path, record) in written {
        let (RecordPath::Member(id), Record::Member(now)) = (path, record) else { continue };
        let former = match records.record(path) {
            Some(Record::Member(member)) => Some(member),
            _ => None,
        };
        days(now, former.as_ref(), today)?;
        concession(&after, now, former.as_ref())?;
        chosen_amount(&after, *id, now, former.as_ref(), today)?;
    }
    Ok(())
}

fn days(now: &Member, former: Option<&Member>, today: Date) -> Result<(), Refusal> {
    let limit = today.saturating_add(Span::new().years(MAX_YEARS));
    for (what, day, before) in [
        ("joined on", Some(now.joined), former.map(|it| it.joined)),
        ("left on", now.left, former.and_then(|it| it.left)),
        ("suspended since", now.suspended, former.and_then(|it| it.suspended)),
        ("suspended until", now.suspended_until, former.and_then(|it| it.suspended_until)),
        ("paid until", now.paid_until, former.and_then(|it| it.paid_until)),
    ] {
        if let Some(day) = day.filter(|day| Some(*day) != before && *day > limit) {
            let message =
                format!("{what} {day} is more than {MAX_YEARS} years ahead: check the year");
            let free = "somebody who is never to pay belongs into a tier without dues";
            return Err(match what {
                "paid until" => Refusal::new(message).hint(free),
                _ => Refusal::new(message),
            });
        }
    }
    Ok(())
}

fn concession(after: &dyn Records, now: &Member, former: Option<&Member>) -> Result<(), Refusal> {
    if !now.concession || former.is_some_and(|it| it.concession) {
        return Ok(());
    }
    match look_up::tier(after, &now.tier) {
        Ok(tier) if !tier.concessions => Err(Refusal::new(format!(
            "the tier {} gives no concessions, so the dues of {} would stay the same",
            now.tier,
            shown(&now.name)
        ))
        .hint(Advice::AllowConcessions(now.tier.clone()))),
        _ => Ok(()),
    }
}

fn chosen_amount(
    after: &dyn Records,
    id: MemberId,
    now: &Member,
    former: Option<&Member>,
    today: Date,
) -> Result<(), Refusal> {
    let Some(chosen) = now.chosen_amount else { return Ok(()) };
    if former.is_some_and(|it| it.chosen_amount == Some(chosen)) {
        return Ok(());
    }
    let without = Member { chosen_amount: None, ..now.clone() };
    let (Ok(space), Ok(owed)) =
        (look_up::space(after), dues::owed(after, id, &without, &after.children(id), today))
    else {
        return Ok(()); // the checks report what is missing
    };
    if chosen >= owed.amount {
        return Ok(());
    }
    let currency = Currency::named(&space.currency);
    Err(Refusal::new(format!(
        "the chosen amount, {}, is below the dues of {} a month, so it would change nothing",
        currency.amount(chosen),
        currency.amount(owed.amount)
    ))
    .hint("a concession reduces the dues, where the tier allows it"))
}

fn payment(now: &Payment, former: Option<&Payment>, today: Date) -> Result<(), Refusal> {
    let new = former.is_none_or(|it| it.date != now.date) && !now.is_opening();
    if new && now.date > today {
        return Err(Refusal::new(format!("{} is in the future", now.date))
            .hint("record the payment once that day has come"));
    }
    let known = former.map_or(&[][..], |it| &it.returned);
    let ahead = |it: &&Returned| it.on > today && !known.contains(it);
    match now.returned.iter().find(ahead) {
        Some(returned) => Err(Refusal::new(format!("{} is in the future", returned.on))
            .hint("record it once the money was returned")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Tier,
        ops::{
            Field, Planned,
            fixture::{day, id, newcomer, refused, run, slug, space, tag},
            member, payment as payments, tier,
        },
        records::Catalogue,
    };

    /// Returns why something is refused on 2 March 2026, if it is.
    fn why(all: &Catalogue, planned: Planned) -> Option<String> {
        let plan = planned.unwrap();
        let looked = plausible(all, &plan.change, day("2026-03-02"));
        looked.err().map(|refusal| refused(Err(refusal)))
    }

    fn edit(all: &Catalogue, edit: member::Edit) -> Option<String> {
        why(all, member::edit(all, id(1), edit))
    }

    #[test]
    fn nobody_pays_decades_ahead() {
        let mut all = space();
        let until = |text| member::Edit { paid_until: Field::Set(day(text)), ..Default::default() };
        assert_eq!(edit(&all, until("2036-03-02")), None);
        let refusal = edit(&all, until("2062-06-01")).unwrap();
        assert!(
            refusal.starts_with("paid until 2062-06-01 is more than 10 years ahead"),
            "{refusal}"
        );
        let joined = member::Add { joined: day("2062-06-01"), ..newcomer(7, "Eve") };
        assert!(why(&all, member::add(&all, joined)).unwrap().contains("joined on 2062-06-01"));
        // What is on record already is in nobody's way.
        run(&mut all, |all| member::edit(all, id(1), until("2062-06-01")));
        let name = member::Edit { name: Some("Ada King".into()), ..Default::default() };
        assert_eq!(edit(&all, name), None);
    }

    #[test]
    fn a_concession_needs_a_tier_that_gives_one() {
        let mut all = space();
        let plain = Tier { name: "Plain".into(), price: Some(900), year: None, concessions: false };
        run(&mut all, |all| tier::add(all, &slug("plain"), plain));
        let stated = |tier| member::Edit {
            tier: Some(slug(tier)),
            concession: Field::Set("student".into()),
            ..Default::default()
        };
        assert_eq!(edit(&all, stated("standard")), None);
        let refusal = edit(&all, stated("plain")).unwrap();
        assert!(refusal.starts_with("the tier plain gives no concessions"), "{refusal}");
        assert!(refusal.contains("AllowConcessions"), "{refusal}");
    }

    #[test]
    fn a_chosen_amount_is_not_below_the_dues() {
        let all = space();
        let chosen =
            |amount| member::Edit { chosen_amount: Field::Set(amount), ..Default::default() };
        assert_eq!((edit(&all, chosen(2000)), edit(&all, chosen(2500))), (None, None));
        let refusal = edit(&all, chosen(1999)).unwrap();
        assert!(
            refusal.starts_with("the chosen amount, 19.99, is below the dues of 20.00 a month"),
            "{refusal}"
        );
        let half = member::Edit { concession: Field::Set("student".into()), ..chosen(1500) };
        assert_eq!(edit(&all, half), None, "above the reduced dues");
    }

    #[test]
    fn money_of_a_day_to_come_is_not_there_yet() {
        let mut all = space();
        let pay = |date: &str| payments::Add {
            member: id(1),
            id: tag("x1"),
            date: day(date),
            amount: 2000,
            months: None,
            text: String::new(),
            source: None,
        };
        let refusal = why(&all, payments::add(&all, pay("2062-06-01"))).unwrap();
        assert!(refusal.starts_with("2062-06-01 is in the future"), "{refusal}");
        assert_eq!(why(&all, payments::add(&all, pay("2026-03-02"))), None);
        run(&mut all, |all| payments::add(all, pay("2026-03-02")));
        let back = |on: &str| payments::Refund {
            member: id(1),
            payment: tag("2026-03-02-x1"),
            on: day(on),
            amount: None,
            months: None,
            reason: "bounced".into(),
            verb: "reverse",
        };
        assert!(why(&all, payments::give_back(&all, back("2026-03-03"))).is_some());
        assert_eq!(why(&all, payments::give_back(&all, back("2026-03-02"))), None);
    }

    /// Time that was paid for elsewhere begins the account, and is not a payment to come.
    #[test]
    fn an_opening_may_lie_ahead() {
        let mut all = space();
        let until =
            member::Edit { paid_until: Field::Set(day("2026-06-01")), ..Default::default() };
        run(&mut all, |all| member::edit(all, id(1), until));
        let (date, text) = (day("2026-03-01"), String::new());
        let pay = payments::Add {
            member: id(1),
            id: tag("x1"),
            date,
            amount: 2000,
            months: None,
            text,
            source: None,
        };
        assert_eq!(why(&all, payments::add(&all, pay)), None);
    }
}
