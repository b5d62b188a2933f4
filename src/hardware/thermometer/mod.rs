//! Thermometers: each is asked, takes its time, and says a temperature or why it has none.

mod decimal;
mod file;
mod options;
mod simulated;
mod w1;

pub use file::NumberFile;
pub use options::{Source, Unit};
pub use simulated::SimulatedThermometer;
pub use w1::OneWire;

use crate::domain::guard::Millidegrees;

/// Something that measures a temperature.
pub trait Thermometer: Send {
    /// Measures, which may take a second. `None` says that there is no measurement since the last one.
    ///
    /// # Errors
    /// A sentence that says why there is no temperature.
    fn read(&mut self) -> Result<Option<Millidegrees>, String>;
}

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
