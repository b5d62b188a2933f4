//! A strike that only remembers what it was told.

use crate::hardware::{Strike, StrikeError};

/// A strike that only remembers what it was told. It starts locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SimulatedStrike {
    unlocked: bool,
}

impl SimulatedStrike {
    /// Tells whether it could be opened.
    #[must_use]
    pub const fn is_unlocked(&self) -> bool {
        self.unlocked
    }
}

impl Strike for SimulatedStrike {
    fn unlock(&mut self) -> Result<(), StrikeError> {
        self.unlocked = true;
        Ok(())
    }

    fn lock(&mut self) -> Result<(), StrikeError> {
        self.unlocked = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_locked_until_told_otherwise() {
        let mut strike = SimulatedStrike::default();
        assert!(!strike.is_unlocked());
        strike.unlock().unwrap();
        assert!(strike.is_unlocked());
        strike.lock().unwrap();
        assert!(!strike.is_unlocked());
    }
}
