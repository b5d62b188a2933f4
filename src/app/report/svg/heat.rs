//! A map of the hours of a week: the busier, the stronger the colour.

use super::picture::{Anchor, Picture, to_f64};
use crate::domain::model::Money;

const LEFT: f64 = 60.0;
const TOP: f64 = 74.0;
const CELL_WIDTH: f64 = 32.0;
const CELL_HEIGHT: f64 = 30.0;
const GAP: f64 = 2.0;

/// The least colour of an hour that is not empty, so that it can be seen.
const MIN_SHARE: f64 = 0.12;

/// One hour of a week.
pub(in crate::app::report) struct Hour {
    pub(in crate::app::report) weekday: &'static str,
    pub(in crate::app::report) hour: u8,
    pub(in crate::app::report) count: u64,
}

/// Draws the hours of a week, one row per day; `what` names what is counted.
pub(in crate::app::report) fn heat(title: &str, what: &str, hours: &[Hour]) -> String {
    let number = |count: u64| to_f64(Money::try_from(count).unwrap_or(Money::MAX));
    let busiest = hours.iter().map(|it| it.count).max().unwrap_or(0).max(1);
    let mut days: Vec<&str> = hours.iter().map(|it| it.weekday).collect();
    days.dedup();
    let height = TOP + CELL_HEIGHT * number(days.len() as u64) + 44.0;
    let mut picture = Picture::new(title, LEFT + 24.0 * CELL_WIDTH + 24.0, height);
    for hour in (0..24_u8).step_by(3) {
        let x = LEFT + CELL_WIDTH * f64::from(hour);
        picture.text((x, TOP - 10.0), Anchor::Start, "faint", &format!("{hour:02}:00"));
    }
    for (row, day) in days.iter().enumerate() {
        let y = TOP + CELL_HEIGHT * number(row as u64);
        picture.text((LEFT - 12.0, y + 19.0), Anchor::End, "ink", day);
        for it in hours.iter().filter(|it| it.weekday == *day) {
            let share = number(it.count) / number(busiest);
            let (class, share) = if it.count == 0 {
                ("faint", 0.08)
            } else {
                ("s0", MIN_SHARE + (1.0 - MIN_SHARE) * share)
            };
            let tooltip = format!("{day} {:02}:00: {} {what}", it.hour, it.count);
            let at = (LEFT + CELL_WIDTH * f64::from(it.hour), y);
            picture.area(at, (CELL_WIDTH - GAP, CELL_HEIGHT - GAP), class, share, &tooltip);
        }
    }
    let most = format!("the busiest hour: {busiest} {what}");
    if hours.iter().any(|it| it.count > 0) {
        picture.text((LEFT, height - 18.0), Anchor::Start, "faint", &most);
    }
    picture.finish()
}
