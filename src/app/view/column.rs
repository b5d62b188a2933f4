//! A column of a table: its heading, and how a row fills it.

use std::fmt;

use crate::domain::model::MemberId;

/// The look of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Look {
    /// As everything else.
    #[default]
    Plain,
    /// All is well.
    Good,
    /// Something stands in the way.
    Bad,
    /// Worth a look.
    Odd,
    /// Beside the point.
    Faint,
}

/// What a row has in a column.
pub type Cell = (String, Look);

/// A column of rows of one type.
#[derive(Debug)]
pub struct Column<R> {
    /// What stands above it, in capitals.
    pub heading: &'static str,
    /// What a row has in it.
    pub fill: fn(&R) -> Cell,
}

impl<R> Column<R> {
    /// Makes a column.
    pub const fn new(heading: &'static str, fill: fn(&R) -> Cell) -> Self {
        Self { heading, fill }
    }
}

/// Returns a value as an unadorned cell.
pub fn plain(value: impl fmt::Display) -> Cell {
    (value.to_string(), Look::Plain)
}

/// Returns a text as an unadorned cell.
#[must_use]
pub fn text(value: &str) -> Cell {
    (value.to_owned(), Look::Plain)
}

/// Returns a member's number and name as an unadorned cell.
#[must_use]
pub fn named(member: MemberId, name: &str) -> Cell {
    plain(format_args!("{member} {name}"))
}

/// Returns an optional value as a cell, `-` where there is none.
pub fn maybe(value: Option<impl fmt::Display>) -> Cell {
    value.map_or_else(|| ("-".to_owned(), Look::Faint), plain)
}
