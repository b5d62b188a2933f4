//! The state of a timespec at a moment: on or off, and the current or next event.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Interval, Timespec};

/// The state of a timespec at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Transition {
    /// Whether it is on; `None` if the timespec is refused.
    pub on: Option<bool>,
    /// The current or next event; `None` for `always`, and if there are no more.
    pub window: Option<(Timestamp, Timestamp)>,
    /// Whether it is `always`.
    pub always: bool,
    /// Why the timespec is refused.
    pub refused: Option<String>,
}

impl Transition {
    /// Returns the state of a timespec; `zone` is the space's, for floating and all-day times.
    #[must_use]
    pub fn of(timespec: &str, zone: &TimeZone, now: Timestamp) -> Self {
        let read = Timespec::parse(timespec, zone);
        let next = read.as_ref().ok().and_then(|it| it.next(now, 1).into_iter().next());
        Self {
            on: read.is_ok().then(|| next.is_some_and(|event| event.contains(now))),
            window: next
                .filter(|event| *event != Interval::ALWAYS)
                .map(|event| (event.start, event.end)),
            always: timespec == "always",
            refused: read.err().map(|refusal| refusal.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(timespec: &str, now: &str) -> Transition {
        Transition::of(timespec, &TimeZone::UTC, now.parse().unwrap())
    }

    #[test]
    fn it_is_on_within_an_event_and_over_after_the_last() {
        let text = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:x\n\
            DTSTAMP:20260101T000000Z\nDTSTART:20260302T190000Z\nDTEND:20260302T220000Z\n\
            END:VEVENT\nEND:VCALENDAR\n";
        let event = ["2026-03-02T19:00:00Z", "2026-03-02T22:00:00Z"].map(|at| at.parse().unwrap());
        let window = Some((event[0], event[1]));
        let is = |on, window| Transition { on: Some(on), window, always: false, refused: None };
        assert_eq!(turn(text, "2026-03-02T18:59:59Z"), is(false, window));
        assert_eq!(turn(text, "2026-03-02T19:00:00Z"), is(true, window));
        assert_eq!(turn(text, "2026-03-02T22:00:00Z"), is(false, None));
    }

    #[test]
    fn always_has_no_window_and_what_is_refused_is_neither_on_nor_off() {
        let always = turn("always", "2026-03-02T19:00:00Z");
        assert_eq!((always.on, always.window, always.always), (Some(true), None, true));
        let refused = turn("Always", "2026-03-02T19:00:00Z");
        assert_eq!((refused.on, refused.window, refused.always), (None, None, false));
        assert!(refused.refused.unwrap().contains("lower case"));
    }
}
