//! The program that exchanges messages with a membership system: what comes in becomes changes of the
//! records, and what happens at the doors goes out (requirements.md D-70 to D-84).
//!
//! [`Receiver`] and [`Sender`] are the two directions, which never wait for each other; [`run`] lets
//! them work until the system ends it. Whatever is killed in between: a message is deleted only once
//! the commit that carries it is durable, and an activity counts as sent only once the queue has it.
//! The bridge opens no door and speaks to none; it reads the journals, and it may only change records.

mod event;
mod inspection;
mod options;
mod pause;
mod received_batch;
mod receiver;
mod reporter;
mod run;
mod sender;
mod settle;
mod status;
mod steps;
mod worker;

pub use event::Event;
pub use inspection::{Inspection, inspect};
pub use options::Options;
pub use receiver::{Received, Receiver};
pub use run::{KIND, run};
pub use sender::{Sender, Sent, is_sent};
pub use status::{BridgeStatus, Direction, Incoming, Outgoing, StatusFile};
