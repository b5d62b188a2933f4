//! What members are told: on which occasions, in which words.
//!
//! Each occasion has a key that its record remembers, so that it is told once; what is no longer
//! an occasion needs no memory.

mod defaults;
mod due;
mod facts;
mod letter;
mod occasion;
mod reminder;
mod run;
mod words;

pub use defaults::{frame, review, text};
pub use due::{due, remembered};
pub use facts::{
    ChangeFacts, CoverFacts, CredentialFacts, DuesFacts, Facts, InductionFacts, LineFacts,
    MemberFacts, PaymentFacts, ReminderFacts, SpaceFacts,
};
pub use letter::Letter;
pub use occasion::{About, Occasion};
pub use reminder::{ReminderTerms, reminder};
pub use run::run_start;
pub use words::{Said, Trouble, Words};
