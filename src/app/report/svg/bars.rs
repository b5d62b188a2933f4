//! Bars side by side, month by month.

use super::{
    axes::{Axes, Series},
    picture::{COLOURS, to_f64},
};
use crate::domain::model::Money;

/// Draws numbers as bars.
pub(in crate::app::report) fn bars(
    title: &str,
    months: &[String],
    series: &[Series],
    shown: &dyn Fn(Money) -> String,
) -> String {
    let mut axes = Axes::new(title, months, series, shown);
    let group_width = axes.width() * 0.8;
    let width = group_width / to_f64(Money::try_from(series.len().max(1)).unwrap_or(Money::MAX));
    for (column, month) in months.iter().enumerate() {
        let mut x = axes.x(column) - group_width / 2.0;
        for (number, series) in series.iter().enumerate() {
            let value = series.values.get(column).copied().unwrap_or(0);
            let (top, bottom) = (axes.y(value), axes.y(0));
            let tooltip = format!("{month}: {} {}", series.name, shown(value));
            let class = format!("s{}", number % COLOURS);
            axes.picture.area((x, top), (width, bottom - top), &class, 1.0, &tooltip);
            x += width;
        }
    }
    axes.picture.finish()
}
