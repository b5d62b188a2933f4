//! A step of a plan, for people and programs.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::view::{Column, View, maybe, named, plain, text},
    domain::{
        follow::{Action, Step, Terms},
        model::MemberId,
        money::{Amount, Currency},
    },
};

/// A step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct StepView {
    /// `open`, `add`, `change` or `remove`.
    pub action: &'static str,
    /// The member.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// The account, if there is one already.
    pub account: Option<String>,
    /// What is taken each month before, in minor units.
    pub before: Option<Amount>,
    /// What is taken each month afterwards, in minor units.
    pub after: Option<Amount>,
    /// The first local day to be charged for, if that is not at once.
    pub from: Option<Date>,
    /// Why.
    pub because: String,
}

impl StepView {
    /// Makes a row of a step.
    #[must_use]
    pub fn new(step: &Step<Terms>, name: String, currency: &Currency) -> Self {
        let amount = |terms: Option<&Terms>| terms.map(|it| currency.amount(it.monthly));
        let (before, after) = step.action.sides();
        let from = match step.action {
            Action::Add { from, .. } => from,
            Action::Open | Action::Change { .. } | Action::Remove { .. } => None,
        };
        Self {
            action: step.action.word(),
            member: step.member,
            name,
            account: step.account.clone(),
            before: amount(before),
            after: amount(after),
            from,
            because: step.because.clone(),
        }
    }
}

impl View for StepView {
    const EMPTY: &'static str = "the service agrees with the records";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("STEP", |row| plain(row.action)),
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::new("BEFORE", |row| maybe(row.before)),
        Column::new("AFTER", |row| maybe(row.after)),
        Column::spare(1, "FROM", |row| maybe(row.from)),
        Column::spare(2, "ACCOUNT", |row| maybe(row.account.as_ref())),
        Column::new("BECAUSE", |row| text(&row.because)),
    ];
}
