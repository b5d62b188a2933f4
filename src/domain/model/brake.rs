//! How much access one change may take away before somebody has to confirm it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The bounds of a change that needs nobody to confirm it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Brake {
    /// The share of the members with access, in percent, that may lose it at once; 100 for any.
    pub percent: u8,
    /// The number of members who may lose access at once, however few members there are.
    pub few: u32,
}

impl Default for Brake {
    fn default() -> Self {
        Self { percent: 20, few: 5 }
    }
}

impl Brake {
    /// Tells whether so many members may not lose access without somebody confirming it.
    #[must_use]
    pub fn holds(self, losing: usize, of: usize) -> bool {
        let (losing, of) = (losing as u128, of as u128);
        losing > u128::from(self.few) && losing * 100 > of * u128::from(self.percent)
    }

    /// Tells whether the bounds are those of a space that says nothing about them.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_may_always_lose_access_and_many_only_up_to_the_share() {
        let usual = Brake::default();
        for (losing, of, holds) in [
            (0, 0, false),
            (5, 5, false),
            (6, 6, true),
            (6, 30, false),
            (7, 30, true),
            (20, 100, false),
            (21, 100, true),
        ] {
            assert_eq!(usual.holds(losing, of), holds, "{losing} of {of}");
        }
        assert!(!Brake { percent: 100, few: 0 }.holds(9, 9));
        assert!(Brake { percent: 0, few: 0 }.holds(1, 1_000));
    }
}
