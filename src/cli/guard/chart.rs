//! A day as a chart of characters: temperatures above, the furnace below.

use std::fmt::Write as _;

use crate::guard::simulation::{Day, Moment};

/// The size of the chart, in characters.
const WIDTH: usize = 72;
const HEIGHT: usize = 16;

/// What the characters mean.
const LEGEND: &str = "● room   ○ without the guard   · outside   ─ limit   █ furnace on";

/// Draws a day.
pub(super) fn draw(day: &Day, limit: f64) -> String {
    let columns: Vec<Moment> = columns(day);
    let all = columns.iter().flat_map(|it| [it.outside, it.room, it.without]).chain([limit]);
    let (low, high) = all.fold((limit, limit), |(low, high), it| (low.min(it), high.max(it)));
    let span = (high - low).max(1.0);
    let last = HEIGHT - 1;
    let row = |value: f64| last - ((value - low) / span * last as f64).round() as usize;
    let mut cells = vec![[' '; WIDTH]; HEIGHT];
    cells[row(limit)] = ['─'; WIDTH];
    for (column, it) in columns.iter().enumerate() {
        // What matters most is drawn last.
        for (value, sign) in [(it.outside, '·'), (it.without, '○'), (it.room, '●')] {
            cells[row(value)][column] = sign;
        }
    }
    let mut text = format!("{LEGEND}\n\n");
    for (number, line) in cells.iter().enumerate() {
        let value = high - span * number as f64 / last as f64;
        let line: String = line.iter().collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{value:5.1} │{}", line.trim_end());
    }
    let furnace: String = columns.iter().map(|it| if it.heat { '█' } else { ' ' }).collect();
    let _ = writeln!(text, " heat │{}", furnace.trim_end());
    let mut hours = String::new();
    for (column, it) in columns.iter().enumerate().step_by(WIDTH / 6) {
        let _ = write!(hours, "{:column$}", "", column = column - hours.len());
        hours.push_str(&clock(it.second));
    }
    let _ = writeln!(text, "       {hours}\n");
    text
}

/// Returns a moment for each column. The furnace counts as on if it was at any moment of the column.
fn columns(day: &Day) -> Vec<Moment> {
    let size = day.moments.len().div_ceil(WIDTH).max(1);
    let column = |moments: &[Moment]| {
        let heat = moments.iter().any(|it| it.heat);
        moments.first().map(|first| Moment { heat, ..*first })
    };
    day.moments.chunks(size).filter_map(column).collect()
}

/// Formats a second of the day.
pub(super) fn clock(second: u64) -> String {
    let minute = second / 60;
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::guard::Limits,
        guard::simulation::{Attack, Plan, Season, play},
    };

    #[test]
    fn any_day_fits() {
        for hours in [1, 2, 24, 50, 168] {
            let attacks = vec![Attack::ThermostatFull];
            let limits = Limits::DEFAULT;
            let plan = Plan { season: Season::Winter, hours, attacks, after: 0, limits };
            let text = draw(&play(&plan).unwrap(), 27.0);
            assert!(text.lines().all(|it| it.chars().count() <= WIDTH + 8), "{text}");
            assert!(text.contains('●') && text.contains('█'), "{text}");
        }
    }
}
