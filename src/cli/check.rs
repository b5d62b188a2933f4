//! `space check`: everything that is wrong with the data, at once.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{
    CliError, Context, advice,
    output::{Progress, error, table},
};
use crate::{
    domain::{
        check,
        model::{CommitId, Finding, Place},
        records::Catalogue,
    },
    store::{Revision, Store},
    time_zones,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space check                 the files as they are, saved or not
  space check HEAD            what is committed
  space check main..draft     what a branch changes";

/// The arguments of `space check`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A commit, a tree, or a range OLD..NEW of which only what changed is told; the files as they
    /// are unless given
    what: Option<String>,

    /// What the next `git commit` would commit
    #[arg(long, conflicts_with = "what")]
    staged: bool,

    /// Say nothing where nothing is wrong
    #[arg(long, short)]
    quiet: bool,

    /// Take warnings for errors
    #[arg(long)]
    strict: bool,
}

/// Checks, and tells all findings. The process ends with 2 where there are errors.
///
/// # Errors
/// That there is no such commit, or that the repository cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<ExitCode, CliError> {
    let store = match std::env::var_os("GIT_QUARANTINE_PATH") {
        Some(objects) => receiving(ctx, &PathBuf::from(objects))?,
        None => ctx.store()?,
    };
    let progress = Progress::new("checking");
    let (what, findings) = match args.what.as_deref() {
        None if args.staged => {
            let index = std::env::var_os("GIT_INDEX_FILE").map(PathBuf::from);
            ("what is staged".into(), all(&store.staged(index.as_deref())?.read()?))
        }
        Some(range) if range.contains("..") => {
            let (old, new) = range.split_once("..").unwrap_or((range, "HEAD"));
            let end = |spec: &str| store.resolve(if spec.is_empty() { "HEAD" } else { spec });
            let (old, new) = (end(old)?, end(new)?);
            (format!("what {}..{} changes", old.short(), new.short()), between(&store, old, new)?)
        }
        Some(spec) => {
            let tree = store.tree(spec)?;
            (shortened(spec).to_owned(), known(&tree.read()?))
        }
        None if store.workdir().is_some() => {
            let findings = match unsaved(&store)?.as_slice() {
                [] => known(&store.read(store.head()?)?),
                _ => all(&store.unsaved()?.read()?),
            };
            ("the files as they are".into(), findings)
        }
        None => ("the newest commit".into(), known(&store.read(store.head()?)?)),
    };
    drop(progress);
    tell(ctx, &args, &what, &findings)
}

/// Opens the repository to which somebody pushes. What comes is kept apart until a hook has
/// accepted it, and the very first push finds a repository without a commit.
fn receiving(ctx: &Context, objects: &Path) -> Result<Store, CliError> {
    let store = Store::discover(ctx.repo.as_deref().unwrap_or(Path::new(".")))?;
    store.include(objects)?;
    Ok(store)
}

/// Nobody reads forty digits.
fn shortened(spec: &str) -> &str {
    let id = spec.len() == 40 && spec.bytes().all(|byte| byte.is_ascii_hexdigit());
    if id { &spec[..7] } else { spec }
}

/// Returns everything that is wrong with all records of a revision.
#[must_use]
pub(super) fn all(revision: &Revision<'_>) -> Vec<Finding> {
    let mut catalogue = Catalogue::default();
    let mut unreadable = Vec::new();
    let mut findings = revision.files(|place, record| match record {
        Ok(record) => catalogue.insert(place, record),
        Err(finding) => {
            unreadable.push(finding);
            catalogue.insert_unreadable(place);
        }
    });
    findings.extend(unreadable);
    findings.extend(check::all(&catalogue));
    findings.sort();
    findings.dedup();
    findings
}

/// Returns the same as [`all`], from memory where it is known.
#[must_use]
pub(super) fn known(revision: &Revision<'_>) -> Vec<Finding> {
    revision.verdict(&world(), all)
}

/// Names all that a check depends on beside the records: this program, and the time zones that it
/// knows.
fn world() -> String {
    let written = |path: PathBuf| {
        let file = std::fs::metadata(path).ok()?;
        Some((file.modified().ok()?, file.len()))
    };
    let program = std::env::current_exe().ok().and_then(written);
    format!("{} {program:?} {}", env!("CARGO_PKG_VERSION"), time_zones::edition())
}

/// Returns what a range of commits breaks, at a cost that goes by what it changes.
fn between(store: &Store, old: CommitId, new: CommitId) -> Result<Vec<Finding>, CliError> {
    let (change, mut findings) = store.read(new)?.change_since(old)?;
    findings.extend(check::change(&change, &store.read(old)?));
    findings.sort();
    findings.dedup();
    Ok(findings)
}

fn tell(
    ctx: &Context,
    args: &Args,
    what: &str,
    findings: &[Finding],
) -> Result<ExitCode, CliError> {
    use std::io::Write as _;
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let warnings = findings.len() - errors;
    let failed = errors > 0 || (args.strict && warnings > 0);
    let mut out = ctx.out();
    if ctx.json {
        table::write_json(&mut out, &advice::all_told(findings))?;
    } else {
        for finding in findings {
            writeln!(out, "{}", error::painted(finding))?;
        }
        if !args.quiet || !findings.is_empty() {
            let count = |n: usize, word| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
            let (errors, warnings) = (count(errors, "error"), count(warnings, "warning"));
            writeln!(out, "checked {what}: {errors}, {warnings}")?;
        }
    }
    out.flush()?;
    Ok(if failed { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Returns the records that differ between the newest commit and the files as they are.
///
/// # Errors
/// That the files cannot be read.
pub(super) fn unsaved(store: &Store) -> Result<Vec<(String, Option<Place>)>, CliError> {
    let changed = store.unsaved_files()?;
    Ok(changed.into_iter().map(|changed| (changed.path, changed.place)).collect())
}
