//! What a post may say. There is nothing in it about a person, save the name of a newcomer who agreed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The facts of a post; what does not belong to its kind is empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PostFacts {
    /// The name of the space.
    pub space: String,
    /// The name of the facility.
    pub facility: String,
    /// What is wrong, or was, in words.
    pub words: String,
    /// Until when, in local time.
    pub until: String,
    /// The name of a newcomer who agreed to be named.
    pub name: String,
    /// How many there are.
    pub number: u64,
    /// Whether it is over.
    pub over: bool,
}
