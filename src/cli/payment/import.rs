//! `space payment import`: shows what would become of each line, asks, and writes one commit.

use std::{fs, path::PathBuf};

use super::report;
use crate::{
    cli::{
        CliError, Context, context, fetch,
        input::prompt,
        maintain,
        output::Progress,
        write::{self, WriteArgs},
    },
    domain::{ops, payments::Statement},
    integrations::statement::{How, read},
    store::Revision,
};

/// Shown below the options.
const EXAMPLES: &str = "\
OFX and CAMT.053 are read as they are. For a CSV file, statement-profiles/<name>.json says what
stands where; --profile names it. Importing a file again changes nothing.

Examples:
  space payment import january.ofx --dry-run
  space payment import january.csv --profile our-bank --yes";

/// The arguments of `space payment import`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The bank's files
    #[arg(required = true, value_name = "STATEMENT")]
    statements: Vec<PathBuf>,

    /// What stands where in a CSV file
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
/// That a file is no statement, that nobody says yes, or what checks find.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let progress = Progress::new("reading statements");
    let statements = statements(&head, args)?;
    let today = ctx.now.to_zoned(context::zone(&head)?).date();
    let import = ops::payment::import(&head, &statements, today)?;
    drop(progress);
    let currency = fetch::currency(&head)?;
    let nothing = import.plan.change.edits.is_empty();
    if !ctx.json {
        report::tell(ctx, &statements, &import, &currency)?;
    }
    let mut commit = None;
    if args.write.dry_run {
        let findings = store.check(&import.plan.change)?;
        write::tell(&findings, &import.plan.notes)?;
    } else if !nothing {
        write::tell(&[], &import.plan.notes)?;
        if !args.yes {
            prompt::agreed("Import this", "writes", "written")?;
        }
        let progress = Progress::new("writing");
        let applied = store.apply(&import.plan.change, head.id(), &store.author()?, ctx.now)?;
        commit = Some(applied.commit);
        maintain::begin(&store);
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

fn statements(head: &Revision<'_>, args: &Args) -> Result<Vec<Statement>, CliError> {
    let space = fetch::space(head)?;
    let zone = context::zone_of(&space)?;
    let profile = args.profile.as_deref().map(|name| fetch::profile(head, name)).transpose()?;
    let how = How { zone: &zone, currency: &space.currency, profile: profile.as_ref() };
    let one = |path: &PathBuf| {
        let name = path.display().to_string();
        let bytes = fs::read(path)
            .map_err(|error| CliError::user(format!("cannot read {name}: {error}")))?;
        read(&name, &bytes, &how).map_err(|said| CliError::user(said).hint(advice(head)))
    };
    args.statements.iter().map(one).collect()
}

fn advice(head: &Revision<'_>) -> String {
    let names: Vec<String> = head.profiles().iter().map(ToString::to_string).collect();
    if names.is_empty() {
        return "a table needs a file statement-profiles/<name>.json; `space init --example` lays \
                one down to look at"
            .to_owned();
    }
    format!("--profile says what stands where in a table; there is: {}", names.join(", "))
}
