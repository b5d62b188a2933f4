//! Thermometers: each is asked, takes its time, and says a temperature or why it has none.

mod decimal;
mod file;
mod open;
mod options;
mod simulated;
mod w1;

pub use file::NumberFile;
pub use open::{Writers, open};
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
