//! `space door clock`: tells the door that its clock is right.

use clap::Subcommand;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::journals,
    cli::{
        CliError, Context,
        input::{machine::MachineArgs, prompt},
        output::table,
    },
    control::{self, AskError, Request},
    door::memory::Memory,
    store::Author,
};

/// What became of the clock.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Trusted {
    /// What it shows.
    shows: Timestamp,
    /// How many later moments were put aside.
    aside: u64,
}

/// The verbs of `space door clock`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Confirm that the clock is right, and put activities and commits from the future aside
    Trust(TrustArgs),
}

/// The arguments of `space door clock trust`.
#[derive(clap::Args, Debug)]
pub(crate) struct TrustArgs {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    /// Who confirms it [default: the name that git knows]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    #[command(flatten)]
    machine: MachineArgs,
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Trust(args) => trust(ctx, args),
    }
}

/// Makes the running door trust its clock, or records it for the next one that runs.
///
/// # Errors
/// Fails if nobody confirms, or if what is remembered cannot be read or put aside.
fn trust(ctx: &Context, args: TrustArgs) -> Result<(), CliError> {
    let config = args.machine.config()?;
    let ctx = &MachineArgs::space(ctx, &config);
    if !args.yes {
        let question = format!("The clock of this machine shows {:.0}. Is that right", ctx.now);
        prompt::require_confirmation(&question, "trusts the clock", "put aside")?;
    }
    let by = args.by.or_else(|| Some(Author::from_git().ok()?.name));
    let by = by.unwrap_or_else(|| "somebody".to_owned());
    let request = Request::TrustClock { by: by.clone() };
    let (shows, aside) = match control::ask(&args.machine.socket(ctx, &config)?, &request) {
        Ok(answer) => {
            let shows: Option<Timestamp> = answer["shows"].as_str().and_then(|it| it.parse().ok());
            (shows.unwrap_or(ctx.now), answer["aside"].as_u64().unwrap_or_default())
        }
        Err(AskError::NoDoor(_)) => {
            let store = ctx.store()?;
            let folder = config.journal.clone();
            let folder = folder.map_or_else(|| journals::folder(&store), Ok)?;
            let commit = store.read(store.head()?)?.time();
            let mut memory = Memory::open(store.dir(), &folder, false);
            (ctx.now, memory.put_aside(ctx.now, Some(commit), &by)? as u64)
        }
        Err(error) => return Err(error.into()),
    };
    if ctx.json {
        let answer = Trusted { shows, aside };
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    let what = match aside {
        0 => "nothing later was on record".to_owned(),
        1 => "1 later moment was put aside".to_owned(),
        many => format!("{many} later moments were put aside"),
    };
    ctx.say(format!("the door trusts its clock, which shows {shows:.0}; {what}"))
}
