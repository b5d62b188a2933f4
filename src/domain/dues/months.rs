//! How many months an amount buys.

use super::Dues;
use crate::domain::model::Money;

/// The maximum number of months of a payment: a hundred years.
const MAX_MONTHS: Money = 1200;

/// Returns how many whole months an amount buys, or years at the yearly price; `None` if it is not
/// a whole number of either, or if nothing is owed.
///
/// If it is both, the longer time counts.
#[must_use]
pub fn months(dues: &Dues, amount: Money) -> Option<u16> {
    let whole =
        |price: Money| (price > 0 && amount > 0 && amount % price == 0).then(|| amount / price);
    if dues.amount <= 0 {
        return None;
    }
    let by_month = whole(dues.amount);
    let by_year = dues.year.and_then(whole).and_then(|years| years.checked_mul(12));
    let bought = by_month.max(by_year)?;
    if bought > MAX_MONTHS { None } else { u16::try_from(bought).ok() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dues(amount: Money, year: Option<Money>) -> Dues {
        Dues { amount, year, lines: Vec::new() }
    }

    #[test]
    fn whole_months_or_whole_years() {
        let standard = dues(2500, Some(27_000));
        for (amount, bought) in [
            (2500, Some(1)),
            (5000, Some(2)),
            (27_000, Some(12)),
            (54_000, Some(24)),
            (30_000, Some(12)),
            (32_500, Some(13)),
            (3000, None),
            (0, None),
            (-2500, None),
            (2500 * 1201, None),
            (Money::MAX, None),
        ] {
            assert_eq!(months(&standard, amount), bought, "{amount}");
        }
        assert_eq!(months(&dues(2500, Some(27_500)), 27_500), Some(12), "a year, not 11 months");
        assert_eq!(months(&dues(0, None), 2500), None, "nothing is owed");
    }

    proptest! {
        #[test]
        fn no_minor_unit_is_lost(
            month in 1..1_000_000_i64,
            year in proptest::option::of(1..1_000_000_i64),
            amount in any::<i64>(),
        ) {
            if let Some(bought) = months(&dues(month, year), amount) {
                let bought = Money::from(bought);
                let by_year = year.is_some_and(|year| bought % 12 == 0 && bought / 12 * year == amount);
                prop_assert!(bought > 0 && (bought * month == amount || by_year));
            }
        }
    }
}
