//! A simulated keyboard, for rehearsals and tests.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::port::{Keys, Port};

/// A keyboard whose keys the caller presses. A clone is the same keyboard.
#[derive(Clone, Debug, Default)]
pub struct SimulatedKeyboard {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    unplugged: bool,
    typed: Option<UnboundedSender<u16>>,
}

impl SimulatedKeyboard {
    /// Presses keys one after another; they are lost while it is unplugged.
    pub fn press(&self, codes: &[u16]) {
        if let Some(typed) = &self.state().typed {
            for code in codes {
                let _ = typed.send(*code); // nobody may be listening any more
            }
        }
    }

    /// Plugs it in, or unplugs it.
    pub fn plug(&self, plugged: bool) {
        let mut state = self.state();
        state.unplugged = !plugged;
        if !plugged {
            state.typed = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Port for SimulatedKeyboard {
    type Keys = SimulatedKeys;

    fn open(&mut self) -> Result<(String, SimulatedKeys), String> {
        let mut state = self.state();
        if state.unplugged {
            return Err("the simulated keyboard is not plugged in".to_owned());
        }
        let (sender, keys) = mpsc::unbounded_channel();
        state.typed = Some(sender);
        Ok(("a simulated keyboard".to_owned(), SimulatedKeys(keys)))
    }
}

/// The keys of a [`SimulatedKeyboard`].
#[derive(Debug)]
pub struct SimulatedKeys(UnboundedReceiver<u16>);

impl Keys for SimulatedKeys {
    async fn next(&mut self) -> io::Result<u16> {
        let unplugged = || io::Error::new(io::ErrorKind::NotFound, "it was unplugged");
        self.0.recv().await.ok_or_else(unplugged)
    }
}
