//! The frame of a chart over months: a scale on the left, months below, a legend above.

use super::picture::{Anchor, COLOURS, Picture, to_f64};
use crate::domain::model::Money;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 380.0;
const LEFT: f64 = 90.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 76.0;
const BOTTOM: f64 = 44.0;

/// The approximate number of steps of a scale, and of labelled months.
const STEPS: Money = 5;
const LABELLED_MONTHS: usize = 12;

/// Numbers of one kind, one per month.
pub(in crate::app::report) struct Series {
    /// What they count.
    pub(in crate::app::report) name: &'static str,
    /// The numbers; negative ones are drawn as zero.
    pub(in crate::app::report) values: Vec<Money>,
}

impl Series {
    /// Leaves out series that are all zero, except the first.
    pub(in crate::app::report) fn non_zero(all: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let is_drawn =
            |(number, it): &(usize, Self)| *number == 0 || it.values.iter().any(|it| *it != 0);
        all.into_iter().enumerate().filter(is_drawn).map(|(_, it)| it).collect()
    }
}

/// A frame, and the positions in it.
pub(super) struct Axes {
    pub(super) picture: Picture,
    top: Money,
    columns: usize,
}

impl Axes {
    /// Draws a frame that is high enough for all numbers; `shown` formats one for people.
    pub(super) fn new(
        title: &str,
        months: &[String],
        series: &[Series],
        shown: &dyn Fn(Money) -> String,
    ) -> Self {
        let highest = series.iter().flat_map(|it| &it.values).copied().max().unwrap_or(0);
        let step = step(highest);
        // Round up to a whole step.
        let top = ((highest.max(1) - 1) / step + 1).saturating_mul(step);
        let mut axes =
            Self { picture: Picture::new(title, WIDTH, HEIGHT), top, columns: months.len() };
        let marks = std::iter::successors(Some(0), |mark: &Money| mark.checked_add(step));
        for mark in marks.take_while(|mark| *mark <= top) {
            let y = axes.y(mark);
            axes.picture.rule((LEFT, y), (WIDTH - RIGHT, y));
            axes.picture.text((LEFT - 10.0, y + 4.5), Anchor::End, "faint", &shown(mark));
        }
        let every = months.len().div_ceil(LABELLED_MONTHS).max(1);
        // Label the last month, and those before it at equal distances.
        for (column, month) in months.iter().enumerate() {
            if (months.len() - 1 - column).is_multiple_of(every) {
                let at = (axes.x(column), HEIGHT - BOTTOM + 22.0);
                axes.picture.text(at, Anchor::Middle, "faint", month);
            }
        }
        let mut x = LEFT;
        for (number, series) in series.iter().enumerate() {
            let colour = format!("s{}", number % COLOURS);
            axes.picture.area((x, 46.0), (12.0, 12.0), &colour, 1.0, series.name);
            axes.picture.text((x + 18.0, 57.0), Anchor::Start, "ink", series.name);
            x += 50.0 + 8.0 * to_f64(Money::try_from(series.name.len()).unwrap_or_default());
        }
        axes
    }

    /// Returns the middle of a month.
    pub(super) fn x(&self, column: usize) -> f64 {
        LEFT + self.width() * (to_f64(Money::try_from(column).unwrap_or_default()) + 0.5)
    }

    /// Returns the width of a month.
    pub(super) fn width(&self) -> f64 {
        let columns = Money::try_from(self.columns.max(1)).unwrap_or(Money::MAX);
        (WIDTH - RIGHT - LEFT) / to_f64(columns)
    }

    /// Returns the vertical position of a number.
    pub(super) fn y(&self, value: Money) -> f64 {
        let share = to_f64(value.max(0)) / to_f64(self.top);
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share
    }
}

/// Returns a round step size with which a scale reaches a number in few steps.
fn step(highest: Money) -> Money {
    let least = (highest.max(1) - 1) / STEPS + 1;
    let mut ten: Money = 1;
    while let Some(next) = ten.checked_mul(10).filter(|next| *next <= least) {
        ten = next;
    }
    let round = [1, 2, 5, 10].into_iter().filter_map(|it| ten.checked_mul(it));
    round.into_iter().find(|it| *it >= least).unwrap_or(Money::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        for (highest, expected) in
            [(0, 1), (1, 1), (5, 1), (6, 2), (11, 5), (99, 20), (250_000, 50_000), (3_100, 1_000)]
        {
            assert_eq!(step(highest), expected, "{highest}");
        }
        for highest in [1, 7, 12, 999, 123_456_789, Money::MAX / 2, Money::MAX] {
            assert!(highest / step(highest) <= STEPS, "{highest}");
        }
    }

    #[test]
    fn everything_lies_within_the_frame() {
        for values in [vec![0, 0], vec![7, 3], vec![Money::MAX, Money::MIN]] {
            let months = ["2026-01", "2026-02"].map(str::to_owned);
            let series = [Series { name: "members", values: values.clone() }];
            let axes = Axes::new("Members", &months, &series, &|it| it.to_string());
            for value in values {
                let y = axes.y(value);
                assert!((TOP - 0.01..=HEIGHT - BOTTOM + 0.01).contains(&y), "{value} at {y}");
            }
            assert!(axes.x(0) > LEFT && axes.x(1) < WIDTH - RIGHT);
        }
    }
}
