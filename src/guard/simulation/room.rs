//! A room with a furnace, in the weather of a day. Temperatures are in degrees Celsius.

/// How long a room keeps its temperature, in seconds: after this time, about a third of a difference to
/// the outside is left.
const KEEPS: f64 = 5.0 * 3_600.0;

/// By how much the furnace warms the room, in degrees a second: 8 an hour.
const FURNACE: f64 = 8.0 / 3_600.0;

/// The hour at which it is coldest outside.
const COLDEST: f64 = 4.0;

/// The time of the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Season {
    /// 17 to 31 degrees outside.
    Summer,
    /// -5 to 5 degrees outside.
    Winter,
}

impl Season {
    /// Returns the temperature outside at an hour of the day.
    pub(super) fn outside(self, hour: f64) -> f64 {
        let (coldest, warmest) = match self {
            Self::Summer => (17.0, 31.0),
            Self::Winter => (-5.0, 5.0),
        };
        // From the coldest moment to the warmest and back, slowly at both ends.
        let way = (hour - COLDEST).rem_euclid(24.0) / 12.0;
        let way = if way > 1.0 { 2.0 - way } else { way };
        let share = way * way * (3.0 - 2.0 * way);
        coldest + (warmest - coldest) * share
    }

    /// Returns the temperature inside in the morning.
    pub(super) const fn inside(self) -> f64 {
        match self {
            Self::Summer => 21.0,
            Self::Winter => 19.0,
        }
    }
}

/// A room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) temperature: f64,
    /// Whether its thermostat asks for heat.
    pub(super) asks: bool,
}

impl Room {
    pub(super) const fn new(temperature: f64) -> Self {
        Self { temperature, asks: false }
    }

    /// Lets the thermostat do its work, or be turned to full.
    pub(super) fn turn_thermostat(&mut self, full: bool) {
        self.asks = match self.temperature {
            _ if full => true,
            it if it < 20.0 => true,
            it if it > 21.0 => false,
            _ => self.asks,
        };
    }

    /// Lets a second pass.
    pub(super) fn pass(&mut self, outside: f64, heat: bool) {
        let warms = if heat { FURNACE } else { 0.0 };
        self.temperature += (outside - self.temperature) / KEEPS + warms;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_a_morning_and_an_afternoon() {
        let at = |hour| Season::Summer.outside(hour);
        assert!((at(4.0) - 17.0).abs() < 0.01 && (at(16.0) - 31.0).abs() < 0.01);
        assert!(at(10.0) > at(6.0) && at(28.0 - 24.0) < at(22.0));
        assert!(Season::Winter.outside(16.0) < 6.0);
    }
}
