//! Bars side by side, month by month.

use super::{
    axes::{Axes, Series},
    picture::{COLOURS, place},
};
use crate::domain::model::Money;

/// Draws numbers as bars.
pub(in crate::cli::report) fn bars(
    title: &str,
    months: &[String],
    series: &[Series],
    shown: &dyn Fn(Money) -> String,
) -> String {
    let mut axes = Axes::new(title, months, series, shown);
    let room = axes.width() * 0.8;
    let wide = room / place(Money::try_from(series.len().max(1)).unwrap_or(Money::MAX));
    for (column, month) in months.iter().enumerate() {
        let mut x = axes.x(column) - room / 2.0;
        for (number, series) in series.iter().enumerate() {
            let value = series.values.get(column).copied().unwrap_or(0);
            let (top, bottom) = (axes.y(value), axes.y(0));
            let said = format!("{month}: {} {}", series.name, shown(value));
            let class = format!("s{}", number % COLOURS);
            axes.picture.area((x, top), (wide, bottom - top), &class, 1.0, &said);
            x += wide;
        }
    }
    axes.picture.finish()
}
