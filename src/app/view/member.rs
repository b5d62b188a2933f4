//! Members, with how they stand.

use jiff::civil::Date;
use serde::Serialize;

use super::{Column, Look, View, maybe, plain};
use crate::domain::{
    dues::{Cover, Standing},
    model::{MemberId, Slug},
};

/// A member.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Member {
    /// The number.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// What kind of member.
    pub tier: Slug,
    /// How they stand today.
    pub standing: Standing,
    /// The first day that is not covered.
    pub covered_until: Cover,
    /// The first day.
    pub joined: Date,
    /// The last day, if they left.
    pub left: Option<Date>,
    /// Who pays for them.
    pub parent: Option<MemberId>,
    /// How many credentials they have.
    pub credentials: usize,
}

impl View for Member {
    const EMPTY: &'static str = "nobody";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("TIER", |row| plain(&row.tier)),
        Column::new("STANDING", |row| (row.standing.word().to_owned(), look(row.standing))),
        Column::new("COVERED UNTIL", |row| {
            maybe((row.covered_until != Cover::Never).then_some(row.covered_until))
        }),
        Column::new("JOINED", |row| plain(row.joined)),
        Column::new("CREDENTIALS", |row| plain(row.credentials)),
    ];
}

/// Returns the look of a standing.
const fn look(standing: Standing) -> Look {
    match standing {
        Standing::Good => Look::Good,
        Standing::Lapsed => Look::Odd,
        Standing::Suspended => Look::Bad,
        Standing::Left => Look::Faint,
    }
}
