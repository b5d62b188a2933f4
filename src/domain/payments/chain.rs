//! One member's payments in order, each extending what earlier ones bought.

use jiff::civil::Date;

use crate::domain::{
    dues::{end, start},
    model::{Payment, Tag},
};

/// Recalculates the first day of each payment made on or after a date, and returns the first day
/// that is not paid for.
///
/// The payments are first sorted by date and name, so that the order of recording does not matter.
/// What earlier payments pay for stays unchanged, since the settings may have changed in the
/// meantime.
pub fn settle(payments: &mut [(Tag, Payment)], grace_days: u16, since: Date) -> Option<Date> {
    payments.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut paid_until = None;
    for (_, payment) in payments {
        if payment.is_opening() {
            paid_until = Some(payment.date);
            continue;
        }
        if payment.date >= since {
            let from = start(paid_until, grace_days, payment.date);
            payment.from = (payment.paid_months() > 0 && from != payment.date).then_some(from);
        }
        if payment.paid_months() > 0 {
            paid_until = Some(end(payment.starts(), payment.paid_months()));
        }
    }
    paid_until
}

/// Returns the first day that is not paid for, according to the payments.
#[must_use]
pub fn paid_until(payments: &[(Tag, Payment)]) -> Option<Date> {
    let counts = |it: &&(Tag, Payment)| it.1.is_opening() || it.1.paid_months() > 0;
    let (_, last) = payments.iter().filter(counts).max_by_key(|it| order(it))?;
    Some(if last.is_opening() { last.date } else { end(last.starts(), last.paid_months()) })
}

/// Time paid for before payments were kept comes before all of them.
fn order((name, payment): &(Tag, Payment)) -> (bool, Date, &Tag) {
    (!payment.is_opening(), payment.date, name)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::Returned;

    fn paid(day: Date, name: u32, months: u16) -> (Tag, Payment) {
        let payment = Payment {
            date: day,
            amount: 2500,
            months,
            from: None,
            text: String::new(),
            source: None,
            returned: Vec::new(),
            split: Vec::new(),
        };
        (format!("{day}-{name}").parse().unwrap(), payment)
    }

    fn opening(day: Date) -> (Tag, Payment) {
        let (name, payment) = paid(day, 0, 0);
        (name, Payment { source: Some(Payment::OPENING.into()), amount: 0, ..payment })
    }

    #[test]
    fn payments_extend_one_another() {
        let mut all = [
            paid(date(2026, 3, 20), 2, 1),
            opening(date(2026, 1, 6)),
            paid(date(2026, 1, 9), 1, 2),
        ];
        assert_eq!(settle(&mut all, 14, Date::MIN), Some(date(2026, 4, 20)));
        let from: Vec<_> = all.iter().map(|(_, payment)| payment.from).collect();
        assert_eq!(from, [None, Some(date(2026, 1, 6)), None]);
        assert_eq!(paid_until(&all), Some(date(2026, 4, 20)));
    }

    #[test]
    fn returned_payments_buy_nothing() {
        let mut all = [paid(date(2026, 1, 9), 1, 2), paid(date(2026, 2, 9), 2, 1)];
        settle(&mut all, 14, Date::MIN);
        let returned =
            Returned { on: date(2026, 2, 1), amount: 2500, months: 2, reason: "bounced".into() };
        all[0].1.returned = vec![returned];
        assert_eq!(settle(&mut all, 14, date(2026, 1, 9)), Some(date(2026, 3, 9)));
        assert_eq!(all[1].1.from, None);
        all[1].1.returned = all[0].1.returned.clone();
        assert_eq!((settle(&mut all, 14, Date::MIN), paid_until(&all)), (None, None));
    }

    #[test]
    fn other_settings_do_not_change_what_was_bought_before() {
        let mut all = [paid(date(2026, 1, 9), 1, 1), paid(date(2026, 2, 20), 2, 1)];
        assert_eq!(settle(&mut all, 14, Date::MIN), Some(date(2026, 3, 9)));
        assert_eq!(settle(&mut all, 7, date(2026, 3, 1)), Some(date(2026, 3, 9)));
        assert_eq!(settle(&mut all, 7, Date::MIN), Some(date(2026, 3, 20)));
    }

    fn some() -> impl Strategy<Value = Vec<(Tag, Payment)>> {
        proptest::collection::vec((0..400_i64, 0..4_u16, any::<bool>()), 0..12).prop_map(|all| {
            let day = |days| date(2026, 1, 31) + jiff::SignedDuration::from_hours(24 * days);
            let one = |(name, (days, months, opens)): (u32, (i64, u16, bool))| {
                if opens && name == 0 { opening(day(days)) } else { paid(day(days), name, months) }
            };
            (0..).zip(all).map(one).collect()
        })
    }

    proptest! {
        #[test]
        fn the_order_in_which_they_were_written_down_does_not_matter(
            mut all in some(), seed in any::<u64>(), grace in 0..30_u16, since in 0..400_i64,
        ) {
            let mut other = all.clone();
            // Recorded one by one, each settled from its own day on.
            let mut piecemeal: Vec<(Tag, Payment)> = Vec::new();
            let mut at = seed;
            while !other.is_empty() {
                at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let next = other.swap_remove((at >> 33) as usize % other.len());
                let since = if next.1.is_opening() { Date::MIN } else { next.1.date };
                piecemeal.push(next);
                settle(&mut piecemeal, grace, since);
            }
            let until = settle(&mut all, grace, Date::MIN);
            prop_assert_eq!(&piecemeal, &all);
            prop_assert_eq!(paid_until(&all), until);
            let since = date(2026, 1, 31) + jiff::SignedDuration::from_hours(24 * since);
            prop_assert_eq!(settle(&mut piecemeal, grace, since), until, "settled is settled");
        }

        #[test]
        fn cover_never_goes_back_from_payment_to_payment(mut all in some(), grace in 0..30_u16) {
            settle(&mut all, grace, Date::MIN);
            let ends: Vec<Option<Date>> =
                (0..=all.len()).map(|count| paid_until(&all[..count])).collect();
            prop_assert!(ends.is_sorted(), "{ends:?}");
        }
    }
}
