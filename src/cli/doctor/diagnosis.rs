//! One thing that was examined, and what to do about it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::view::{CellStyle, Column, View, maybe, plain},
    cli::{CliError, output::command},
};

/// How well one thing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Grade {
    /// It works.
    Good,
    /// It works, but will cause trouble some day.
    Odd,
    /// It does not work.
    Bad,
}

/// What was examined, what was found, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct Diagnosis {
    what: String,
    pub(super) grade: Grade,
    found: String,
    advice: Option<String>,
}

impl View for Diagnosis {
    const EMPTY: &'static str = "there was nothing to examine";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("WHAT", |row| plain(&row.what)),
        Column::new("IS", |row| match row.grade {
            Grade::Good => ("ok".into(), CellStyle::Good),
            Grade::Odd => ("warning".into(), CellStyle::Warning),
            Grade::Bad => ("error".into(), CellStyle::Bad),
        }),
        Column::new("FOUND", |row| plain(&row.found)),
        Column::new("WHAT TO DO", |row| maybe(row.advice.as_deref())),
    ];
}

impl Diagnosis {
    /// Makes a diagnosis that something works.
    pub(super) fn ok(what: impl Into<String>, found: impl Into<String>) -> Self {
        Self { what: what.into(), grade: Grade::Good, found: found.into(), advice: None }
    }

    /// Makes a diagnosis that something will cause trouble.
    pub(super) fn warning(
        what: impl Into<String>,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let advice = Some(command::complete(&advice.into()).into_owned());
        Self { grade: Grade::Odd, advice, ..Self::ok(what, found) }
    }

    /// Makes a diagnosis that something does not work.
    pub(super) fn error(
        what: impl Into<String>,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { grade: Grade::Bad, ..Self::warning(what, found, advice) }
    }

    /// Makes a diagnosis from the error that a command would report.
    pub(super) fn from_error(what: impl Into<String>, error: impl Into<CliError>) -> Self {
        let error = error.into();
        let advice = error.hint.map(|it| command::complete(&it).into_owned());
        Self { grade: Grade::Bad, advice, ..Self::ok(what, error.message) }
    }
}
