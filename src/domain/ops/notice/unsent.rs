//! Why there is no letter.

use std::fmt;

use crate::domain::{model::NoticeKind, notices::TemplateError, ops::Refusal};

/// Why there is no letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unsent {
    /// Neither the member nor the parent has an address.
    NoAddress,
    /// The notice is not about the membership, and the member did not ask for news.
    NotAsked,
    /// The name is not valid in the header of a letter.
    BadName(String),
    /// The template has an error.
    Template(NoticeKind, TemplateError),
    /// Something else that the letter needs cannot be read.
    Refused(Refusal),
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress => f.write_str("there is no valid e-mail address on record"),
            Self::NotAsked => f.write_str("they did not ask for news"),
            Self::BadName(complaint) => write!(f, "the name {complaint}: correct it first"),
            Self::Template(kind, error) => {
                write!(f, "templates/{kind}.{}", error.form)?;
                if let Some((line, column)) = error.at {
                    write!(f, ":{line}:{column}")?;
                }
                write!(f, ": {}", error.note)
            }
            Self::Refused(refusal) => write!(f, "{}", refusal.message),
        }
    }
}
