//! The building as it stands, and the guard of its furnace, as labels and values.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    app::when::local,
    config::{BuildingState, GuardState, MeterState},
};

/// Describes the building; the first line says whether anything measures it.
#[must_use]
pub fn building(
    state: &BuildingState,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<(&'static str, String)> {
    let moment = |at| local(at, zone);
    let building = if state.is_alive(now) {
        format!("measured since {}", moment(state.started))
    } else {
        format!("no sign of life since {}", moment(state.updated))
    };
    let mut lines = vec![("building", building)];
    if let Some(broker) = &state.broker {
        let words = match (&broker.connected, &broker.trouble) {
            (Some(since), _) => format!("connected since {}", moment(*since)),
            (None, Some(why)) => format!("not connected: {why}"),
            (None, None) => "not connected yet".to_owned(),
        };
        lines.push(("broker", format!("{}: {words}; {} messages", broker.place, broker.received)));
    }
    if let Some(people) = state.people {
        let range = match people.least == people.most {
            true => String::new(),
            false => format!(" ({} to {})", people.least, people.most),
        };
        lines.push(("people in", format!("{}{range}", people.number)));
    }
    lines.extend(state.alarms.iter().map(|it| {
        let since = moment(it.raised.unwrap_or(it.since));
        ("alarm", format!("{}, since {since}", it.words))
    }));
    lines.extend(state.zones.iter().map(|it| {
        let now = it.temperature.map(|degrees| format!(", now {degrees:.1} °C"));
        let now = now.unwrap_or_default();
        ("zone", format!("{}: {:.1} °C ({}){now}", it.zone, it.wanted, it.why))
    }));
    let meter = |it: &MeterState| format!("{}: {}", it.meter, said(it, zone));
    lines.extend(state.meters.iter().map(|it| ("meter", meter(it))));
    lines.extend(state.trouble.iter().map(|it| ("trouble", it.clone())));
    lines
}

/// Describes what a meter says.
fn said(it: &MeterState, zone: &TimeZone) -> String {
    let value = it.value.zip(it.at).map(|(value, at)| {
        let at = local(at, zone);
        match it.unit.as_str() {
            "on or off" => format!("{}, {at}", if value > 0.5 { "on" } else { "off" }),
            unit => format!("{value} {unit}, {at}"),
        }
    });
    match (value, &it.trouble) {
        (Some(value), None) => value,
        (None, None) => "nothing yet".to_owned(),
        (Some(value), Some(why)) => format!("{value}; since then: {why}"),
        (None, Some(why)) => why.clone(),
    }
}

/// Describes the guard of the furnace.
#[must_use]
pub fn guard(state: &GuardState, now: Timestamp, zone: &TimeZone) -> Vec<(&'static str, String)> {
    let moment = |at| local(at, zone);
    let (relay, since) = (&state.relay, moment(state.since));
    let guard = if state.is_alive(now) {
        "running".to_owned()
    } else {
        format!("no sign of life since {}", moment(state.updated))
    };
    let words = match (state.state.as_str(), &state.reason) {
        (_, Some(reason)) => format!("cut since {since}: {reason}"),
        (word, None) => format!("{word} since {since}"),
    };
    let asked = if state.asked { "heat is asked for" } else { "no heat is asked for" };
    let mut lines = vec![
        ("guard", guard),
        ("heat", words),
        ("relay", format!("{relay}; {asked}")),
        ("limit", format!("{} °C", state.limit)),
    ];
    for it in &state.thermometers {
        let degrees = it.temperature.map(|degrees| format!(", {degrees:.1} °C"));
        let why = it.why.as_ref().map(|why| format!(" ({why})"));
        let (degrees, why) = (degrees.unwrap_or_default(), why.unwrap_or_default());
        lines.push(("thermometer", format!("{}: {}{degrees}{why}", it.name, it.verdict)));
    }
    lines
}

/// Says in a sentence what is wrong with the heat of a building whose guard is this: it is cut, or the
/// guard gives no sign of life.
#[must_use]
pub fn guard_alarm(state: &GuardState, now: Timestamp) -> Option<String> {
    if !state.is_alive(now) {
        return Some("the guard of the furnace gives no sign of life".to_owned());
    }
    let reason = state.reason.as_deref()?;
    Some(format!("the furnace is {}", GuardState::words(reason)))
}
