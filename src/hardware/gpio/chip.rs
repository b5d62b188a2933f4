//! The interface between the meaning of pins and the chip that has them.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

/// Something that has pins, or may have them when asked again.
pub trait Chip: Send {
    /// Sets up the pins; outputs get their level before they become outputs. From then on, the
    /// inputs are monitored.
    ///
    /// # Errors
    /// There are no pins, or they are not available: a sentence with the reason and what to do.
    fn open(
        &mut self,
        setup: &[Setup],
        events: UnboundedSender<PinEvent>,
    ) -> Result<Opened, String>;

    /// Returns the time on the clock that edges are stamped with.
    fn now(&self) -> Duration;
}

/// Open pins, and a description of what has them.
pub type Opened = (String, Box<dyn Pins>);

/// Open pins. They are released when this is dropped; outputs keep their level.
pub trait Pins: Send {
    /// Sets an output.
    fn set(&mut self, pin: u8, high: bool);

    /// Reads an input.
    fn is_high(&self, pin: u8) -> bool;
}

/// The setup of a pin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Setup {
    /// An output.
    Output {
        /// The pin.
        pin: u8,
        /// Its initial level.
        high: bool,
    },
    /// An input.
    Input {
        /// The pin.
        pin: u8,
        /// The level that it is pulled to when nothing is connected, if any.
        pull: Option<bool>,
        /// Which edges are monitored.
        edges: Edges,
    },
}

/// Which edges of an input are monitored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edges {
    /// Those from low to high.
    Rising,
    /// Those from high to low.
    Falling,
    /// All.
    Both,
}

/// What the inputs report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinEvent {
    /// The level of a pin changed.
    Edge {
        /// Which pin.
        pin: u8,
        /// When.
        at: Duration,
    },
    /// A pin is no longer monitored.
    Lost {
        /// The pin.
        pin: u8,
    },
}
