//! A line of a statement as it is told.

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::{
    model::{MemberId, Tag},
    money::{Amount, Currency},
    ops::payment::Import,
    payments::{Because, Fate, Known, Outcome, Statement},
};

/// One line and what becomes of it.
#[derive(Serialize)]
pub(super) struct Told {
    pub(super) statement: String,
    pub(super) line: u32,
    pub(super) date: Option<Date>,
    pub(super) amount: Option<Amount>,
    pub(super) text: Option<String>,
    pub(super) id: Option<Tag>,
    pub(super) fate: &'static str,
    pub(super) reason: Option<&'static str>,
    pub(super) why: Option<String>,
    pub(super) member: Option<MemberId>,
    #[serde(skip)]
    pub(super) who: String,
    pub(super) months: Option<u16>,
    pub(super) paid_until: Option<Date>,
    pub(super) marks: Vec<String>,
}

impl Told {
    pub(super) fn new(
        statements: &[Statement],
        import: &Import,
        outcome: &Outcome,
        currency: &Currency,
    ) -> Self {
        let line = outcome.line.as_ref();
        let mut told = Self {
            statement: statements
                .get(outcome.statement)
                .map(|it| it.name.clone())
                .unwrap_or_default(),
            line: outcome.number,
            date: line.map(|line| line.date),
            amount: line.map(|line| currency.amount(line.amount)),
            text: line.map(|line| line.text.clone()),
            id: outcome.id.clone(),
            fate: "",
            reason: None,
            why: None,
            member: None,
            who: String::new(),
            months: None,
            paid_until: None,
            marks: outcome.marks.iter().map(ToString::to_string).collect(),
        };
        match &outcome.fate {
            Fate::Credited { member, months, because } => {
                told.fate = "credited";
                (told.member, told.months) = (Some(*member), Some(*months));
                if let Some(turn) = import.turns.get(member) {
                    (told.who, told.paid_until) = (turn.who.clone(), turn.after);
                }
                (told.reason, told.why) = match because {
                    Because::Reference => (Some("reference"), None),
                    Because::Child(id) => (Some("child"), Some(format!("for the child {id}"))),
                    Because::Payer => (Some("payer"), Some("by the payer".to_owned())),
                };
            }
            Fate::Known(known) => {
                told.fate = "known";
                (told.reason, told.member) = match known {
                    Known::Payment(member) => (Some("payment"), Some(*member)),
                    Known::Unmatched => (Some("unmatched"), None),
                    Known::Twice => (Some("twice"), None),
                };
            }
            Fate::Unmatched(reason) => {
                told.fate = "unmatched";
                (told.reason, told.why) = (Some(reason.code()), Some(reason.to_string()));
            }
            Fate::Ignored(reason) => {
                told.fate = "ignored";
                (told.reason, told.why) = (Some(reason.code()), Some(reason.to_string()));
            }
        }
        told
    }

    /// Returns where the line is: `january.ofx:17`.
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.statement, self.line)
    }
}
