//! Which days a payment covers: the day it starts on, and where its months end.

use jiff::{SignedDuration, Span, civil::Date};

/// Returns the first day that a payment pays for: the end of the paid time if the member is still
/// covered (including grace), else the day of payment.
#[must_use]
pub fn start(paid_until: Option<Date>, grace_days: u16, paid: Date) -> Date {
    let grace = SignedDuration::from_hours(24 * i64::from(grace_days));
    let covered = |end: &Date| paid < end.checked_add(grace).unwrap_or(Date::MAX);
    paid_until.filter(covered).unwrap_or(paid)
}

/// Returns the first day that is no longer paid for, the given number of months after a day; a day
/// that the month does not have becomes its last. Stops at the end of the calendar.
#[must_use]
pub fn end(start: Date, months: u16) -> Date {
    start.checked_add(Span::new().months(i64::from(months))).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn grace_counts_as_covered_and_its_end_does_not() {
        let until = Some(date(2026, 3, 1));
        assert_eq!(start(until, 14, date(2026, 3, 14)), date(2026, 3, 1));
        assert_eq!(start(until, 14, date(2026, 3, 15)), date(2026, 3, 15));
        assert_eq!(start(until, 14, date(2026, 1, 1)), date(2026, 3, 1), "paid ahead");
        assert_eq!(start(None, 14, date(2026, 1, 1)), date(2026, 1, 1));
    }

    #[test]
    fn months_end_where_the_month_does() {
        assert_eq!(end(date(2026, 1, 31), 1), date(2026, 2, 28));
        assert_eq!(end(date(2028, 1, 31), 1), date(2028, 2, 29));
        assert_eq!(end(date(2028, 2, 29), 12), date(2029, 2, 28));
        assert_eq!(end(date(2026, 5, 31), 0), date(2026, 5, 31));
        assert_eq!(end(Date::MAX, u16::MAX), Date::MAX);
    }

    fn day() -> impl Strategy<Value = Date> {
        (0..80_000_i64).prop_map(|days| date(1990, 1, 1) + SignedDuration::from_hours(24 * days))
    }

    proptest! {
        #[test]
        fn months_never_go_backwards(
            until in proptest::option::of(day()),
            grace in 0..60_u16,
            paid in day(),
            (months, more) in (0..200_u16, 0..200_u16),
        ) {
            let start = start(until, grace, paid);
            prop_assert!(start <= end(start, months) && end(start, months) <= end(start, months + more));
            prop_assert!(months == 0 || end(start, months) > start);
            prop_assert!(until.is_none_or(|until| end(start, months) >= until));
        }
    }
}
