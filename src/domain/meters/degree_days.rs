//! Degree days: how cold it was, in a number that the use of heat can be compared by.

use super::Slice;

/// Above this temperature outside nobody heats, in degrees Celsius, as it is usual in Britain.
pub const BASE: f64 = 15.5;

/// The share of a day that has to be measured, so that its mean says something.
const MEASURED: i64 = 18 * 3_600_000;

/// Returns by how many degrees the mean of a day stayed below [`BASE`]; `None` if too little of the day
/// was measured.
#[must_use]
pub fn degree_day(day: &Slice) -> Option<f64> {
    let mean = day.mean().filter(|_| day.covered >= MEASURED)?;
    Some((BASE - mean).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cold_day_counts_and_a_warm_or_unknown_one_does_not() {
        let day = |mean: i64, hours: i64| {
            let covered = hours * 3_600_000;
            degree_day(&Slice { covered, sum: mean * covered, ..Slice::default() })
        };
        assert_eq!(day(5_500, 24), Some(10.0));
        assert_eq!(day(-4_500, 18), Some(20.0));
        assert_eq!(day(16_000, 24), Some(0.0));
        assert_eq!(day(5_500, 17), None);
        assert_eq!(degree_day(&Slice::default()), None);
    }
}
