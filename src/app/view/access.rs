//! Who may open what.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, CellStyle, Column, View, maybe, named, text};
use crate::domain::{
    access::Decision,
    model::{AccessResult, MemberId, Priority, Reason, Slug},
};

/// What the decision for a member at a facility would be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct AccessView {
    /// The member.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// The facility.
    pub facility: Slug,
    /// Granted or denied.
    pub result: AccessResult,
    /// The reason; `None` without a credential.
    pub reason: Option<Reason>,
    /// The priority of the grant that counts, or came closest.
    pub priority: Option<Priority>,
    /// The highest priority required, if the decision got that far.
    pub required: Option<Priority>,
}

impl AccessView {
    /// Makes a row of the decision on the member's best credential, if they have any.
    #[must_use]
    pub fn new(
        member: MemberId,
        name: &str,
        facility: &Slug,
        decision: Option<&Decision<'_>>,
    ) -> Self {
        Self {
            member,
            name: name.to_owned(),
            facility: facility.clone(),
            result: decision.map_or(AccessResult::Denied, |it| it.result),
            reason: decision.map(|it| it.reason),
            priority: decision.and_then(|it| it.priority),
            required: decision.and_then(|it| it.required),
        }
    }

    fn result(&self) -> Cell {
        let denied = self.result == AccessResult::Denied;
        (self.result.name().to_owned(), if denied { CellStyle::Bad } else { CellStyle::Good })
    }
}

impl View for AccessView {
    const EMPTY: &'static str = "nobody may open it now";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::new("FACILITY", |row| text(row.facility.as_str())),
        Column::new("RESULT", Self::result),
        Column::new("WHY", |row| text(row.reason.map_or("has no credential", Reason::words))),
        Column::spare(1, "PRIORITY", |row| maybe(row.priority)),
        Column::spare(2, "REQUIRED", |row| maybe(row.required)),
    ];
}
