//! The answer about everybody: a table of who may open what.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use super::Question;
use crate::{
    cli::{CliError, Context, progress::Progress, table},
    domain::{
        access::{self, Answer, Index, Names},
        model::{CodeHash, MemberId, Outcome, Reason, Slug},
    },
    store::{Roster, roster::Part},
};

struct Row<'r> {
    member: MemberId,
    name: &'r str,
    facility: &'r Slug,
    answer: Answer,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut row = to.serialize_struct("Row", 7)?;
        row.serialize_field("member", &self.member)?;
        row.serialize_field("name", self.name)?;
        row.serialize_field("facility", self.facility)?;
        row.serialize_field("result", &self.answer.result)?;
        row.serialize_field("reason", &self.answer.reason)?;
        row.serialize_field("priority", &self.answer.priority)?;
        row.serialize_field("required", &self.answer.required)?;
        row.end()
    }
}

const fn columns<'r>() -> [table::Column<Row<'r>>; 6] {
    [
        table::Column::new("MEMBER", |row| table::named(row.member, row.name)),
        table::Column::new("FACILITY", |row| table::text(row.facility.as_str())),
        table::Column::new("RESULT", |row| {
            let denied = row.answer.result == Outcome::Denied;
            let look = if denied { table::Look::Bad } else { table::Look::Good };
            (row.answer.result.name().into(), look)
        }),
        table::Column::new("WHY", |row| {
            table::text(row.answer.reason.map_or("has no credential", Reason::words))
        }),
        table::Column::new("PRIORITY", |row| table::maybe(row.answer.priority)),
        table::Column::new("REQUIRED", |row| table::maybe(row.answer.required)),
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
        drop(progress);
        let asked = Asked { nobody: &nobody, roster: &roster, shared: &shared, at: self.at, all };
        let (parts, facilities) = (roster.parts(), &self.facilities);
        ctx.shares(
            facilities.len() * parts.len(),
            |at| asked.of(&parts[at % parts.len()], &facilities[at / parts.len()]),
            &columns(),
            "nobody may open it now; `--all` says why",
        )
    }
}

/// What is asked of each part, by threads that share nothing else.
struct Asked<'q> {
    nobody: &'q Index,
    roster: &'q Roster,
    shared: &'q [CodeHash],
    at: Timestamp,
    all: bool,
}

impl Asked<'_> {
    /// Answers for the members of a part, in their order. Most are answered by themselves, the
    /// others by an index of them and whoever else matters.
    fn of<'r>(&self, part: &'r Part, facility: &'r Slug) -> Vec<Row<'r>> {
        let (mut names, mut others) = (Names::default(), BTreeMap::new());
        let mut rows = Vec::with_capacity(part.len());
        for row in part.rows() {
            let person = row.person();
            let entry = row.entry(person.as_ref(), facility, &mut names);
            let answer = if entry.is_alone(self.shared) {
                access::alone(self.nobody, &entry, facility, self.at)
            } else {
                others.insert(row.id(), (rows.len(), row));
                Answer::NONE
            };
            let name = person.map_or("(unreadable)", |it| it.name);
            rows.push(Row { member: row.id(), name, facility, answer });
        }
        if !others.is_empty() {
            let few = others.values().map(|(_, row)| *row);
            let index = Question::few(self.nobody, self.roster, self.shared, few);
            for (member, decision) in access::everyone(&index, facility, self.at) {
                if let (Some((place, _)), Some(decision)) = (others.get(&member), decision) {
                    rows[*place].answer = Answer::of(&decision);
                }
            }
        }
        rows.retain(|row| self.all || row.answer.result != Outcome::Denied);
        rows
    }
}
