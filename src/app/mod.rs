//! What all programs share, whatever a request comes through.
//!
//! Nothing here knows about the command line or web pages: requests are plain arguments, the time
//! is one of them, and next steps are returned as [`Advice`](crate::domain::model::Advice).

pub mod activity_export;
pub mod backup;
pub mod carry_out;
pub mod change_scope;
pub mod chat;
pub mod check;
pub mod diff;
pub mod documents;
pub mod dues;
pub mod error;
pub mod find_member;
pub mod heat;
mod here;
pub mod in_force;
pub mod init;
pub mod joining;
pub mod journals;
pub mod look_up;
pub mod measurements;
pub mod member_export;
pub mod member_requests;
pub mod members;
pub mod nearest;
pub mod new_code;
pub mod new_member;
pub mod notice;
pub mod past;
pub mod payment;
pub mod progress;
pub mod queue;
pub mod reach;
pub mod receive;
pub mod records_age;
pub mod replay;
pub mod report;
pub mod service;
pub mod services;
pub mod sync;
pub mod texts;
pub mod traces;
pub mod try_reading;
pub mod unknown_fob;
pub mod upkeep;
pub mod view;
pub mod when;
pub mod why;
pub mod zone;

pub use error::AppError;
pub use progress::Progress;
