//! How warm a zone should be over some time: in stretches, each with its reason.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::plan::{AHEAD, Circumstances, HeatPlan, Wanted};
use crate::domain::schedule::{Interval, Window};

/// A stretch of time in which nothing changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Stretch {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// How warm it should be if nobody is in who has not booked.
    pub wanted: Wanted,
    /// How warm it should be if somebody is, where that makes a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_people: Option<Wanted>,
}

/// Returns how warm a zone should be over a window, by its wishes and bookings.
#[must_use]
pub fn preview(plan: &HeatPlan, bookings: &[Interval], window: Window) -> Vec<Stretch> {
    let warm = |it: &Interval| [it.start.saturating_sub(AHEAD).unwrap_or(it.start), it.end];
    let mut edges = plan.edges(window);
    edges.extend(bookings.iter().flat_map(warm));
    edges.retain(|at| window.from < *at && *at < window.until);
    edges.extend([window.from, window.until]);
    edges.sort_unstable();
    edges.dedup();
    let mut stretches: Vec<Stretch> = Vec::new();
    for pair in edges.windows(2) {
        let (from, until) = (pair[0], pair[1]);
        let wanted = plan.at(from, &Circumstances { people: false, bookings });
        let used = plan.at(from, &Circumstances { people: true, bookings });
        let with_people = (used.temperature != wanted.temperature).then_some(used);
        match stretches.last_mut() {
            Some(last) if (&last.wanted, &last.with_people) == (&wanted, &with_people) => {
                last.until = until;
            }
            _ => stretches.push(Stretch { from, until, wanted, with_people }),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::model::{Decimal, Wish, Zone};

    #[test]
    fn a_day_is_told_in_stretches() {
        let evening = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261103T180000Z\nDURATION:PT2H\n\
                       END:VEVENT\nEND:VCALENDAR\n";
        let wish = |temperature, if_used, timespec: &str| Wish {
            temperature: Decimal::whole(temperature),
            description: None,
            if_used,
            timespec: timespec.into(),
        };
        let zone = Zone {
            name: "Workshop".into(),
            frost: Zone::FROST,
            ceiling: Zone::CEILING,
            facilities: vec![],
            wishes: vec![wish(18, false, evening), wish(20, true, "always")],
            set_point: None,
        };
        let plan = HeatPlan::new(&zone, &TimeZone::UTC);
        let at = |text: &str| format!("2026-11-03T{text}:00Z").parse().unwrap();
        let booking = Interval { start: at("19:00"), end: at("21:00") };
        let window = Window { from: at("12:00"), until: at("23:00") };
        let told: Vec<String> = preview(&plan, &[booking], window)
            .iter()
            .map(|it| {
                let with = it.with_people.as_ref().map_or(0, |it| it.temperature.millionths());
                let from = it.from.strftime("%H:%M");
                format!("{from} {} {}", it.wanted.temperature, with / 1_000_000)
            })
            .collect();
        assert_eq!(told, ["12:00 5 20", "18:00 18 20", "18:30 20 0", "21:00 5 20"]);
        let nothing = Window { from: at("12:00"), until: at("12:00") };
        assert_eq!(preview(&plan, &[], nothing), []);
    }
}
