//! `space check`: lists everything that is wrong with the data.

use std::{
    io::BufRead as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::Timestamp;

use super::{
    CliError, Context, advice,
    output::{Progress, error, table},
};
use crate::{
    app::{
        check,
        receive::{self, Update},
        services,
    },
    domain::{check::lineage, model::Finding},
    store::Store,
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
    /// A commit, a tree, or a range OLD..NEW, for which only findings about changed records are
    /// listed [default: the files as they are]
    what: Option<String>,

    /// Check what the next `git commit` would commit
    #[arg(long, conflicts_with = "what")]
    staged: bool,

    /// Check what a push would change; reads the input of a pre-receive hook
    #[arg(long, conflicts_with_all = ["what", "staged"])]
    pushed: bool,

    /// Print nothing if nothing is wrong
    #[arg(long, short)]
    quiet: bool,

    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
}

/// Checks, and lists all findings. The exit code is 2 if there are errors.
///
/// # Errors
/// Fails if there is no such commit, or if the repository cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<ExitCode, CliError> {
    let store = match std::env::var_os("GIT_QUARANTINE_PATH") {
        Some(objects) => receiving_store(ctx, Some(Path::new(&objects)))?,
        // A push that only deletes brings no objects.
        None if args.pushed => receiving_store(ctx, None)?,
        None => ctx.store()?,
    };
    let progress = Progress::new("checking");
    let (what, mut findings) = match args.what.as_deref() {
        None if args.pushed => ("what is pushed".into(), pushed(&store, ctx.now)?),
        None if args.staged => {
            store.ensure_writable()?;
            let index = std::env::var_os("GIT_INDEX_FILE").map(PathBuf::from);
            ("what is staged".into(), check::staged(&store, index.as_deref())?)
        }
        Some(range) if range.contains("..") => {
            let (old, new) = range.split_once("..").unwrap_or((range, "HEAD"));
            let end = |spec: &str| store.resolve(if spec.is_empty() { "HEAD" } else { spec });
            let (old, new) = (end(old)?, end(new)?);
            let mut findings = lineage::dates(&store.links(Some(old), new)?, ctx.now);
            findings.extend(check::between(&store, old, new)?);
            (format!("what {}..{} changes", old.short(), new.short()), findings)
        }
        Some(spec) => {
            let tree = store.tree(spec)?;
            (shortened(spec).to_owned(), check::cached(&tree.read()?))
        }
        None if store.workdir().is_some() => {
            let findings = match check::unsaved(&store)?.as_slice() {
                [] => check::cached(&store.read(store.head()?)?),
                _ => check::all(&store.unsaved()?.read()?),
            };
            ("the files as they are".into(), findings)
        }
        None => ("the newest commit".into(), check::cached(&store.read(store.head()?)?)),
    };
    // Somebody who asks for everything wants to know of the services, too; a hook does not.
    if args.what.is_none() && !args.staged && !args.pushed {
        findings.extend(services::findings(&store, ctx.now));
    }
    drop(progress);
    report(ctx, &args, &what, &findings)
}

/// Opens the repository that somebody is pushing to. git keeps the pushed objects apart until a
/// hook accepts them, and at the very first push the repository has no commit.
fn receiving_store(ctx: &Context, objects: Option<&Path>) -> Result<Store, CliError> {
    let store = Store::discover(ctx.repo.as_deref().unwrap_or(Path::new(".")))?;
    objects.map_or(Ok(()), |objects| store.include(objects))?;
    Ok(store)
}

/// Checks each branch that a push moves.
fn pushed(store: &Store, now: Timestamp) -> Result<Vec<Finding>, CliError> {
    let mut findings = Vec::new();
    for line in std::io::stdin().lock().lines() {
        findings.extend(receive::check_push(store, &Update::parse(&line?)?, now)?);
    }
    findings.sort();
    Ok(findings)
}

/// Shortens a full commit id, because nobody reads forty digits.
fn shortened(spec: &str) -> &str {
    let id = spec.len() == 40 && spec.bytes().all(|byte| byte.is_ascii_hexdigit());
    if id { &spec[..7] } else { spec }
}

fn report(
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
        table::write_json(&mut out, &advice::findings(findings))?;
    } else {
        for finding in findings {
            writeln!(out, "{}", error::formatted(finding))?;
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
