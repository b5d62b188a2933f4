//! Messages of a membership system: a text and the records in, a change or a reason out
//! (requirements.md D-73).
//!
//! A queue delivers a message at least once and in any order. The message that was sent last counts,
//! and a reservation that was revoked stays revoked. What has to be remembered for that is in the
//! records [`TagMessages`](super::model::TagMessages) and
//! [`MemberMessages`](super::model::MemberMessages), written together with the change itself.

mod activate;
mod batch;
mod code_now;
mod facility_name;
mod fields;
mod given_tag;
mod masked;
mod memory;
mod message;
mod modify;
mod moment;
mod newcomer;
mod outcome;
mod outgoing;
mod request;
mod requirement;
mod revoke;
mod step;
mod terms;
mod trailer;

pub use batch::{Batch, receive};
pub use masked::masked;
pub use message::Message;
pub use outcome::Outcome;
pub use outgoing::Outgoing;
pub use terms::Terms;
pub use trailer::origin;
