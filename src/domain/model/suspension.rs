//! A time in which a member may not use the space: until further notice, or until a day.

use std::fmt;

use jiff::civil::Date;

/// From when until when a member is suspended, in local days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Suspension {
    /// The first day on which the member may not use the space.
    pub since: Date,
    /// The first day on which the member may again; `None` until somebody ends it.
    pub until: Option<Date>,
}

impl Suspension {
    /// Tells whether it keeps the member out on a day.
    #[must_use]
    pub fn includes(self, day: Date) -> bool {
        self.since <= day && !self.is_over(day)
    }

    /// Tells whether it has ended by itself by a day.
    #[must_use]
    pub fn is_over(self, day: Date) -> bool {
        self.until.is_some_and(|until| until <= day)
    }
}

/// Until somebody ends it.
impl From<Date> for Suspension {
    fn from(since: Date) -> Self {
        Self { since, until: None }
    }
}

/// `2026-05-01`, or `2026-05-01 until 2026-06-01`.
impl fmt::Display for Suspension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.since.fmt(f)?;
        self.until.map_or(Ok(()), |until| write!(f, " until {until}"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_last_day_is_the_one_before_the_end() {
        let (since, end) = (date(2026, 5, 1), date(2026, 6, 1));
        let (open, short) =
            (Suspension { since, until: None }, Suspension { since, until: Some(end) });
        for (day, [by_open, by_short]) in [
            (date(2026, 4, 30), [false, false]),
            (since, [true, true]),
            (date(2026, 5, 31), [true, true]),
            (end, [true, false]),
            (date(2027, 1, 1), [true, false]),
        ] {
            assert_eq!([open.includes(day), short.includes(day)], [by_open, by_short], "{day}");
        }
        assert_eq!((open.is_over(date(2030, 1, 1)), short.is_over(end)), (false, true));
        assert_eq!(open.to_string(), "2026-05-01");
        assert_eq!(short.to_string(), "2026-05-01 until 2026-06-01");
    }

    #[test]
    fn what_ends_before_it_begins_keeps_nobody_out() {
        let day = date(2026, 5, 1);
        let never = Suspension { since: day, until: Some(day) };
        assert!(!never.includes(day));
    }
}
