//! Opens a thermometer of any kind.

use super::{NumberFile, OneWire, SimulatedThermometer, Source, Thermometer};

/// Who may write the file that a temperature is read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Writers {
    /// Only root, or the user that the configuration names.
    Named,
    /// Anybody: this is a rehearsal.
    Anybody,
}

/// Opens a thermometer. Whether it is there turns out when it is read.
#[must_use]
pub fn open(source: &Source, writers: Writers) -> Box<dyn Thermometer> {
    match source {
        Source::OneWire { id } => Box::new(OneWire::new(id)),
        Source::File { path, unit, owner } => {
            let owner = (writers == Writers::Named).then_some(*owner);
            Box::new(NumberFile::new(path.clone(), *unit, owner))
        }
        Source::Simulated { around } => Box::new(SimulatedThermometer::new(*around)),
    }
}
