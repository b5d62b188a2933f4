//! `space payment import`: shows the result of each line, asks, and writes one commit.

use std::{fs, path::PathBuf};

use super::{report, walk};
use crate::{
    app::{
        carry_out,
        payment::{
            import::{self, StatementFile, TableOptions},
            imported_line::ImportedLine,
        },
    },
    cli::{
        CliError, Context,
        input::prompt,
        output::Progress,
        write::{self, WriteArgs},
    },
    domain::ops::payment::Decisions,
};

/// Shown below the options.
const EXAMPLES: &str = "\
OFX and CAMT files need no description, not even in a ZIP archive. The columns of a CSV file are
described by a profile, which is chosen by the header line: `space payment profile list` shows those
of many banks, `space payment profile new` makes another. Importing a file again changes nothing. At
a terminal, it asks about each transaction that it cannot credit before it writes.

Examples:
  space payment import january.ofx --dry-run
  space payment import january.csv --profile our-bank --yes";

/// The arguments of `space payment import`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The bank's statement files
    #[arg(required = true, value_name = "STATEMENT")]
    statements: Vec<PathBuf>,

    /// The profile that describes a CSV file, if the header line does not tell
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// Read days as the profile says, although one of them does not fit
    #[arg(long)]
    trust_days: bool,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Imports statements, after asking what becomes of transactions that nobody can be credited with.
///
/// # Errors
/// Fails if a file is not a statement, if nobody confirms, or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let progress = Progress::new("reading statements");
    let options = TableOptions { profile: args.profile.as_deref(), trust_days: args.trust_days };
    let (statements, mut notes) = import::statements(&space.head, files(args)?, options)?;
    let mut import = import::plan(&space.head, &statements, ctx.now)?;
    notes.append(&mut import.plan.notes);
    import.plan.notes = notes;
    drop(progress);
    let currency = space.currency()?;
    let nothing = import.plan.change.edits.is_empty();
    if !ctx.json {
        report::print(ctx, &statements, &import, &currency)?;
    }
    let dry_run = args.write.dry_run;
    let findings =
        if dry_run { space.store.check(&import.plan.change, ctx.now)? } else { Vec::new() };
    write::report(&findings, &import.plan.notes)?;
    let mut plan = import.plan.clone();
    let mut commit = None;
    if !dry_run && !nothing {
        if !args.yes && !ctx.json && prompt::is_interactive() {
            let line = |it| ImportedLine::new(&statements, &import, it, &currency);
            let rows: Vec<ImportedLine> = import.lines.outcomes.iter().map(line).collect();
            let mut decisions = Decisions::new(&space.head, &import);
            walk::through(&space, &rows, &mut decisions)?;
            plan = decisions.plan();
        }
        if !args.yes {
            let question = format!("{}: write it", plan.change.subject.as_str());
            prompt::require_confirmation(&question, "writes", "written")?;
        }
        let progress = Progress::new("writing");
        commit = Some(carry_out::carry_out(&space.head, &plan, ctx.now)?.commit);
        drop(progress);
    }
    if ctx.json {
        return report::write_json(ctx, &statements, &import, &currency, commit, dry_run);
    }
    let subject = &plan.change.subject;
    match commit {
        _ if nothing => ctx.say("nothing to write"),
        Some(commit) => {
            let green = anstyle::AnsiColor::Green.on_default();
            ctx.say(format!("{green}done{green:#}: {subject} (commit {})", commit.short()))
        }
        None => ctx.say(format!("would commit: {subject}")),
    }
}

fn files(args: &Args) -> Result<Vec<StatementFile>, CliError> {
    let one = |path: &PathBuf| {
        let name = path.display().to_string();
        let bytes = fs::read(path)
            .map_err(|error| CliError::user(format!("cannot read {name}: {error}")))?;
        Ok(StatementFile { name, bytes })
    };
    args.statements.iter().map(one).collect()
}
