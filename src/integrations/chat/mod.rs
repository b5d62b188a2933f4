//! Chats: where posts go, who is in which channel, and the commands that people type there.

mod button;
mod error;
mod open;
mod options;
#[cfg(feature = "services")]
mod patience;
#[cfg(feature = "services")]
mod slack;
#[cfg(feature = "services")]
mod stand_in;
#[cfg(feature = "services")]
mod webhook;

use std::collections::BTreeSet;

use jiff::Timestamp;

pub use button::{Answer, Button};
pub use error::ChatError;
#[cfg(not(feature = "services"))]
pub use open::none;
pub use open::{poster, workspace};
pub use options::{ChatKind, ChatOptions};
#[cfg(feature = "services")]
pub use slack::{Heard, Listening, answer, listen};
#[cfg(feature = "services")]
pub use stand_in::{Fault, StandIn};

/// Where a text goes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum To {
    /// A channel, by its name or by the chat's id of it.
    Channel(String),
    /// Somebody alone, by the chat's id of the account.
    Person(String),
}

/// A text that is to be posted. Whatever is in it is shown as it stands: no markup, nobody is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// What tells it from every other one.
    pub key: String,
    /// Where it goes.
    pub to: To,
    /// The text.
    pub text: String,
    /// What may be pressed below it, where that can be heard; other chats leave it out.
    pub buttons: Vec<Button>,
}

/// Whether something that was posted without an answer has arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrived {
    /// It is there.
    Yes,
    /// It is not there, or posting it again has no second effect.
    No,
    /// The chat does not tell.
    Unknown,
}

/// Somewhere to post.
pub trait Poster: Send {
    /// Posts a text once. If it cannot be known whether it arrived, it is not posted again.
    ///
    /// # Errors
    /// The chat does not answer, is asked too often, or refuses.
    fn post(&mut self, it: &Outgoing) -> Result<(), ChatError>;

    /// Looks whether a text has arrived that was posted at that time or later.
    ///
    /// # Errors
    /// The chat does not answer, or refuses.
    fn arrived(&mut self, it: &Outgoing, since: Timestamp) -> Result<Arrived, ChatError>;
}

/// Somebody at a chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// The chat's id.
    pub id: String,
    /// The name there.
    pub name: Option<String>,
    /// The e-mail address, if the chat says that it has been confirmed.
    pub email: Option<String>,
    /// Whether they administer the workspace.
    pub administers: bool,
    /// Whether it is a program.
    pub is_program: bool,
    /// Whether the account has been switched off.
    pub is_gone: bool,
}

/// A channel, as the chat has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Room {
    /// The chat's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whether it was archived.
    pub archived: bool,
    /// Whether this program is in it.
    pub joined: bool,
    /// Whether people come in by invitation only.
    pub private: bool,
    /// Whether everybody is in it, always.
    pub general: bool,
}

/// A list, and whether it is all there is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed<T> {
    /// What is in it.
    pub all: T,
    /// Whether the chat told all of it.
    pub complete: bool,
}

/// A chat whose channels follow the records.
pub trait Workspace: Send {
    /// Returns everybody who is there.
    ///
    /// # Errors
    /// The chat does not answer, or does not let us in.
    fn people(&mut self) -> Result<Listed<Vec<Person>>, ChatError>;

    /// Returns the channels.
    ///
    /// # Errors
    /// The chat does not answer, or does not let us in.
    fn rooms(&mut self) -> Result<Listed<Vec<Room>>, ChatError>;

    /// Returns who is in a channel.
    ///
    /// # Errors
    /// The chat does not answer, or refuses.
    fn inside(&mut self, room: &Room) -> Result<Listed<BTreeSet<String>>, ChatError>;

    /// Brings this program into a channel, which it has to be in to change anything there.
    ///
    /// # Errors
    /// The chat does not answer, or refuses.
    fn join(&mut self, room: &Room) -> Result<(), ChatError>;

    /// Lets people into a channel; whoever is in it already stays.
    ///
    /// # Errors
    /// The chat does not answer, or refuses one of them.
    fn invite(&mut self, room: &Room, accounts: &[String]) -> Result<(), ChatError>;

    /// Removes somebody from a channel; it is no error if they are not in it.
    ///
    /// # Errors
    /// The chat does not answer, or refuses.
    fn remove(&mut self, room: &Room, account: &str) -> Result<(), ChatError>;
}
