//! The rows of answers: a program gets the row itself, a person its columns, or a sentence if there
//! are no rows.

mod access;
mod activity;
mod application;
pub mod building;
mod change;
mod channel;
mod class;
mod column;
mod contact;
mod credential;
pub mod csv;
pub mod door_status;
mod dues;
mod facility;
mod induction;
mod measurement;
mod member;
mod meter;
mod notice;
mod payment;
mod payment_fields;
mod profile;
mod requirement;
mod retention;
mod reveal;
mod tier;
mod traces;
mod waiting;
mod zone;

use schemars::JsonSchema;
use serde::Serialize;

pub use super::when::local;
pub use access::AccessView;
pub use activity::ActivityView;
pub use application::{ApplicationView, application_lines};
pub use change::{ChangeView, ChangeWithFiles, with_origin};
pub use channel::ChannelView;
pub use class::{AttendanceView, ClassView};
pub use column::{Cell, CellStyle, Column, counted, maybe, named, plain, text};
pub use contact::contact_lines;
pub use credential::{CredentialView, GrantState};
pub use dues::{DuesLineView, DuesView, UnderpaymentView};
pub use facility::{DemandFields, FacilityView};
pub use induction::InductionView;
pub use measurement::MeasurementView;
pub use member::MemberView;
pub use meter::{MeterView, digits, number};
pub use notice::NoticeView;
pub(super) use payment::why;
pub use payment::{PaymentView, UnmatchedView, id, short, short_id};
pub use payment_fields::PaymentFields;
pub use profile::ProfileView;
pub use requirement::{RequirementView, WindowView};
pub use retention::OverdueView;
pub use reveal::RevealView;
pub use tier::TierView;
pub use traces::{AuthoredCommit, TracesView};
pub use waiting::WaitingView;
pub use zone::{StretchView, ZoneView};

/// A row of an answer.
pub trait View: Serialize + JsonSchema + Sized + 'static {
    /// The sentence for a person if there are no rows.
    const EMPTY: &'static str;
    /// The columns for a person, from left to right.
    const COLUMNS: &'static [Column<Self>];
}
