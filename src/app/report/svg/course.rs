//! Temperatures over a day as curves, with a level, and below them when something was on.

use super::picture::{Anchor, COLOURS, Picture};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 76.0;
const BOTTOM: f64 = 84.0;

/// The height of the band below.
const BAND: f64 = 14.0;

/// The approximate number of labelled moments.
const LABELS: usize = 8;

/// What is drawn. All series have a value for each moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Course<'t> {
    /// The heading.
    pub title: &'t str,
    /// The moments, as they are shown: `08:00`.
    pub moments: Vec<String>,
    /// The curves by their names, at most four; in degrees Celsius.
    pub curves: Vec<(&'t str, Vec<f64>)>,
    /// A level that matters, by its name.
    pub level: (&'t str, f64),
    /// What was on or off, by its name.
    pub band: (&'t str, Vec<bool>),
}

/// Draws a course.
#[must_use]
pub fn course(course: &Course<'_>) -> String {
    let mut picture = Picture::new(course.title, WIDTH, HEIGHT);
    let (level_name, level) = course.level;
    let all = course.curves.iter().flat_map(|(_, values)| values).copied().chain([level]);
    let (low, high) = all.fold((level, level), |(low, high), it| (low.min(it), high.max(it)));
    // Whole steps of five degrees.
    let (low, high) = ((low / 5.0).floor() * 5.0, (high / 5.0).floor() * 5.0 + 5.0);
    let bottom = HEIGHT - BOTTOM;
    let y = |value: f64| bottom - (bottom - TOP) * (value - low) / (high - low);
    let step = (WIDTH - LEFT - RIGHT) / count(course.moments.len().max(1));
    let x = |column: usize| LEFT + step * count(column);
    let mut mark = low;
    while mark <= high {
        picture.rule((LEFT, y(mark)), (WIDTH - RIGHT, y(mark)));
        picture.text((LEFT - 10.0, y(mark) + 4.5), Anchor::End, "faint", &format!("{mark}"));
        mark += 5.0;
    }
    let every = course.moments.len().div_ceil(LABELS).max(1);
    for (column, moment) in course.moments.iter().enumerate().step_by(every) {
        picture.text((x(column), HEIGHT - 20.0), Anchor::Start, "faint", moment);
    }
    picture.area((LEFT, y(level) - 1.0), (WIDTH - LEFT - RIGHT, 2.0), "ink", 0.6, level_name);
    let at = (WIDTH - RIGHT, y(level) - 6.0);
    picture.text(at, Anchor::End, "faint", level_name);
    let (band_name, band) = &course.band;
    for (column, _) in band.iter().enumerate().filter(|(_, on)| **on) {
        let tooltip = course.moments.get(column).map_or("", String::as_str);
        let at = (x(column), HEIGHT - BOTTOM + 26.0);
        picture.area(at, (step, BAND), "ink", 0.75, &format!("{tooltip} {band_name}"));
    }
    let at = (LEFT - 10.0, HEIGHT - BOTTOM + 37.0);
    picture.text(at, Anchor::End, "faint", band_name);
    let mut legend = LEFT;
    for (number, (name, values)) in course.curves.iter().enumerate() {
        let colour = number % COLOURS;
        let points: Vec<_> =
            values.iter().enumerate().map(|(column, value)| (x(column), y(*value))).collect();
        picture.curve(colour, &points);
        picture.area((legend, 46.0), (12.0, 12.0), &format!("s{colour}"), 1.0, name);
        picture.text((legend + 18.0, 57.0), Anchor::Start, "ink", name);
        legend += 50.0 + 8.0 * count(name.len());
    }
    picture.finish()
}

/// Converts a small number to pixels.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_has_its_curves_its_level_and_its_band() {
        let moments = (0..48).map(|it| format!("{it:02}:00")).collect();
        let curves = vec![("room", vec![20.0; 48]), ("<outside>", vec![-12.5; 48])];
        let band = ("heat", (0..48).map(|it| it % 2 == 0).collect());
        let text =
            course(&Course { title: "A day", moments, curves, level: ("limit", 27.0), band });
        assert_eq!(text.matches("<polyline").count(), 2);
        assert_eq!(text.matches("heat</title>").count(), 24);
        assert!(
            text.contains("&lt;outside&gt;") && text.contains(">-15<") && text.contains(">30<")
        );
        assert!(!text.contains("NaN") && !text.contains("inf"));
        let (level, band) = (("limit", 27.0), ("heat", vec![]));
        let none = Course { title: "", moments: vec![], curves: vec![], level, band };
        assert!(!course(&none).contains("NaN"));
    }
}
