//! The verbs: records and a request in, a [`Change`](crate::domain::model::Change) out.
//!
//! `space <noun> <verb>` is `ops/<noun>/<verb>.rs`. A verb looks only at what it must know to say
//! what is to be written; whether the result is right is asked by [`check`](super::check) when the
//! change is applied, for every way in alike.

pub mod credential;
pub mod dues;
mod edits;
pub mod facility;
mod field;
#[cfg(test)]
mod fixture;
pub mod induction;
mod look_up;
pub mod member;
pub mod notice;
pub mod payment;
mod plan;
mod refusal;
pub mod requirement;
pub mod retention;
pub mod space;
pub mod tier;

pub use field::Field;
pub use plan::Plan;
pub use refusal::Refusal;

/// What a verb answers: a plan, or why there is none.
pub type Planned = Result<Plan, Refusal>;
