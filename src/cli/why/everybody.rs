//! The answer about everybody: a table of who may open what.

use jiff::Timestamp;
use serde::Serialize;

use super::Question;
use crate::{
    cli::{CliError, Context, progress::Progress, table},
    domain::{
        access::{self, Decision, Index},
        model::{MemberId, Outcome, Reason, Slug},
    },
    store::roster::Part,
};

#[derive(Clone, Copy, Serialize)]
struct Row<'r> {
    member: MemberId,
    name: &'r str,
    facility: &'r Slug,
    result: Outcome,
    reason: Option<Reason>,
    priority: Option<i32>,
    required: Option<i32>,
}

const fn columns<'r>() -> [table::Column<Row<'r>>; 6] {
    [
        table::Column::new("MEMBER", |row| table::plain(format!("{} {}", row.member, row.name))),
        table::Column::new("FACILITY", |row| table::text(row.facility.as_str())),
        table::Column::new("RESULT", |row| match row.result {
            Outcome::Denied => ("denied".into(), table::Look::Bad),
            other => (other.to_string().into(), table::Look::Good),
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
        let (nobody, shared) = (self.nobody(), roster.shared_codes());
        let (facilities, at) = (&self.facilities, self.at);
        let parts = roster.by_part(|part| {
            let index = Self::few(&nobody, &roster, &shared, part.rows());
            let of = |facility| rows(part, &index, facility, at, all);
            facilities.iter().map(of).collect::<Vec<_>>()
        });
        drop(progress);
        let rows: Vec<Row<'_>> = (0..facilities.len())
            .flat_map(|facility| parts.iter().flat_map(move |part| &part[facility]))
            .copied()
            .collect();
        ctx.rows(&rows, &columns(), "nobody may open it now; `--all` says why")
    }
}

/// Answers for the members of a part, by an index that knows some others too.
fn rows<'r>(
    part: &'r Part,
    index: &Index,
    facility: &'r Slug,
    at: Timestamp,
    all: bool,
) -> Vec<Row<'r>> {
    let answers = access::everyone(index, facility, at).into_iter();
    // Both are sorted by number.
    let mut own = part.rows().peekable();
    let row = |(member, decision): (MemberId, Option<Decision<'_>>)| {
        let result = decision.as_ref().map_or(Outcome::Denied, |d| d.result);
        while own.next_if(|row| row.id() < member).is_some() {}
        let own = own.next_if(|row| row.id() == member)?;
        if !all && result == Outcome::Denied {
            return None;
        }
        Some(Row {
            member,
            name: own.person().map_or("(unreadable)", |it| it.name),
            facility,
            result,
            reason: decision.as_ref().map(|d| d.reason),
            priority: decision.as_ref().and_then(|d| d.priority),
            required: decision.as_ref().and_then(|d| d.required),
        })
    };
    answers.filter_map(row).collect()
}
