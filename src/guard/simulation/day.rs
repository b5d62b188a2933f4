//! Plays a day, second by second: one room with a guard, and the same room without.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    attack::Attack,
    room::{Room, Season},
};
use crate::domain::guard::{
    Bound, Guard, Limits, Millidegrees, Output, Phase, Reading, Readings, Reason,
};

/// When the day begins.
const MORNING: u64 = 6 * 3_600;

/// How often the process is killed.
const KILLED: u64 = 600;

/// How long it takes the system to notice that the process is dead, to open the relay and to start the
/// guard again.
const DEAD: u64 = 2;

/// The smallest step of a DS18B20.
const STEP: f64 = 62.5;

/// What is played.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The weather.
    pub season: Season,
    /// For how many hours.
    pub hours: u32,
    /// What the attacker does.
    pub attacks: Vec<Attack>,
    /// After how many hours.
    pub after: u32,
    /// The guard's limits.
    pub limits: Limits,
}

/// A day that was played.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Day {
    /// How it was, minute by minute.
    pub moments: Vec<Moment>,
    /// What happened.
    pub happenings: Vec<Happening>,
    /// The warmest that it became in the room, in degrees Celsius.
    pub warmest: f64,
    /// The warmest that it would have become without a guard.
    pub warmest_without: f64,
    /// For how many minutes the furnace was on.
    pub minutes_of_heat: u64,
    /// For how many minutes it would have been on without a guard.
    pub minutes_of_heat_without: u64,
    /// For how many seconds the furnace was on although the room was at or above the limit.
    pub seconds_too_warm: u64,
}

/// How it was at a moment. Temperatures are in degrees Celsius.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Moment {
    /// The second of the day.
    pub second: u64,
    /// Outside.
    pub outside: f64,
    /// In the room.
    pub room: f64,
    /// In the same room without a guard.
    pub without: f64,
    /// Whether the furnace was on.
    pub heat: bool,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Happening {
    /// The second of the day.
    pub second: u64,
    /// What.
    pub what: String,
}

/// Everything that changes during a day.
struct World {
    room: Room,
    without: Room,
    guard: Guard,
    readings: Readings,
    relay: bool,
    /// When the process that was killed is replaced, if it is dead.
    dead_until: Option<u64>,
    shown: Option<(bool, Option<Reason>)>,
}

/// Plays a day.
///
/// # Errors
/// A limit is out of range.
pub fn play(plan: &Plan) -> Result<Day, Bound> {
    let room = Room::new(plan.season.inside());
    let mut world = World {
        room,
        without: room,
        guard: Guard::new(plan.limits, 1)?,
        readings: Readings::default(),
        relay: false,
        dead_until: None,
        shown: None,
    };
    let mut day = Day {
        moments: Vec::new(),
        happenings: Vec::new(),
        warmest: room.temperature,
        warmest_without: room.temperature,
        minutes_of_heat: 0,
        minutes_of_heat_without: 0,
        seconds_too_warm: 0,
    };
    let begins = u64::from(plan.after) * 3_600;
    let (mut heat, mut heat_without) = (0, 0);
    for passed in 0..u64::from(plan.hours) * 3_600 {
        let second = MORNING + passed;
        let under = |attack| passed >= begins && plan.attacks.contains(&attack);
        if passed == begins {
            day.happenings.extend(
                plan.attacks.iter().map(|it| Happening { second, what: format!("ATTACK: {it}") }),
            );
        }
        let outside = plan.season.outside(hour(second));
        for room in [&mut world.room, &mut world.without] {
            room.turn_thermostat(under(Attack::ThermostatFull));
        }
        world.measure(passed, passed.saturating_sub(begins), under);
        if under(Attack::Kill) && (passed - begins).is_multiple_of(KILLED) {
            world.dead_until = Some(passed + DEAD);
        }
        if let Some(what) = world.decide(passed, plan.limits)? {
            day.happenings.push(Happening { second, what });
        }
        let hot = world.room.temperature * 1_000.0 >= f64::from(plan.limits.limit);
        day.seconds_too_warm += u64::from(world.relay && hot);
        heat += u64::from(world.relay);
        heat_without += u64::from(world.without.asks);
        world.room.pass(outside, world.relay);
        let asks = world.without.asks;
        world.without.pass(outside, asks);
        day.warmest = day.warmest.max(world.room.temperature);
        day.warmest_without = day.warmest_without.max(world.without.temperature);
        if passed.is_multiple_of(60) {
            let (room, without) = (world.room.temperature, world.without.temperature);
            day.moments.push(Moment { second, outside, room, without, heat: world.relay });
        }
    }
    (day.minutes_of_heat, day.minutes_of_heat_without) = (heat / 60, heat_without / 60);
    Ok(day)
}

