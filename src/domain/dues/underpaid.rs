//! Who pays less than is due now, because a price was raised or a child was added.

use super::Dues;
use crate::domain::model::{Money, Payment};

impl Dues {
    /// Returns the price of a number of months, using the yearly price for whole years if that is
    /// lower.
    #[must_use]
    pub fn of_months(&self, months: u16) -> Money {
        let by_month = self.amount.saturating_mul(Money::from(months));
        let years = months.is_multiple_of(12).then(|| Money::from(months / 12));
        let by_year = self.year.zip(years).map(|(year, years)| year.saturating_mul(years));
        by_year.map_or(by_month, |by_year| by_year.min(by_month))
    }

    /// Returns what the months of a payment cost now, if that is more than was paid.
    #[must_use]
    pub fn underpaid_by(&self, payment: &Payment) -> Option<Money> {
        let due = self.of_months(payment.months);
        (self.amount > 0 && payment.amount < due).then_some(due)
    }
}

/// Returns the last payment that bought months and was neither a gift nor returned.
#[must_use]
pub fn last_paid(payments: impl IntoIterator<Item = Payment>) -> Option<Payment> {
    let counts = |it: &Payment| it.paid_months() > 0 && it.returned.is_empty() && it.amount > 0;
    payments.into_iter().filter(counts).max_by_key(|payment| payment.date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::model::Returned;

    fn dues(amount: Money, year: Option<Money>) -> Dues {
        Dues { amount, year, lines: Vec::new() }
    }

    fn payment(day: i8, amount: Money, months: u16) -> Payment {
        Payment {
            date: date(2026, 1, day),
            amount,
            months,
            from: None,
            text: String::new(),
            source: None,
            returned: Vec::new(),
            split: Vec::new(),
        }
    }

    #[test]
    fn whole_years_cost_the_price_of_a_year_where_that_is_less() {
        let standard = dues(2500, Some(27_000));
        let cost = [0, 1, 11, 12, 13, 24].map(|months| standard.of_months(months));
        assert_eq!(cost, [0, 2500, 27_500, 27_000, 32_500, 54_000]);
        assert_eq!(dues(2500, Some(99_000)).of_months(12), 30_000);
        assert_eq!(dues(2500, None).of_months(12), 30_000);
        assert_eq!(dues(Money::MAX, Some(Money::MAX)).of_months(24), Money::MAX);
    }

    #[test]
    fn a_payment_is_too_small_where_its_months_cost_more_now() {
        let now = dues(2500, None);
        assert_eq!(now.underpaid_by(&payment(1, 4999, 2)), Some(5000));
        assert_eq!(now.underpaid_by(&payment(1, 5000, 2)), None);
        assert_eq!(dues(0, Some(100)).underpaid_by(&payment(1, 1, 12)), None, "owes nothing");
    }

    #[test]
    fn the_last_payment_is_one_that_bought_something_and_stayed() {
        let back =
            |months| Returned { on: date(2026, 2, 1), amount: 1, months, reason: "x".into() };
        let paid = payment(2, 2500, 1);
        let given = payment(3, 0, 1);
        let nothing = payment(4, 2500, 0);
        let returned = Payment { returned: vec![back(0)], ..payment(5, 2500, 1) };
        let all = [payment(1, 2500, 1), paid.clone(), given.clone(), nothing, returned];
        assert_eq!(last_paid(all), Some(paid));
        assert_eq!(last_paid([given]), None);
    }
}
