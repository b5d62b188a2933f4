//! What lasted from when to when, in rows over time.

use super::picture::{Anchor, Picture};

/// A row: its name, and what lasted.
#[derive(Clone, PartialEq, Debug)]
pub struct Strip {
    /// Its name.
    pub name: String,
    /// What lasted: from and to as shares of the whole time, the number of a colour, and what it was.
    pub bars: Vec<(f64, f64, usize, String)>,
}

const WIDTH: f64 = 960.0;
const LEFT: f64 = 120.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 60.0;
const ROW: f64 = 34.0;

/// Draws rows over time; `marks` are the places of the labels below, as shares of the whole time.
#[must_use]
pub fn strips(
    title: &str,
    rows: &[Strip],
    marks: &[(f64, String)],
    legend: &[(usize, &str)],
) -> String {
    let bottom = TOP + ROW * count(rows.len());
    let mut picture = Picture::new(title, WIDTH, bottom + 64.0);
    let place = |share: f64| LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT);
    for (share, label) in marks {
        let x = place(*share);
        picture.rule((x, TOP - 8.0), (x, bottom));
        picture.text((x, bottom + 18.0), Anchor::Middle, "faint", label);
    }
    for (row, strip) in rows.iter().enumerate() {
        let top = TOP + ROW * count(row);
        picture.text((LEFT - 10.0, top + 18.0), Anchor::End, "ink", &strip.name);
        picture.rule((LEFT, top + ROW - 4.0), (WIDTH - RIGHT, top + ROW - 4.0));
        for (from, to, colour, what) in &strip.bars {
            let (x, end) = (place(*from), place(*to));
            let size = ((end - x).max(1.5), ROW - 14.0);
            picture.area((x, top + 4.0), size, &format!("s{colour}"), 0.9, what);
        }
    }
    let mut x = LEFT;
    for (colour, what) in legend {
        picture.area((x, bottom + 36.0), (12.0, 12.0), &format!("s{colour}"), 0.9, what);
        picture.text((x + 18.0, bottom + 47.0), Anchor::Start, "faint", what);
        x += 40.0 + 7.5 * count(what.len());
    }
    picture.finish()
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
}
