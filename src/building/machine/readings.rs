//! Takes what meters say, and tells what they said.

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Machine, Plan, meters::Heard};
use crate::{
    building::Event,
    config::MeterState,
    domain::{
        alarms::MeterSeen,
        meters::{Measurement, accept},
        model::{Base, Decimal, Meter, Slug},
        sources::Number,
    },
    integrations::mqtt::Incoming,
};

/// After which silence of a meter somebody should look, unless its record says otherwise.
const SILENCE: SignedDuration = SignedDuration::from_hours(1);

impl Machine {
    /// Takes what was published for some meters.
    pub(super) fn read(&mut self, message: &Incoming, now: Timestamp) {
        let Some(plan) = self.plan.clone() else { return };
        for name in self.routes.meters(&message.topic) {
            let Some(meter) = plan.meters.get(&name) else { continue };
            let Some(crate::domain::model::Source::Mqtt(source)) = &meter.source else { continue };
            let read = crate::domain::sources::read(
                source,
                meter.measures,
                &message.topic,
                &message.payload,
            );
            match read {
                // It may be of last year. Whether a window is open is worth knowing all the same.
                Ok(Some(number)) if message.retained => {
                    if let Some(heard) = self.meters.0.get_mut(&name)
                        && meter.measures.is_flag()
                        && heard.latest.is_none()
                    {
                        heard.latest = Some((number.value, now));
                    }
                }
                Ok(Some(number)) => self.ask(&name, Ok(number), now),
                Ok(None) => {}
                Err(_) if message.retained => {}
                Err(fault) => self.ask(&name, Err(fault.to_string()), now),
            }
        }
    }

    /// Takes what a meter says, or why it says nothing.
    pub(super) fn ask(&mut self, name: &Slug, answer: Result<Number, String>, now: Timestamp) {
        let Some(plan) = self.plan.clone() else { return };
        let Some(meter) = plan.meters.get(name) else { return };
        let measured = answer.and_then(|number| measured(meter, number, now));
        let Some(heard) = self.meters.0.get_mut(name) else { return };
        match measured {
            Ok(measurement) => {
                let works = heard.trouble.take().is_some();
                let kept = heard.take(measurement, now);
                let base = heard.base;
                self.effects.extend(kept.map(|it| Effect::Record(name.clone(), base, it)));
                if works {
                    self.tell(Event::MeterWorks { meter: name.clone() });
                }
            }
            Err(words) => {
                // One that says nonsense again and again is told once.
                let new = heard.trouble.is_none();
                heard.trouble = Some(words.clone());
                if new {
                    self.tell(Event::Meter { meter: name.clone(), words });
                }
            }
        }
    }

    /// Returns what alarms need to know about the meters.
    pub(super) fn meters_seen(&self, plan: &Plan) -> Vec<MeterSeen> {
        let pairs =
            plan.meters.iter().filter_map(|(name, it)| Some((name, it, self.meters.0.get(name)?)));
        let one = |(name, meter, heard): (&Slug, &Meter, &Heard)| {
            let alarm = meter.alarm.clone().unwrap_or_default();
            let base = |limit: Option<Decimal>| limit.map(|it| meter.unit.to_base(it.as_f64()));
            let minutes = |it: u32| SignedDuration::from_mins(it.into());
            // A window or a switch may say nothing for days, and so may what somebody reads.
            let usual = (meter.source.is_some() && !meter.measures.is_flag()).then_some(SILENCE);
            MeterSeen {
                name: name.clone(),
                measures: meter.measures,
                latest: heard.latest,
                since: heard.since,
                above: base(alarm.above),
                below: base(alarm.below),
                silent_after: alarm.silent_minutes.map(minutes).or(usual),
                zone: meter.zone.clone(),
                write: writer(heard.base),
            }
        };
        pairs.map(one).collect()
    }

    /// Returns the meters as they are shown.
    pub(super) fn meters_shown(&self, plan: &Plan) -> Vec<MeterState> {
        let pairs =
            plan.meters.iter().filter_map(|(name, it)| Some((name, it, self.meters.0.get(name)?)));
        pairs
            .map(|(name, meter, heard)| MeterState {
                meter: name.clone(),
                value: heard.latest.map(|(value, _)| rounded(meter.unit.from_base(value))),
                unit: meter.unit.shown().to_owned(),
                at: heard.latest.map(|(_, at)| at),
                trouble: heard.trouble.clone(),
            })
            .collect()
    }
}

/// Makes a measurement of a number in whatever unit.
fn measured(meter: &Meter, number: Number, now: Timestamp) -> Result<Measurement, String> {
    let own = meter.unit;
    let value = match number.unit {
        None => number.value,
        Some(unit) if unit.base() == own.base() => own.from_base(unit.to_base(number.value)),
        Some(unit) => {
            let (unit, own) = (unit.shown(), own.shown());
            return Err(format!("it says {unit}, but its record says {own}: correct the record"));
        }
    };
    accept(meter, value, now, now).map_err(|refused| refused.to_string())
}

/// Returns how values are written for people.
fn writer(base: Base) -> fn(f64) -> String {
    match base {
        Base::Watt => |value| format!("{value:.0} W"),
        Base::WattHour => |value| format!("{:.1} kWh", value / 1e3),
        Base::Litre => |value| format!("{:.3} m³", value / 1e3),
        Base::Celsius => |value| format!("{value:.1} °C"),
        Base::Percent => |value| format!("{value:.0} %"),
        Base::PartsPerMillion => |value| format!("{value:.0} ppm"),
        Base::OnOff => |value| if value > 0.5 { "on".into() } else { "off".into() },
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
