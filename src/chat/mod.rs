//! The program that posts in chats what happens, and answers the commands that members type there.
//!
//! [`Machine`] decides what is posted and when: a pure function of what it is told and the time. Around
//! it are threads that look at the records, the doors, the building and the bridge, and one for each
//! chat, which posts. A post is remembered before it is sent, so that a kill neither loses nor repeats
//! it. Commands and presses of buttons are answered beside that ([`commands`]); what they change goes through
//! the records, and a door is only ever asked.

pub mod commands;
mod event;
mod machine;
mod options;
mod outside;
mod press;
mod run;
mod status;

pub use event::Event;
pub use machine::{
    DoorSeen, Effect, Happened, Input, Job, Known, Machine, Outbox, Place, Private, Terms, Waiting,
};
pub use options::Options;
pub use outside::{report_failure, store_outbox};
pub use run::{KIND, run};
pub use status::{ChatStatus, PostStatus, StatusFile};
