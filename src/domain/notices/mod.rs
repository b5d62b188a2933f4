//! Notices to members: their occasions and their text.
//!
//! Each occasion has a key that is recorded, so that its notice is sent once; occasions that can
//! no longer occur are forgotten.

mod defaults;
mod due;
mod facts;
mod filters;
mod joined;
mod letter;
mod occasion;
mod reminder;
mod run;
mod words;

pub use defaults::{frame, review, text};
pub use due::{due, remembered};
pub use facts::{
    AlarmFacts, ChangeFacts, ChildFacts, CoverFacts, CredentialFacts, DuesFacts, Facts,
    FailedFacts, InductionFacts, LineFacts, MemberFacts, PaymentFacts, ReminderFacts, SpaceFacts,
};
pub use filters::{DAY_FORM, day_form, is_day_form};
pub use joined::joined;
pub use letter::Letter;
pub use occasion::{Occasion, OccasionDetail};
pub use reminder::{ReminderTerms, reminder};
pub use run::run_start;
pub use words::{RenderedNotice, TemplateError, Words, plain};
