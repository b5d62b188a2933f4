//! A column of a table: its heading, and how to fill it from a row.

use std::fmt;

use crate::domain::model::MemberId;

/// The style of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum CellStyle {
    /// Normal.
    #[default]
    Plain,
    /// Good news.
    Good,
    /// An error or refusal.
    Bad,
    /// Worth attention.
    Warning,
    /// Unimportant.
    Faint,
}

/// The value of a row in a column.
pub type Cell = (String, CellStyle);

/// A column of rows of one type.
#[derive(Debug)]
pub struct Column<R> {
    /// The heading, in capitals.
    pub heading: &'static str,
    /// Returns the cell of a row.
    pub fill: fn(&R) -> Cell,
    /// Where there is too little room for all columns, those with the highest number go first;
    /// those with 0 always stay.
    pub spare: u8,
}

impl<R> Column<R> {
    /// Makes a column.
    pub const fn new(heading: &'static str, fill: fn(&R) -> Cell) -> Self {
        Self { heading, fill, spare: 0 }
    }

    /// Makes a column that may be left out where there is too little room: the higher `rank`, the
    /// sooner.
    pub const fn spare(rank: u8, heading: &'static str, fill: fn(&R) -> Cell) -> Self {
        Self { heading, fill, spare: rank }
    }
}

/// Returns a value as a plain cell.
pub fn plain(value: impl fmt::Display) -> Cell {
    (value.to_string(), CellStyle::Plain)
}

/// Returns a text as a plain cell.
#[must_use]
pub fn text(value: &str) -> Cell {
    (value.to_owned(), CellStyle::Plain)
}

/// Returns a member's number and name as a plain cell.
#[must_use]
pub fn named(member: MemberId, name: &str) -> Cell {
    plain(format_args!("{member} {name}"))
}

/// Returns an optional value as a cell, which is `-` if there is none.
pub fn maybe(value: Option<impl fmt::Display>) -> Cell {
    value.map_or_else(|| ("-".to_owned(), CellStyle::Faint), plain)
}

/// Counts things in a sentence: `2 members`.
#[must_use]
pub fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
