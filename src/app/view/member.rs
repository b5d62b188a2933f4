//! Members, with their standing.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CellStyle, Column, View, maybe, plain};
use crate::domain::{
    dues::{Cover, Standing},
    model::{MemberId, Slug},
};

/// A member.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct MemberView {
    /// The number.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// The tier.
    pub tier: Slug,
    /// Their standing today.
    pub standing: Standing,
    /// The first day that is not covered.
    #[serde(flatten)]
    pub covered_until: Cover,
    /// The first day of membership.
    pub joined: Date,
    /// The day they left, if they did.
    pub left: Option<Date>,
    /// The parent, who pays for them.
    pub parent: Option<MemberId>,
    /// How many credentials they have.
    pub credentials: usize,
}

impl View for MemberView {
    const EMPTY: &'static str = "there are no members";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::spare(1, "TIER", |row| plain(&row.tier)),
        Column::new("STANDING", |row| (row.standing.word().to_owned(), style_of(row.standing))),
        Column::new("COVERED UNTIL", |row| {
            maybe((row.covered_until != Cover::Never).then_some(row.covered_until))
        }),
        Column::spare(2, "JOINED", |row| plain(row.joined)),
        Column::spare(3, "CREDENTIALS", |row| plain(row.credentials)),
    ];
}

/// Returns the style of a standing.
const fn style_of(standing: Standing) -> CellStyle {
    match standing {
        Standing::Good => CellStyle::Good,
        Standing::Lapsed => CellStyle::Warning,
        Standing::Suspended => CellStyle::Bad,
        Standing::Left => CellStyle::Faint,
    }
}
