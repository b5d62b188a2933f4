//! The profiles of bank statements.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, plain};
use crate::domain::model::{Slug, StatementProfile};

/// A profile.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ProfileView {
    /// The short name for commands.
    pub profile: Slug,
    /// Whether it is a record of the space; otherwise it comes with the program.
    pub own: bool,
    /// The layout.
    #[serde(flatten)]
    pub layout: StatementProfile,
}

impl View for ProfileView {
    const EMPTY: &'static str = "there are no profiles";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("PROFILE", |row| plain(&row.profile)),
        Column::new("NAME", |row| plain(&row.layout.name)),
        Column::new("DAYS", |row| plain(&row.layout.date_form)),
        Column::new("FROM", |row| plain(if row.own { "this space" } else { "the program" })),
    ];
}
