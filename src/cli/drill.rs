//! `space drill`: rehearses that this machine died, and says how long it takes until a new one opens
//! the door.

use std::{io, path::PathBuf, time::Duration};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    CliError, Context, advice,
    input::passphrase::PassphraseArgs,
    output::{Waiting, table},
};
use crate::{
    app::backup::{self, Scratch, Verified},
    clock,
    domain::records::Records as _,
    door::{self, Options},
    integrations::sealed::Passphrase,
    service::Show,
    store::Store,
};

/// Shown below the options.
const NOTES: &str = "\
In a temporary folder, a backup of this machine is made, a new machine is made from it, every object and
record is looked at, the last hundred activities are decided again, and a door with simulated devices
is started, which answers a reading. This machine goes on as if nothing had happened. With --bundle, the
backup that you have is taken: then the drill is as good as the real thing.

Examples:
  space drill
  space drill --bundle /media/stick/makers.tar.age";

/// The arguments of `space drill`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(super) struct Args {
    /// Take this backup [default: one that is made now]
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,

    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// What came of a drill.
#[derive(Serialize, JsonSchema)]
pub(super) struct Drill {
    steps: Vec<Step>,
    /// How long all of it took, in milliseconds.
    total_ms: u128,
    verified: Verified,
}

/// One step, and how long it took.
#[derive(Serialize, JsonSchema)]
struct Step {
    what: &'static str,
    ms: u128,
}

/// Rehearses.
///
/// # Errors
/// Fails at the first step that would fail on the day.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let waiting = Waiting::default();
    let scratch = Scratch::new()?;
    let mut watch = Watch { last: clock::uptime(), steps: Vec::new() };
    let (file, passphrase) = match &args.bundle {
        Some(file) => {
            let passphrase = args.passphrase.known()?;
            watch.last = clock::uptime(); // nobody types as fast as on the day
            (file.clone(), passphrase)
        }
        None => {
            let file = scratch.path().join("backup.tar.age");
            let random = uuid::Uuid::new_v4().to_string();
            let passphrase = Passphrase::new(&random)
                .ok_or_else(|| CliError::internal("a random passphrase is too short"))?;
            backup::bundle(&ctx.store()?, &file, &passphrase, &waiting, ctx.now)?;
            watch.done("back everything up in one file");
            (file, passphrase)
        }
    };
    let dir = scratch.path().join("space");
    let restored = backup::restore(&file, &passphrase, Some(&dir), &waiting, ctx.now)?;
    watch.done("make a new machine from it, and check it");
    drop(waiting);
    open_a_door(&dir)?;
    watch.done("start the door, and hold a fob to its reader");
    let total = watch.steps.iter().map(|it| it.ms).sum();
    let drill = Drill { steps: watch.steps, total_ms: total, verified: restored.verified };
    if !drill.verified.is_good() {
        let faults = drill.verified.faults().join("; ");
        let message = format!("the new machine would not be what this one is: {faults}");
        return Err(CliError::data(message)
            .hint("space check HEAD and space activity replay say more about it"));
    }
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &drill)?);
    }
    let seconds = |ms: u128| Duration::from_millis(u64::try_from(ms).unwrap_or(u64::MAX));
    let mut lines: Vec<(&str, String)> =
        drill.steps.iter().map(|it| (it.what, format!("{:.1?}", seconds(it.ms)))).collect();
    lines.push(("altogether", format!("{:.1?}", seconds(total))));
    lines.push(("members", drill.verified.members.to_string()));
    ctx.record(&drill, &lines)?;
    ctx.say(format!(
        "a new machine is ready after that: its door answers by commit {}",
        drill.verified.commit.short()
    ))
}

/// Measures how long each step takes.
struct Watch {
    last: Duration,
    steps: Vec<Step>,
}

impl Watch {
    fn done(&mut self, what: &'static str) {
        let now = clock::uptime();
        self.steps.push(Step { what, ms: now.saturating_sub(self.last).as_millis() });
        self.last = now;
    }
}

/// Starts a door with simulated devices, holds a fob to it that nobody has, and ends it.
fn open_a_door(dir: &std::path::Path) -> Result<(), CliError> {
    let (commit, has_doors) = {
        let store = Store::open(dir)?;
        let head = store.read(store.head()?)?;
        (head.id(), !head.facilities().is_empty())
    };
    let mut shown = Vec::new();
    let options = Options {
        show: Show::Json,
        terminal: Some(Box::new(io::Cursor::new(b"0\n"))),
        ..Options::new(dir, advice::words)
    };
    door::run(options, &mut shown)?;
    let lines = shown.split(|byte| *byte == b'\n').filter(|it| !it.is_empty());
    let events: Vec<Value> =
        lines.map(|it| serde_json::from_slice(it).unwrap_or_default()).collect();
    let in_force = |it: &Value| it["event"] == "in-force" && it["commit"] == commit.to_string();
    if !events.iter().any(in_force) {
        return Err(CliError::data("the door of the new machine does not know the records")
            .hint("see why: space check HEAD"));
    }
    let answers = |it: &Value| it["event"] == "reading" && it["result"] == "denied";
    if has_doors && !events.iter().any(answers) {
        return Err(CliError::internal("the door of the new machine did not answer"));
    }
    Ok(())
}
