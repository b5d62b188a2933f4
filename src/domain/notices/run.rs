//! Finds the payment that started the current uninterrupted paid time.

use super::OccasionDetail;
use crate::domain::{
    dues::end,
    model::{Payment, Tag},
};

/// Returns the payment that started the latest uninterrupted paid time, and what to say about it.
///
/// Time paid for before payments were kept here counts, but is never a first payment.
#[must_use]
pub fn run_start(payments: &[(Tag, Payment)]) -> Option<(&Tag, OccasionDetail)> {
    let mut sorted: Vec<&(Tag, Payment)> =
        payments.iter().filter(|(_, it)| it.is_opening() || it.paid_months() > 0).collect();
    sorted.sort_by_key(|(name, it)| (!it.is_opening(), it.date, name));
    let (mut until, mut began) = (None, None);
    for (name, payment) in sorted {
        if payment.is_opening() {
            until = Some(payment.date);
            continue;
        }
        let from = payment.starts();
        // What extends a paid time begins where that time ended.
        if until.is_none_or(|until| from > until) {
            began = Some((name, OccasionDetail::Payment { first: until.is_none(), from }));
        }
        until = Some(end(from, payment.paid_months()));
    }
    began
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::domain::payments::settle;

    fn began(payments: &[(Date, u16, bool)]) -> Option<(Date, bool)> {
        let mut all: Vec<(Tag, Payment)> = payments
            .iter()
            .map(|(day, months, opening)| {
                let payment = Payment {
                    date: *day,
                    amount: 2500,
                    months: *months,
                    from: None,
                    text: String::new(),
                    source: opening.then(|| Payment::OPENING.to_owned()),
                    returned: Vec::new(),
                    split: Vec::new(),
                };
                (format!("{day}-x").parse().unwrap(), payment)
            })
            .collect();
        settle(&mut all, 14, Date::MIN);
        run_start(&all).map(|(_, about)| match about {
            OccasionDetail::Payment { first, from } => (from, first),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn the_first_and_each_one_after_a_lapse() {
        let (jan, feb, june) = (date(2026, 1, 9), date(2026, 2, 8), date(2026, 6, 1));
        assert_eq!(began(&[]), None);
        assert_eq!(began(&[(jan, 1, false)]), Some((jan, true)));
        assert_eq!(began(&[(jan, 1, false), (feb, 1, false)]), Some((jan, true)));
        assert_eq!(began(&[(jan, 1, false), (june, 1, false)]), Some((june, false)));
        assert_eq!(began(&[(feb, 0, true), (date(2026, 2, 20), 1, false)]), None, "paid before");
        assert_eq!(began(&[(feb, 0, true), (june, 1, false)]), Some((june, false)));
    }
}
