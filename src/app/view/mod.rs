//! The rows of answers: a program gets the row itself, a person its columns, or a sentence if there
//! are no rows.

mod access;
mod activity;
mod change;
mod column;
mod credential;
mod dues;
mod facility;
mod induction;
mod member;
mod notice;
mod payment;
mod requirement;
mod retention;
mod tier;

use serde::Serialize;

pub use super::when::local;
pub use access::Access;
pub use activity::Activity;
pub use change::{Change, ChangeWithFiles};
pub use column::{Cell, Column, Look, maybe, named, plain, text};
pub use credential::{Credential, State};
pub use dues::{DuesLine, Owed, Short};
pub use facility::Facility;
pub use induction::Induction;
pub use member::Member;
pub use notice::NoticeView;
pub use payment::{Payment, Unmatched, id};
pub use requirement::{Requirement, Window};
pub use retention::Overdue;
pub use tier::Tier;

/// A row of an answer.
pub trait View: Serialize + Sized + 'static {
    /// The sentence for a person if there are no rows.
    const EMPTY: &'static str;
    /// The columns for a person, from left to right.
    const COLUMNS: &'static [Column<Self>];
}
