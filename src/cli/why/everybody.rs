//! The answer about everybody: a table of who may open what.

use serde::Serialize;

use super::Question;
use crate::{
    cli::{
        CliError, Context,
        output::{Progress, table},
    },
    domain::{
        access,
        model::{MemberId, Outcome, Priority, Reason, Slug},
    },
};

#[derive(Serialize)]
struct Row<'r> {
    member: MemberId,
    name: &'r str,
    facility: &'r Slug,
    result: Outcome,
    /// Nothing without a credential.
    reason: Option<Reason>,
    priority: Option<Priority>,
    required: Option<Priority>,
}

const fn columns<'r>() -> [table::Column<Row<'r>>; 6] {
    [
        table::Column::new("MEMBER", |row| table::named(row.member, row.name)),
        table::Column::new("FACILITY", |row| table::text(row.facility.as_str())),
        table::Column::new("RESULT", |row| {
            let denied = row.result == Outcome::Denied;
            let look = if denied { table::Look::Bad } else { table::Look::Good };
            (row.result.name().into(), look)
        }),
        table::Column::new("WHY", |row| {
            table::text(row.reason.map_or("has no credential", Reason::words))
        }),
        table::Column::new("PRIORITY", |row| table::maybe(row.priority)),
        table::Column::new("REQUIRED", |row| table::maybe(row.required)),
    ]
}

impl Question<'_> {
    /// Lists who may open what; with `all` also who may not.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub(super) fn everybody(&self, ctx: &Context, all: bool) -> Result<(), CliError> {
        let progress = Progress::new("reading members");
        let roster = self.revision.roster();
        let index = Self::few(&self.nobody(), &roster, &[], roster.rows());
        let mut rows = Vec::new();
        for facility in &self.facilities {
            for (member, decision) in access::everyone(&index, facility, self.at) {
                let result = decision.as_ref().map_or(Outcome::Denied, |it| it.result);
                if !all && result == Outcome::Denied {
                    continue;
                }
                let person = roster.get(member).and_then(|row| row.person());
                rows.push(Row {
                    member,
                    name: person.map_or("(unreadable)", |it| it.name),
                    facility,
                    result,
                    reason: decision.as_ref().map(|it| it.reason),
                    priority: decision.as_ref().and_then(|it| it.priority),
                    required: decision.as_ref().and_then(|it| it.required),
                });
            }
        }
        drop(progress);
        ctx.rows(&rows, &columns(), "nobody may open it now; `--all` says why")
    }
}
