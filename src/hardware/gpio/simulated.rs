//! Simulated pins, for rehearsals and tests.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::mpsc::UnboundedSender, time::Instant};

use super::chip::{Chip, Opened, PinEvent, Pins, Setup};
use crate::hardware::wiegand::Bits;

/// A chip whose pins are only recorded. A clone is the same chip.
#[derive(Clone, Debug)]
pub struct SimulatedChip {
    board: Arc<Mutex<Board>>,
    start: Instant,
}

#[derive(Debug, Default)]
struct Board {
    /// Why there is no chip, if so.
    absent: Option<String>,
    outputs: BTreeMap<u8, bool>,
    /// The level of each connected input.
    driven: BTreeMap<u8, bool>,
    pulls: BTreeMap<u8, bool>,
    events: Option<UnboundedSender<PinEvent>>,
}

impl Default for SimulatedChip {
    fn default() -> Self {
        Self { board: Arc::default(), start: Instant::now() }
    }
}

impl SimulatedChip {
    /// Returns whether an output is high; `None` if the pin never was an output.
    #[must_use]
    pub fn output(&self, pin: u8) -> Option<bool> {
        self.board().outputs.get(&pin).copied()
    }

    /// Connects an input to a level.
    pub fn drive(&self, pin: u8, high: bool) {
        let at = self.now();
        let mut board = self.board();
        if board.level(pin) != high {
            board.emit(PinEvent::Edge { pin, at });
        }
        board.driven.insert(pin, high);
    }

    /// Sends a frame over two data wires, one bit per millisecond.
    pub fn send(&self, d0: u8, d1: u8, bits: Bits) {
        let mut at = self.now();
        for bit in bits.iter() {
            self.board().emit(PinEvent::Edge { pin: if bit { d1 } else { d0 }, at });
            at += Duration::from_millis(1);
        }
    }

    /// Removes the chip for this reason, or puts it back.
    pub fn set_absent(&self, why: Option<&str>) {
        let mut board = self.board();
        board.absent = why.map(str::to_owned);
        if why.is_some() {
            board.events = None;
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Board {
    fn level(&self, pin: u8) -> bool {
        self.driven.get(&pin).or_else(|| self.pulls.get(&pin)).is_some_and(|high| *high)
    }

    fn emit(&self, event: PinEvent) {
        if let Some(sender) = &self.events {
            let _ = sender.send(event); // nobody may be listening any more
        }
    }
}

impl Chip for SimulatedChip {
    fn open(
        &mut self,
        setup: &[Setup],
        events: UnboundedSender<PinEvent>,
    ) -> Result<Opened, String> {
        let mut board = self.board();
        if let Some(why) = &board.absent {
            return Err(why.clone());
        }
        for pin in setup {
            match *pin {
                Setup::Output { pin, high } => drop(board.outputs.insert(pin, high)),
                Setup::Input { pin, pull, .. } => {
                    board.pulls.insert(pin, pull.unwrap_or_default());
                }
            }
        }
        board.events = Some(events);
        Ok(("simulated pins".to_owned(), Box::new(self.clone())))
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Pins for SimulatedChip {
    fn set(&mut self, pin: u8, high: bool) {
        self.board().outputs.insert(pin, high);
    }

    fn is_high(&self, pin: u8) -> bool {
        self.board().level(pin)
    }
}
