//! The one way in which commands write: check, show or commit, and report.

use std::io::Write as _;

use anstyle::AnsiColor;
use clap::Args;
use similar::{ChangeTag, TextDiff};

use super::{
    CliError, Context, Opened, advice,
    input::typed,
    output::{
        error,
        written::{Done, RecordName, WriteAnswer},
    },
};
use crate::{
    app::{
        carry_out::{self, FilePreview, Preview},
        sync::{self, Options},
    },
    domain::{
        model::{CommitId, Finding, Note, text},
        ops::Plan,
    },
    store::{Applied, ErrorKind},
};

/// The options of every command that writes.
#[derive(Args, Debug, Clone, Default)]
pub(super) struct WriteArgs {
    /// Show what would be written, but write nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,

    /// Confirm that so many members lose access; needed if it is taken from many at once
    #[arg(long, value_name = "MEMBERS")]
    pub confirm: Option<usize>,
}

/// Commits a change or shows it, and reports its findings either way.
///
/// # Errors
/// Fails if the change is hardly meant, with all findings if it may not be committed, or if the
/// store cannot commit it.
pub(super) fn carry_out(
    ctx: &Context,
    space: &Opened<'_>,
    mut plan: Plan,
    args: &WriteArgs,
) -> Result<(), CliError> {
    plan.change.confirmed = args.confirm;
    carry_out::check_meaning(&space.head, &plan, ctx.now)?;
    if args.dry_run {
        let preview = carry_out::preview(&space.head, &plan, ctx.now)?;
        return show(ctx, space, &plan, &preview);
    }
    let automatic = sync::is_automatic(&space.head);
    if automatic {
        sync_now(ctx, space, Options { pull_only: true, ..Options::default() })?;
    }
    let written = |path: &str| plan.change.edits.keys().any(|edited| edited.to_string() == path);
    let Applied { commit, findings } = carry_out::carry_out(&space.head, &plan, ctx.now)
        .map_err(|error| typed::in_their_words(error.into(), written))?;
    if automatic {
        sync_now(ctx, space, Options { confirmed: args.confirm, ..Options::default() })?;
    }
    tell(ctx, space, &plan, commit, &findings).map_err(|error| {
        // Nobody must take it for undone and do it again.
        if error.message == error::BROKEN_PIPE {
            return error;
        }
        let message = format!("the change is committed as {}, but {error}", commit.short());
        CliError::new(ErrorKind::Committed, message).hint("it is done: do not repeat it")
    })
}

/// Tells what was done.
fn tell(
    ctx: &Context,
    space: &Opened<'_>,
    plan: &Plan,
    commit: CommitId,
    findings: &[Finding],
) -> Result<(), CliError> {
    let Plan { change, notes } = plan;
    if ctx.json {
        let answer = WriteAnswer::Done(Done {
            dry_run: false,
            commit: Some(commit),
            subject: change.subject.clone(),
            change: change.trailer.clone(),
            records: RecordName::all(change),
            files: change.edits.keys().map(ToString::to_string).collect(),
            contents: None,
            findings: advice::findings(findings),
            notes: advice::notes(notes),
        });
        let mut out = ctx.out();
        super::output::table::write_json(&mut out, &answer)?;
        return Ok(out.flush()?);
    }
    report(findings, notes)?;
    let green = AnsiColor::Green.on_default();
    let what = carry_out::in_words(&space.head, change);
    ctx.say(format!("{green}done{green:#}: {what} (commit {})", commit.short()))
}

/// Syncs; what keeps it from doing so is only told, since the change stands on its own.
fn sync_now(ctx: &Context, space: &Opened<'_>, options: Options) -> Result<(), CliError> {
    let done = match sync::sync(space.store, options, ctx.now) {
        Ok(done) => done,
        Err(error) => return ctx.warn(format!("not synced: {error}; `space sync` tries again")),
    };
    for joined in &done.joined {
        for (old, new) in &joined.renumbered {
            ctx.warn(format!("the number {old} was given twice: your new member is {new} now"))?;
        }
        for note in advice::notes(&joined.notes) {
            ctx.warn(note)?;
        }
    }
    Ok(())
}

/// Shows a person the findings and notes.
///
/// # Errors
/// Fails if standard error cannot be written.
pub(super) fn report(findings: &[Finding], notes: &[Note]) -> Result<(), CliError> {
    let mut err = anstream::stderr().lock();
    for finding in &typed::about_calendars(findings) {
        writeln!(err, "{}", error::formatted(finding))?;
    }
    let cyan = AnsiColor::Cyan.on_default();
    for note in advice::notes(notes) {
        writeln!(err, "{cyan}note{cyan:#}: {}", text::printable(&note))?;
    }
    Ok(())
}

/// Shows what would be written.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn show(
    ctx: &Context,
    space: &Opened<'_>,
    plan: &Plan,
    preview: &Preview,
) -> Result<(), CliError> {
    let (Plan { change, notes }, Preview { files, findings }) = (plan, preview);
    let mut out = ctx.out();
    if ctx.json {
        super::output::table::write_json(&mut out, &WriteAnswer::preview(plan, preview))?;
        return Ok(out.flush()?);
    }
    report(findings, notes)?;
    writeln!(out, "would commit: {}", carry_out::in_words(&space.head, change))?;
    for FilePreview { path, before, after } in files {
        diff(&mut out, path, before, after)?;
    }
    Ok(out.flush()?)
}

/// Writes how a file changes, like a patch.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn diff(
    out: &mut impl std::io::Write,
    path: &str,
    before: &[u8],
    after: &[u8],
) -> std::io::Result<()> {
    let (green, red) = (AnsiColor::Green.on_default(), AnsiColor::Red.on_default());
    let what = match (before.is_empty(), after.is_empty()) {
        (true, _) => "new",
        (_, true) => "removed",
        _ => "changed",
    };
    writeln!(out, "{what}: {path}")?;
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    for line in TextDiff::from_lines(before.as_ref(), after.as_ref()).iter_all_changes() {
        let text = crate::domain::model::text::shown(line.value().trim_end_matches('\n'));
        match line.tag() {
            ChangeTag::Insert => writeln!(out, "  {green}+ {text}{green:#}")?,
            ChangeTag::Delete => writeln!(out, "  {red}- {text}{red:#}")?,
            ChangeTag::Equal => writeln!(out, "    {text}")?,
        }
    }
    Ok(())
}
