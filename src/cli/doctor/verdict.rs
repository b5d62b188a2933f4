//! One thing that was looked at, and what to do about it.

use serde::Serialize;

use crate::{
    app::view::{Column, Look, View, maybe, plain},
    cli::CliError,
};

/// How it is with one thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Grade {
    /// All is well.
    Good,
    /// It works, and will be trouble some day.
    Odd,
    /// It does not work.
    Bad,
}

/// What was looked at, what was found, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Verdict {
    what: String,
    pub(super) grade: Grade,
    found: String,
    advice: Option<String>,
}

impl View for Verdict {
    const EMPTY: &'static str = "there was nothing to look at";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("WHAT", |row| plain(&row.what)),
        Column::new("IS", |row| match row.grade {
            Grade::Good => ("well".into(), Look::Good),
            Grade::Odd => ("odd".into(), Look::Odd),
            Grade::Bad => ("amiss".into(), Look::Bad),
        }),
        Column::new("FOUND", |row| plain(&row.found)),
        Column::new("WHAT TO DO", |row| maybe(row.advice.as_deref())),
    ];
}

impl Verdict {
    /// Makes a verdict that all is well.
    pub(super) fn good(what: impl Into<String>, found: impl Into<String>) -> Self {
        Self { what: what.into(), grade: Grade::Good, found: found.into(), advice: None }
    }

    /// Makes a verdict that something will be trouble.
    pub(super) fn odd(
        what: impl Into<String>,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let advice = Some(advice.into());
        Self { grade: Grade::Odd, advice, ..Self::good(what, found) }
    }

    /// Makes a verdict that something does not work.
    pub(super) fn bad(
        what: impl Into<String>,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { grade: Grade::Bad, ..Self::odd(what, found, advice) }
    }

    /// Makes a verdict of what a command would have failed with.
    pub(super) fn of_error(what: impl Into<String>, error: impl Into<CliError>) -> Self {
        let error = error.into();
        let advice = error.hint;
        Self { grade: Grade::Bad, advice, ..Self::good(what, error.message) }
    }
}
