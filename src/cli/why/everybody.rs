//! The answer about everybody: a table of who may open what.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::Question;
use crate::{
    cli::{CliError, Context, progress::Progress, table},
    domain::{
        access::{self, Answer, Entry, Index, Names},
        model::{CodeHash, MemberId, Outcome, Reason, Slug},
    },
    store::{
        Roster,
        roster::{self, Part},
    },
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
        let asked = Asked {
            nobody: &nobody,
            roster: &roster,
            shared: &shared,
            facilities: &self.facilities,
            at: self.at,
        };
        let parts = roster.by_part(|part| {
            let answers = asked.of(part);
            let each = asked.facilities.iter().zip(&answers);
            each.map(|(facility, answers)| rows(part, answers, facility, all)).collect::<Vec<_>>()
        });
        drop(progress);
        let rows: Vec<Row<'_>> = (0..self.facilities.len())
            .flat_map(|facility| parts.iter().flat_map(move |part| &part[facility]))
            .copied()
            .collect();
        ctx.rows(&rows, &columns(), "nobody may open it now; `--all` says why")
    }
}

/// What is asked of each part, by threads that share nothing else.
struct Asked<'q> {
    nobody: &'q Index,
    roster: &'q Roster,
    shared: &'q [CodeHash],
    facilities: &'q [Slug],
    at: Timestamp,
}

impl Asked<'_> {
    /// Answers for the members of a part, in their order, for each facility. Most are answered by
    /// themselves, the others by an index of them and whoever else matters.
    fn of(&self, part: &Part) -> Vec<Vec<Answer>> {
        let (mut names, mut others) = (Names::default(), BTreeMap::new());
        let mut answers = vec![Vec::with_capacity(part.len()); self.facilities.len()];
        for (place, row) in part.rows().enumerate() {
            let entry = Entry::with(&mut names, &row.folder_for_access());
            let alone = entry.is_alone(self.shared);
            for (facility, answers) in self.facilities.iter().zip(&mut answers) {
                let answer = || access::alone(self.nobody, &entry, facility, self.at);
                answers.push(if alone { answer() } else { Answer::NONE });
            }
            if !alone {
                others.insert(row.id(), (place, row));
            }
        }
        if !others.is_empty() {
            let rows = others.values().map(|(_, row)| *row);
            let index = Question::few(self.nobody, self.roster, self.shared, rows);
            for (facility, answers) in self.facilities.iter().zip(&mut answers) {
                for (member, decision) in access::everyone(&index, facility, self.at) {
                    if let (Some((place, _)), Some(decision)) = (others.get(&member), decision) {
                        answers[*place] = Answer::of(&decision);
                    }
                }
            }
        }
        answers
    }
}

fn rows<'r>(part: &'r Part, answers: &[Answer], facility: &'r Slug, all: bool) -> Vec<Row<'r>> {
    let wanted = part.rows().zip(answers);
    let wanted = wanted.filter(|(_, answer)| all || answer.result != Outcome::Denied);
    let row = |(row, answer): (roster::Row<'r>, &Answer)| Row {
        member: row.id(),
        name: row.person().map_or("(unreadable)", |it| it.name),
        facility,
        result: answer.result,
        reason: answer.reason,
        priority: answer.priority,
        required: answer.required,
    };
    wanted.map(row).collect()
}
