//! Inductions, with the names of members.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CellStyle, Column, View, maybe, named, plain};
use crate::domain::model::{MemberId, Slug};

/// An induction, with its member.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct InductionView {
    /// The facility.
    pub facility: Slug,
    /// The member who was inducted.
    pub member: MemberId,
    /// The name of the member.
    pub name: String,
    /// The day.
    pub on: Date,
    /// The inductor.
    pub by: Option<MemberId>,
    /// Whether the member may induct others.
    pub inductor: bool,
}

impl View for InductionView {
    const EMPTY: &'static str = "there are no inductions";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::new("ON", |row| plain(row.on)),
        Column::new("BY", |row| maybe(row.by)),
        Column::new("INDUCTOR", |row| match row.inductor {
            true => ("yes".to_owned(), CellStyle::Good),
            false => ("-".to_owned(), CellStyle::Faint),
        }),
    ];
}