impl World {
    /// Lets the thermometer measure, or say what the attacker wants.
    fn measure(&mut self, passed: u64, attacked: u64, under: impl Fn(Attack) -> bool) {
        if under(Attack::StopSensor) {
            return;
        }
        let truth = self.room.temperature * 1_000.0;
        let before = self.readings[0].map(|it| it.value);
        let noise = if passed % 7 < 3 { STEP } else { 0.0 };
        let measured = (truth / STEP).round() * STEP + noise;
        let value = match before {
            Some(before) if under(Attack::Freeze) => before,
            _ if under(Attack::Drift) => {
                // Fifty thousandths a second; far below any room, it is not believed either.
                let lie = i32::try_from(attacked.min(4_000)).unwrap_or(4_000) * 50;
                measured as Millidegrees - lie
            }
            _ => measured as Millidegrees,
        };
        self.readings[0] = Some(Reading { value, at: passed * 1_000 });
    }

    /// Lets the guard decide, if it lives; returns what it says if that is new.
    fn decide(&mut self, passed: u64, limits: Limits) -> Result<Option<String>, Bound> {
        if let Some(until) = self.dead_until {
            if passed < until {
                // The first second the pin stays as it was; then the system opens the relay.
                self.relay &= passed + 1 < until;
                return Ok(None);
            }
            (self.guard, self.dead_until) = (Guard::new(limits, 1)?, None);
        }
        let output = self.guard.step(passed * 1_000, &self.readings, self.room.asks);
        self.relay = output.relay;
        let shown = Some((output.relay, output.phase.reason()));
        let new = self.shown != shown;
        self.shown = shown;
        Ok(new.then(|| words(&output, self.room.asks)))
    }
}

fn words(output: &Output, asked: bool) -> String {
    let state = output.phase.reason().map_or(output.phase.as_str(), Reason::as_str);
    match (output.relay, output.phase, asked) {
        (true, ..) => "heat on".to_owned(),
        (false, Phase::Allowed, false) => "heat off: not asked for".to_owned(),
        (false, Phase::Allowed, true) => "heat off: it rests".to_owned(),
        (false, ..) => format!("heat off: {state}"),
    }
}

/// Returns the hour of the day.
fn hour(second: u64) -> f64 {
    f64::from(u32::try_from(second % 86_400).unwrap_or(0)) / 3_600.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(season: Season, attacks: &[Attack]) -> Plan {
        let attacks = attacks.to_vec();
        Plan { season, hours: 24, attacks, after: 3, limits: Limits::DEFAULT }
    }

    /// One attack at a time, each with the thermostat at full, and all at once.
    #[test]
    fn under_no_attack_is_there_heat_above_the_limit_and_without_a_guard_there_is() {
        let mut tried = vec![Attack::ALL.to_vec()];
        tried.extend(Attack::ALL.map(|it| vec![Attack::ThermostatFull, it]));
        for attacks in tried {
            let day = play(&plan(Season::Summer, &attacks)).unwrap();
            assert!(day.warmest_without > 40.0, "{attacks:?}: {}", day.warmest_without);
            // A thermometer has steps, and the process may be dead for a second.
            assert!(day.seconds_too_warm <= 60, "{attacks:?}: {} s", day.seconds_too_warm);
            assert!(day.warmest < 31.0, "{attacks:?}: {}", day.warmest);
        }
    }

    #[test]
    fn what_the_guard_does_not_listen_to_changes_nothing() {
        let full = play(&plan(Season::Summer, &[Attack::ThermostatFull])).unwrap();
        for deaf in [Attack::Clock, Attack::FullDisk] {
            let day = play(&plan(Season::Summer, &[Attack::ThermostatFull, deaf])).unwrap();
            assert_eq!(day.moments, full.moments, "{deaf:?}");
        }
    }

    /// It is not merely always off.
    #[test]
    fn in_winter_a_guard_that_nobody_attacks_costs_no_warmth() {
        let day = play(&plan(Season::Winter, &[])).unwrap();
        let (with, without) = (day.minutes_of_heat, day.minutes_of_heat_without);
        assert!(with > 200 && with * 10 >= without * 9, "{with} of {without}");
        assert!(day.moments.iter().skip(60).all(|it| it.room > 18.0));
    }
}
