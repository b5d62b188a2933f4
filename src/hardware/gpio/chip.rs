//! The seam between what pins mean and the chip that has them.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

/// What has pins, or may have some when asked again.
pub trait Chip: Send {
    /// Makes the pins what they shall be; outputs have their level before they are outputs. From
    /// then on the inputs are listened to.
    ///
    /// # Errors
    /// There are no pins, or they cannot be had: a sentence on why and what to do.
    fn open(&mut self, setup: &[Setup], heard: UnboundedSender<Heard>) -> Result<Opened, String>;

    /// Returns the time on the clock by which edges are stamped.
    fn now(&self) -> Duration;
}

/// Pins that were opened, and in words what has them.
pub type Opened = (String, Box<dyn Pins>);

/// Pins that are open. They are given back when this is dropped; outputs keep their level.
pub trait Pins: Send {
    /// Sets an output.
    fn set(&mut self, pin: u8, high: bool);

    /// Reads an input.
    fn is_high(&self, pin: u8) -> bool;
}

/// What a pin shall be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Setup {
    /// An output.
    Output {
        /// Which pin.
        pin: u8,
        /// Its level to begin with.
        high: bool,
    },
    /// An input.
    Input {
        /// Which pin.
        pin: u8,
        /// To where it is held when nothing is connected, if it is held.
        pull: Option<bool>,
        /// Which edges are listened to.
        edges: Edges,
    },
}

/// Which edges of an input are listened to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edges {
    /// Those from low to high.
    Rising,
    /// Those from high to low.
    Falling,
    /// All.
    Both,
}

/// What comes from the inputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heard {
    /// The level of a pin changed.
    Edge {
        /// Which pin.
        pin: u8,
        /// When.
        at: Duration,
    },
    /// A pin is no longer listened to.
    Deaf {
        /// Which pin.
        pin: u8,
    },
}
