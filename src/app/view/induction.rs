//! Who may use what, and who showed them.

use jiff::civil::Date;
use serde::Serialize;

use super::{Column, Look, View, maybe, named, plain};
use crate::domain::model::{MemberId, Slug};

/// An induction, with whose it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Induction {
    /// To what.
    pub facility: Slug,
    /// Whose.
    pub member: MemberId,
    /// The name of the member.
    pub name: String,
    /// When.
    pub on: Date,
    /// By whom.
    pub by: Option<MemberId>,
    /// Whether they may show others.
    pub inductor: bool,
}

impl View for Induction {
    const EMPTY: &'static str = "no inductions";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::new("ON", |row| plain(row.on)),
        Column::new("BY", |row| maybe(row.by)),
        Column::new("INDUCTOR", |row| match row.inductor {
            true => ("yes".to_owned(), Look::Good),
            false => ("-".to_owned(), Look::Faint),
        }),
    ];
}
