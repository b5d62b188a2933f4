//! What the web tells: lines of its log. None of them has anything personal in it.

use std::fmt;

use serde::Serialize;

use crate::{
    domain::model::{CommitId, MemberId, Slug},
    service::LogEvent,
};

/// Something that whoever runs the web may want to know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// It listens.
    Listening {
        /// The URL, or the path of the socket.
        at: String,
        /// What is served there.
        serves: String,
    },
    /// A commit came into force.
    InForce {
        /// The commit.
        commit: CommitId,
    },
    /// Records were changed.
    Changed {
        /// The login.
        by: String,
        /// The subject of the commit.
        subject: String,
        /// The commit.
        commit: CommitId,
    },
    /// Somebody joined by themselves.
    Joined {
        /// The member.
        member: MemberId,
        /// How many children joined with them.
        children: usize,
    },
    /// A wrong name or password was given.
    WrongPassword {
        /// From where.
        from: String,
        /// How long this address has to wait now, in seconds.
        wait: u64,
    },
    /// A member logged in.
    LoggedIn {
        /// The member.
        member: MemberId,
        /// By what.
        by: String,
    },
    /// Somebody wanted to log in as a member and was not let in.
    LoginRefused {
        /// By what.
        by: String,
        /// Why.
        why: String,
    },
    /// A request came from an address that is not that of the facility's controller.
    WrongController {
        /// The facility.
        facility: Slug,
        /// From where.
        from: String,
    },
    /// A request for a facility was not signed as it has to be.
    WrongSignature {
        /// The facility.
        facility: Slug,
        /// From where.
        from: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A controller left a message.
    Message {
        /// The facility.
        facility: Slug,
        /// The message.
        text: String,
    },
    /// What everybody is told about the space has changed.
    Open {
        /// Whether it is open, or nobody knows.
        open: Option<bool>,
    },
    /// Something does not work.
    Trouble {
        /// What it is.
        words: String,
    },
    /// Something else.
    Note {
        /// What it is.
        words: String,
    },
    /// The program ends.
    Stopped,
}

impl LogEvent for Event {
    fn gravity(&self) -> u8 {
        match self {
            Self::WrongPassword { .. }
            | Self::LoginRefused { .. }
            | Self::WrongController { .. }
            | Self::WrongSignature { .. }
            | Self::Trouble { .. } => 4,
            _ => 6,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listening { at, serves } => write!(f, "listening at {at} for {serves}"),
            Self::InForce { commit } => write!(f, "in force: commit {}", commit.short()),
            Self::Changed { by, subject, commit } => {
                write!(f, "{by}: {subject} (commit {})", commit.short())
            }
            Self::Joined { member, children: 0 } => write!(f, "{member} joined"),
            Self::Joined { member, children } => {
                write!(f, "{member} joined, children: {children}")
            }
            Self::WrongPassword { from, wait } => {
                write!(f, "a wrong name or password from {from}; it has to wait {wait} s")
            }
            Self::LoggedIn { member, by } => write!(f, "{member} logged in by {by}"),
            Self::LoginRefused { by, why } => write!(f, "nobody was let in by {by}: {why}"),
            Self::WrongController { facility, from } => {
                write!(f, "{from} asked as the controller of {facility}, which it is not")
            }
            Self::WrongSignature { facility, from, why } => {
                write!(f, "{from} asked as the controller of {facility}, but {why}")
            }
            Self::Message { facility, text } => write!(f, "message of {facility}: {text}"),
            Self::Open { open: Some(true) } => {
                f.write_str("the space is open, as everybody is told")
            }
            Self::Open { open: Some(false) } => {
                f.write_str("the space is closed, as everybody is told")
            }
            Self::Open { open: None } => f.write_str("nobody knows whether the space is open"),
            Self::Trouble { words } | Self::Note { words } => f.write_str(words),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}
