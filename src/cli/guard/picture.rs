//! A day as a picture.

use super::chart::clock;
use crate::{
    app::report::{Course, course},
    guard::simulation::{Day, Moment},
};

/// The number of minutes that become one point.
const MINUTES: usize = 5;

/// Draws a day as SVG.
pub(super) fn draw(day: &Day, limit: f64) -> String {
    let parts = || day.moments.chunks(MINUTES);
    let curve = |value: fn(&Moment) -> f64| -> Vec<f64> {
        parts().filter_map(|it| it.last()).map(value).collect()
    };
    course(&Course {
        title: "The furnace guard on a simulated day, °C",
        moments: parts()
            .map(|it| it.first().map_or_else(String::new, |it| clock(it.second)))
            .collect(),
        curves: vec![
            ("room", curve(|it| it.room)),
            ("without the guard", curve(|it| it.without)),
            ("outside", curve(|it| it.outside)),
        ],
        level: (&format!("limit {limit} °C"), limit),
        band: ("heat", parts().map(|it| it.iter().any(|it| it.heat)).collect()),
    })
}
