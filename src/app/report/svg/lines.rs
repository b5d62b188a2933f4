//! Lines over months.

use super::{
    axes::{Axes, Series},
    picture::COLOURS,
};
use crate::domain::model::Money;

/// Draws numbers as lines.
pub(in crate::app::report) fn lines(title: &str, months: &[String], series: &[Series]) -> String {
    let shown = |value: Money| value.to_string();
    let mut axes = Axes::new(title, months, series, &shown);
    for (number, series) in series.iter().enumerate() {
        let points: Vec<_> = months
            .iter()
            .zip(&series.values)
            .enumerate()
            .map(|(column, (month, value))| {
                let tooltip = format!("{month}: {value} {}", series.name);
                ((axes.x(column), axes.y(*value)), tooltip)
            })
            .collect();
        axes.picture.line(number % COLOURS, &points);
    }
    axes.picture.finish()
}
