//! Says what is wrong at a moment.

use std::collections::BTreeMap;

use super::{AlarmId, MeterSeen, Seen};
use crate::domain::model::{AlarmKind, AlarmRules, Quantity, Slug};

/// What is wrong, each with words for it.
pub type Conditions = BTreeMap<AlarmId, String>;

/// How long a value counts as what is true now, in seconds.
const FRESH: i64 = 30 * 60;

/// The largest number of alarms at a time; a space has not that many meters.
const MOST: usize = 1_000;

/// Says what is wrong at a moment.
#[must_use]
pub fn conditions(seen: &Seen, rules: &AlarmRules) -> Conditions {
    let mut found = Conditions::new();
    let mut find = |kind: AlarmKind, subject: Option<&Slug>, words: String| {
        if !rules.off.contains(&kind) && found.len() < MOST {
            found.insert(AlarmId { kind, subject: subject.cloned() }, words);
        }
    };
    let summer = rules.summer.contain(seen.month);
    if let Some(guard) = &seen.guard {
        if !guard.alive {
            let words = "the guard of the furnace gives no sign of life: look at its machine";
            find(AlarmKind::GuardSilent, None, words.into());
        } else if let Some(why) = &guard.cut {
            find(AlarmKind::GuardCut, None, format!("the furnace is {why}"));
        }
        if guard.alive && guard.asked && summer {
            let words = "the thermostat asks for heat in summer: look who set it";
            find(AlarmKind::HeatInSummer, None, words.into());
        }
    }
    for zone in &seen.zones {
        let name = &zone.name;
        if summer && zone.is_heating() {
            let wanted = zone.wanted.unwrap_or_default();
            let words = format!("zone {name} is to be heated to {wanted:.1} °C in summer");
            find(AlarmKind::HeatInSummer, Some(name), words);
        }
        let windows = seen.meters.iter().filter(|it| {
            it.measures == Quantity::Window && it.zone.as_ref() == Some(name) && is_on(it)
        });
        if zone.is_heating()
            && let Some(window) = windows.min_by_key(|it| &it.name)
        {
            let words = format!("{} is open while zone {name} is heated", window.name);
            find(AlarmKind::WindowOpen, Some(name), words);
        }
    }
    for meter in &seen.meters {
        judge(meter, seen, rules, &mut find);
    }
    for door in &seen.doors {
        let name = &door.name;
        if door.forced {
            let words = format!("door {name} was opened while it was locked");
            find(AlarmKind::DoorForced, Some(name), words);
        }
        if door.held_open {
            find(AlarmKind::DoorHeldOpen, Some(name), format!("door {name} stands open"));
        }
    }
    found
}

fn judge(
    meter: &MeterSeen,
    seen: &Seen,
    rules: &AlarmRules,
    find: &mut impl FnMut(AlarmKind, Option<&Slug>, String),
) {
    let name = &meter.name;
    let heard = meter.latest.map_or(meter.since, |(_, at)| at.max(meter.since));
    let silence = seen.now.duration_since(heard);
    if let Some(after) = meter.silent_after.filter(|after| silence > *after) {
        let minutes = after.as_mins();
        let words = format!("{name} has said nothing for more than {minutes} minutes");
        find(AlarmKind::MeterSilent, Some(name), words);
    }
    let fresh = |(_, at): &(f64, _)| seen.now.duration_since(*at).as_secs() <= FRESH;
    let Some((value, _)) = meter.latest.filter(fresh) else { return };
    if let Some(most) = meter.above.filter(|most| value > *most) {
        let (value, most) = ((meter.write)(value), (meter.write)(most));
        find(AlarmKind::MeterHigh, Some(name), format!("{name} says {value}, more than {most}"));
    }
    if let Some(least) = meter.below.filter(|least| value < *least) {
        let (value, least) = ((meter.write)(value), (meter.write)(least));
        find(AlarmKind::MeterLow, Some(name), format!("{name} says {value}, less than {least}"));
    }
    let idle = f64::from(rules.idle_watts);
    if meter.measures == Quantity::Power && seen.nobody_in && value > idle {
        let value = (meter.write)(value);
        let words = format!("{name} draws {value} while nobody is in");
        find(AlarmKind::PowerUnused, Some(name), words);
    }
}

/// Tells whether a switch or a window says yes. Its state holds until it says otherwise.
fn is_on(meter: &MeterSeen) -> bool {
    meter.latest.is_some_and(|(value, _)| value > 0.5)
}
