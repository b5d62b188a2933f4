//! Months of the calendar, from their first day to their last.

use jiff::civil::Date;

use crate::domain::model::contact::YearMonth;

/// Returns the month in which a day lies.
#[must_use]
pub fn of_day(day: Date) -> YearMonth {
    YearMonth { year: day.year(), month: day.month() }
}

/// Returns the first day of a month.
#[must_use]
pub fn first(month: YearMonth) -> Date {
    Date::new(month.year, month.month, 1).unwrap_or(Date::MIN)
}

/// Returns the last day of a month.
#[must_use]
pub fn last(month: YearMonth) -> Date {
    first(month).last_of_month()
}

/// Returns the month that lies a number of months before another.
#[must_use]
pub fn before(month: YearMonth, count: u16) -> YearMonth {
    let total = i32::from(month.year) * 12 + i32::from(month.month) - 1 - i32::from(count);
    let part = |number: i32| i16::try_from(number).unwrap_or_default();
    let month = i8::try_from(total.rem_euclid(12)).unwrap_or_default() + 1;
    YearMonth { year: part(total.div_euclid(12)), month }
}

/// Lists a number of months, at least one, ending with the given one.
pub fn up_to(end: YearMonth, count: u16) -> impl DoubleEndedIterator<Item = YearMonth> {
    (0..count.max(1)).rev().map(move |back| before(end, back))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_are_counted_across_years() {
        let month: YearMonth = "2026-02".parse().unwrap();
        assert_eq!((first(month), last(month)), (date(2026, 2, 1), date(2026, 2, 28)));
        assert_eq!(of_day(date(2026, 2, 28)), month);
        let months: Vec<_> = up_to(month, 3).map(|month| month.to_string()).collect();
        assert_eq!(months, ["2025-12", "2026-01", "2026-02"]);
        assert_eq!(before(month, 26).to_string(), "2023-12");
        assert_eq!(up_to(month, 0).count(), 1);
    }
}
