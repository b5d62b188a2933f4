//! `space payment import`: shows the result of each line, asks, and writes one commit.

use std::{fs, path::PathBuf};

use super::report;
use crate::{
    app::{
        carry_out,
        payment::import::{self, StatementFile},
    },
    cli::{
        CliError, Context,
        input::prompt,
        output::Progress,
        write::{self, WriteArgs},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
OFX and CAMT.053 files need no description. The columns of a CSV file are described in
statement-profiles/<name>.json; name the profile with --profile. Importing a file again changes
nothing.

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

    /// The profile that describes a CSV file
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Imports statements.
///
/// # Errors
/// Fails if a file is not a statement, if nobody confirms, or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let progress = Progress::new("reading statements");
    let statements = import::statements(&space.head, &files(args)?, args.profile.as_deref())?;
    let import = import::plan(&space.head, &statements, ctx.now)?;
    drop(progress);
    let currency = space.currency()?;
    let nothing = import.plan.change.edits.is_empty();
    if !ctx.json {
        report::print(ctx, &statements, &import, &currency)?;
    }
    let mut commit = None;
    if args.write.dry_run {
        let findings = space.store.check(&import.plan.change)?;
        write::report(&findings, &import.plan.notes)?;
    } else if !nothing {
        write::report(&[], &import.plan.notes)?;
        if !args.yes {
            prompt::require_confirmation("Import these transactions", "writes", "written")?;
        }
        let progress = Progress::new("writing");
        commit = Some(carry_out::carry_out(&space.head, &import.plan, ctx.now)?.commit);
        drop(progress);
    }
    if ctx.json {
        return report::write_json(
            ctx,
            &statements,
            &import,
            &currency,
            commit,
            args.write.dry_run,
        );
    }
    let subject = &import.plan.change.subject;
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
