//! A thermometer without wires, for rehearsals.

use super::Thermometer;
use crate::domain::guard::Millidegrees;

/// Says about the same temperature all the time; its last bit moves, as that of a real one does.
#[derive(Clone, Debug)]
pub struct SimulatedThermometer {
    around: Millidegrees,
    count: i32,
}

impl SimulatedThermometer {
    /// Makes one.
    #[must_use]
    pub const fn new(around: Millidegrees) -> Self {
        Self { around, count: 0 }
    }
}

impl Thermometer for SimulatedThermometer {
    fn read(&mut self) -> Result<Option<Millidegrees>, String> {
        self.count = (self.count + 1) % 7;
        // The smallest step of a DS18B20.
        Ok(Some(self.around.saturating_add(if self.count < 3 { 62 } else { 0 })))
    }
}
