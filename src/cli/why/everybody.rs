//! The answer about everybody: a table of who may open what.

use serde::Serialize;

use super::Question;
use crate::{
    cli::{CliError, Context, progress::Progress, table},
    domain::{
        access::{self, Entry, Index},
        model::{MemberId, Outcome, Reason, Slug},
    },
};

#[derive(Serialize)]
struct Row {
    member: MemberId,
    name: String,
    facility: Slug,
    result: Outcome,
    reason: Option<Reason>,
    priority: Option<i32>,
    required: Option<i32>,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("MEMBER", |row: &Row| table::plain(format!("{} {}", row.member, row.name))),
    table::Column::new("FACILITY", |row| table::plain(&row.facility)),
    table::Column::new("RESULT", |row| match row.result {
        Outcome::Denied => ("denied".into(), table::Look::Bad),
        other => (other.to_string(), table::Look::Good),
    }),
    table::Column::new("WHY", |row| {
        table::plain(row.reason.map_or("has no credential", Reason::words))
    }),
    table::Column::new("PRIORITY", |row| table::maybe(row.priority)),
    table::Column::new("REQUIRED", |row| table::maybe(row.required)),
];

impl Question<'_> {
    /// Lists who may open what; with `all` also who may not.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub(super) fn everybody(&self, ctx: &Context, all: bool) -> Result<(), CliError> {
        let (basis, _) = self.revision.basis();
        let progress = Progress::new("reading members");
        let roster = self.revision.roster();
        let entries = roster.members().iter().map(Entry::new);
        let index = Index::compile(self.revision.id(), &basis, entries, self.window());
        drop(progress);
        let name = |id| roster.get(id).and_then(|folder| folder.member.get());
        let mut rows = Vec::new();
        for facility in &self.facilities {
            for (member, decision) in access::everyone(&index, facility, self.at) {
                let result = decision.as_ref().map_or(Outcome::Denied, |d| d.result);
                if !all && result == Outcome::Denied {
                    continue;
                }
                rows.push(Row {
                    member,
                    name: name(member).map_or_else(|| "(unreadable)".into(), |it| it.name.clone()),
                    facility: facility.clone(),
                    result,
                    reason: decision.as_ref().map(|d| d.reason),
                    priority: decision.as_ref().and_then(|d| d.priority),
                    required: decision.as_ref().and_then(|d| d.required),
                });
            }
        }
        ctx.rows(&rows, COLUMNS, "nobody may open it now; `--all` says why")
    }
}
