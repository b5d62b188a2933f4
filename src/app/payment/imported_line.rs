//! A line of a statement, for people and programs.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::view;
use crate::domain::{
    model::{MemberId, Tag},
    money::{Amount, Currency},
    ops::payment::Import,
    payments::{
        IgnoredReason, KnownFrom, LineKind, LineOutcome, MatchedBy, Statement, StatementLine,
        Suggestion, TransactionStatus, UnmatchedReason,
    },
};

/// One line and its result.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ImportedLine {
    /// The name of the statement.
    pub statement: String,
    /// The line in it, counted from 1.
    pub line: u32,
    /// The day of booking, if the line could be read.
    pub date: Option<Date>,
    /// The amount.
    pub amount: Option<Amount>,
    /// The bank's text.
    pub text: Option<String>,
    /// The id that it is recorded under.
    pub id: Option<Tag>,
    /// `credited`, `known`, `unmatched` or `ignored`.
    pub fate: &'static str,
    /// The reason, as a word for programs.
    pub reason: Option<&'static str>,
    /// The reason, for people; `None` if it is obvious.
    pub why: Option<String>,
    /// The member who is credited.
    pub member: Option<MemberId>,
    /// The number and name of that member.
    #[serde(skip)]
    pub who: String,
    /// How many months it buys.
    pub months: Option<u16>,
    /// The first day that is not paid for afterwards.
    pub paid_until: Option<Date>,
    /// The members who may be meant, likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// The id of the record that may be of the same money.
    pub twin: Option<Tag>,
    /// The name of the payment that it probably takes back.
    pub takes_back: Option<Tag>,
    /// What else is unusual about the line.
    pub marks: Vec<String>,
}

impl ImportedLine {
    /// Makes a row of a line; the rest of the import tells what it means for the member.
    #[must_use]
    pub fn new(
        statements: &[Statement],
        import: &Import,
        outcome: &LineOutcome,
        currency: &Currency,
    ) -> Self {
        let line = outcome.line.as_ref();
        let mut row = Self {
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
            suggestions: outcome.suggestions.clone(),
            twin: None,
            takes_back: outcome
                .takes_back
                .as_ref()
                .and_then(|it| Some(it.payment.as_ref()?.0.clone())),
            marks: outcome.flags.iter().map(ToString::to_string).collect(),
        };
        match &outcome.status {
            TransactionStatus::Credited { member, months, matched_by } => {
                row.fate = "credited";
                (row.member, row.months) = (Some(*member), Some(*months));
                if let Some(change) = import.cover_changes.get(member) {
                    (row.who, row.paid_until) = (change.who.clone(), change.after);
                }
                (row.reason, row.why) = match matched_by {
                    MatchedBy::Reference => (Some("reference"), None),
                    MatchedBy::Child(id) => (Some("child"), Some(format!("for the child {id}"))),
                    MatchedBy::Payer => (Some("payer"), Some("by the payer".to_owned())),
                };
            }
            TransactionStatus::Known(known) => {
                row.fate = "known";
                (row.reason, row.member) = match known {
                    KnownFrom::Payment(member) => (Some("payment"), Some(*member)),
                    KnownFrom::Unmatched => (Some("unmatched"), None),
                    KnownFrom::Twice => (Some("twice"), None),
                };
            }
            TransactionStatus::Unmatched(reason) => {
                row.fate = "unmatched";
                (row.reason, row.why) = (Some(reason.code()), Some(reason.to_string()));
                if let UnmatchedReason::PerhapsKnown(twin) = reason {
                    row.twin = Some(twin.id.clone());
                }
            }
            TransactionStatus::Ignored(reason) => {
                row.fate = "ignored";
                (row.reason, row.why) = (Some(reason.code()), Some(reason.to_string()));
                if *reason == IgnoredReason::MoneyBack {
                    row.member = outcome.takes_back.as_ref().map(|it| it.member);
                    row.why = line.map(|line| money_back(line, row.member, currency));
                }
            }
        }
        row
    }

    /// Returns why it is unmatched, and who may be meant.
    pub fn why_unmatched(&self) -> String {
        view::why(self.why.as_deref().unwrap_or_default(), &self.suggestions)
    }

    /// Returns where the line is: `january.ofx:17`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.statement, self.line)
    }
}

/// Says how much went back, to whom and why.
fn money_back(line: &StatementLine, member: Option<MemberId>, currency: &Currency) -> String {
    let mut why = format!("{} went back", currency.amount(line.amount.saturating_abs()));
    if let Some(member) = member {
        why.push_str(&format!(" to {member}"));
    }
    if line.kind != LineKind::Plain {
        why.push_str(&format!(": {}", line.kind));
    }
    why
}
