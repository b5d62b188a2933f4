//! A play as a picture: doors, holds and troubles over time.

use crate::{
    app::report::{Strip, strips},
    simulation::{Kind, Report, Script},
};

/// How many days are marked below.
const MARKS: i64 = 10;

const DAY: i64 = 86_400;

/// The kinds of what lasts, with their colours.
const LEGEND: [(Kind, usize); 6] = [
    (Kind::Held, 2),
    (Kind::LockedByHand, 1),
    (Kind::Unplugged, 3),
    (Kind::NoNetwork, 0),
    (Kind::NoPower, 1),
    (Kind::Doubt, 3),
];

/// Draws a play as SVG.
pub(super) fn draw(report: &Report, script: &Script) -> String {
    let share = |second: i64| {
        let part = second.clamp(0, script.end()) * 10_000 / script.end().max(1);
        f64::from(i32::try_from(part).unwrap_or_default()) / 10_000.0
    };
    let doors = (1..=script.doors.max(1)).map(|door| format!("door {door}"));
    let shared = [Kind::NoNetwork, Kind::NoPower, Kind::Doubt]
        .map(|kind| ("all doors".to_owned(), Some(kind)));
    let rows: Vec<Strip> = doors
        .map(|door| (door, None))
        .chain(shared)
        .map(|(row, only)| {
            let own = report.spans.iter().filter(|it| it.row == row);
            let own = own.filter(|it| only.is_none_or(|kind| kind == it.kind));
            let bars = own.map(|it| {
                let [from, to] = [it.seconds.0, it.seconds.1].map(Script::moment);
                let what = format!("{} from {from:.0} to {to:.0}", it.kind);
                (share(it.seconds.0), share(it.seconds.1), colour(it.kind), what)
            });
            let bars = bars.collect();
            Strip { name: only.map_or(row, |kind| kind.to_string()), bars }
        })
        .collect();
    let step = (i64::from(script.days) / MARKS).max(1);
    let days = (0..=i64::from(script.days)).step_by(usize::try_from(step).unwrap_or(1));
    let marks: Vec<(f64, String)> = days
        .map(|day| (share(day * DAY), Script::moment(day * DAY).strftime("%-d %b").to_string()))
        .collect();
    let names: Vec<(usize, String)> =
        LEGEND.iter().take(3).map(|(kind, colour)| (*colour, kind.to_string())).collect();
    let legend: Vec<(usize, &str)> = names.iter().map(|(at, it)| (*at, it.as_str())).collect();
    strips("The space in the simulator", &rows, &marks, &legend)
}

fn colour(kind: Kind) -> usize {
    LEGEND.iter().find(|(it, _)| *it == kind).map_or(0, |(_, colour)| *colour)
}
