//! A member who may be meant by a transaction that nobody is credited with.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::model::{MemberId, text::shown};

/// A member who may be meant. Nobody is credited by a suggestion alone: a person has to take it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Suggestion {
    /// The member who would be credited; for a child, the parent.
    pub member: MemberId,
    /// The name of that member.
    pub name: String,
}

impl Suggestion {
    /// Returns the number and name of the member: `0042 Ada Lovelace`.
    #[must_use]
    pub fn who(&self) -> String {
        format!("{} {}", self.member, shown(&self.name))
    }
}

impl fmt::Display for Suggestion {
    /// Writes `perhaps 0042 Ada Lovelace`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "perhaps {}", self.who())
    }
}
