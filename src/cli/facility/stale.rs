//! What a facility does with old records, as arguments.

use crate::domain::{
    model::{Priority, StaleRule},
    ops::Field,
};

/// The arguments that say what opens with old records.
#[derive(clap::Args, Debug)]
pub(super) struct StaleArgs {
    /// After how many days without news of the records its door no longer lets everybody in
    #[arg(long, value_name = "DAYS")]
    stale_after: Option<u16>,

    /// The priority that opens it then; without it, nobody gets in
    #[arg(long, value_name = "PRIORITY", requires = "stale_after")]
    stale_priority: Option<Priority>,
}

impl StaleArgs {
    /// Returns the rule, if one is given.
    pub(super) fn rule(&self) -> Option<StaleRule> {
        let after_days = self.stale_after?;
        Some(StaleRule { after_days, priority: self.stale_priority })
    }

    /// Returns the change of the rule.
    pub(super) fn change(&self, clear: bool) -> Field<StaleRule> {
        Field::of(self.rule(), clear)
    }
}
