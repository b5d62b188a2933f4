//! The records of a space, as values: one file per record, named after it.

pub mod activity;
pub mod advice;
pub mod alarm_rules;
mod apart;
pub mod budget;
pub mod change;
pub mod code;
pub mod commit_id;
pub mod contact;
pub mod credential;
pub mod decimal;
pub mod email;
pub mod facility;
pub mod finding;
pub mod finding_code;
pub mod folder;
pub mod format;
pub mod home;
pub mod induction;
pub mod kinds;
pub mod member;
pub mod member_id;
pub mod member_messages;
pub mod meter;
pub mod note;
pub mod notice;
mod nullable;
pub mod path;
pub mod payer;
pub mod payment;
pub mod quantity;
pub mod reason;
pub mod record_path;
pub mod requirement;
mod returns;
pub mod slug;
pub mod space;
pub mod spread_tag;
pub mod statement_profile;
pub mod subject;
pub mod tag;
pub mod tag_messages;
pub mod template;
pub mod text;
pub mod tier;
pub mod transaction;
pub mod unit;
pub mod zone;

pub use activity::{AccessResult, Activity};
pub use advice::Advice;
pub use alarm_rules::{AlarmKind, AlarmRules, Months, QuietHours};
pub use change::{Change, Edit};
pub use code::{Code, CodeHash, CredentialType, SpaceKey};
pub use commit_id::CommitId;
pub use contact::Contact;
pub use credential::{Credential, Grant};
pub use decimal::Decimal;
pub use facility::{Facility, FacilityKind};
pub use finding::{Finding, Severity};
pub use finding_code::FindingCode;
pub use folder::{Basis, FacilityFolder, MemberFolder, Slot, Unread};
pub use format::{FORMAT, Newer};
pub use home::Home;
pub use induction::Induction;
pub use kinds::{LocatedRecord, Record, RecordPath};
pub use member::Member;
pub use member_id::MemberId;
pub use member_messages::{MemberMessages, Replaced};
pub use meter::{
    DeviceProfile, GuardSource, HttpSource, Meter, MeterAlarm, MqttSource, Price, Source, W1Source,
};
pub use note::Note;
pub use notice::{Notice, NoticeKind, SentNotice};
pub use payer::Payer;
pub use payment::{Part, Payment, Returned};
pub use quantity::Quantity;
pub use reason::Reason;
pub use requirement::{Arm, Requirement};
pub use slug::Slug;
pub use space::{DuesRules, NoticeRules, Retention, Space};
pub use spread_tag::SpreadTag;
pub use statement_profile::{Columns, DirectionColumn, StatementProfile, StatusColumn};
pub use subject::{Counted, Impersonal, Subject};
pub use tag::Tag;
pub use tag_messages::{Activated, StatedCode, TagMessages};
pub use template::{Template, TemplateForm};
pub use tier::Tier;
pub use transaction::Transaction;
pub use unit::{Base, Unit};
pub use zone::{SetPoint, Wish, Zone};

/// The number by which both sides of a door are compared; below zero, nobody needs a credential.
pub type Priority = i32;

/// An amount of money in minor units (pence, cents) of the space's currency.
pub type Money = i64;
