//! `space diff`: says what a change does: in words, in access, and in dues.

use std::{io::Write as _, process::ExitCode};

use super::{
    CliError, Context, advice,
    output::{Progress, table},
};
use crate::{
    app::{
        check,
        diff::{self, Style},
    },
    store::Store,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space diff                       what is here and not yet at the other repository
  space diff HEAD~5                what the last five changes and unsaved edits do
  space diff origin/main draft --markdown";

/// The arguments of `space diff`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The commit before [default: what the other repository has, or else the newest one]
    before: Option<String>,

    /// The commit after [default: the files as they are, saved or not]
    after: Option<String>,

    /// Write it for a comment under a pull request
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// Shows what changes. The exit code is 2 if the checks or the brake refuse it.
///
/// # Errors
/// Fails if there is no such commit, or if the repository cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<ExitCode, CliError> {
    let store = ctx.store()?;
    let progress = Progress::new("comparing");
    let before = match &args.before {
        Some(spec) => store.resolve(spec)?,
        None => store.tracked()?.unwrap_or(store.head()?),
    };
    let before = store.read(before)?;
    let found = match &args.after {
        Some(spec) => diff::between(&before, &store.read(store.resolve(spec)?)?, ctx.now)?,
        None if has_unsaved(&store)? => diff::between(&before, &store.unsaved()?.read()?, ctx.now)?,
        None => diff::between(&before, &store.read(store.head()?)?, ctx.now)?,
    };
    drop(progress);
    let refused = found.findings.iter().chain(&found.brake).any(|it| it.is_error());
    let mut out = ctx.out();
    if ctx.json {
        let findings = advice::findings(&found.findings);
        table::write_json(&mut out, &diff::Difference { findings, ..found })?;
    } else {
        let style = if args.markdown { Style::Markdown } else { Style::Plain };
        write!(out, "{}", diff::text(&found, style))?;
    }
    out.flush()?;
    Ok(if refused { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn has_unsaved(store: &Store) -> Result<bool, CliError> {
    Ok(store.workdir().is_some() && !check::unsaved(store)?.is_empty())
}
