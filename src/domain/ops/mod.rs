//! The verbs: they turn records and a request into a [`Change`](crate::domain::model::Change).
//!
//! `space <noun> <verb>` is `ops/<noun>/<verb>.rs`. A verb looks only at what it needs to decide
//! what to write. [`check`](super::check) decides whether the result is valid when the change is
//! applied, whichever program asked for it.

mod changed_fields;
pub mod channel;
pub mod class;
pub mod credential;
pub mod dues;
pub mod facility;
mod field;
#[cfg(test)]
pub(super) mod fixture;
#[cfg(test)]
mod impersonal;
pub mod induction;
pub mod joining;
pub(in crate::domain) mod look_up;
pub mod member;
pub mod meter;
pub mod notice;
pub mod payment;
mod plan;
mod plausible;
mod refusal;
pub mod requirement;
pub mod retention;
pub mod service;
pub mod space;
pub mod tier;
pub mod zone;

pub use field::Field;
pub use plan::Plan;
pub use plausible::plausible;
pub use refusal::Refusal;

/// What a verb returns: a plan, or the reason why there is none.
pub type Planned = Result<Plan, Refusal>;
