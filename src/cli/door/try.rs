//! `space door try`: shows the decision on a reading, without moving anything.

use std::process::ExitCode;

use jiff::SignedDuration;

use crate::{
    app::{
        look_up, records_age, try_reading,
        when::{self, local},
        why::remedy,
    },
    cli::{
        CliError, Context, advice,
        input::{code::CodeArgs, machine::MachineArgs},
    },
    control::{self, AskError, Request},
    domain::{
        access::{Reading, Side},
        model::AccessResult,
    },
};

/// The arguments of `space door try`.
#[derive(clap::Args, Debug)]
#[command(group = clap::ArgGroup::new("code").required(true).args(["fob", "passcode"]))]
pub(crate) struct Args {
    /// The facility
    #[arg(value_name = "FACILITY", required_unless_present = "by_option",
          add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// The same, as an option
    #[arg(id = "by_option", long = "facility", short, value_name = "FACILITY", hide = true,
          conflicts_with = "facility", add = crate::cli::input::completion::facilities())]
    by_option: Option<String>,

    #[command(flatten)]
    code: CodeArgs,

    /// Try the exit reader
    #[arg(long)]
    exit: bool,

    /// Try it at this moment, by the current records
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    at: Option<String>,

    /// Try it by the records of this commit
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,

    #[command(flatten)]
    machine: MachineArgs,
}

impl Args {
    fn facility(&self) -> &str {
        self.facility.as_deref().or(self.by_option.as_deref()).unwrap_or_default()
    }
}

/// Asks the running door, if one is running and the question is about now; otherwise decides by the
/// records. The exit code is 0 if the door would open, and 2 if it would not.
///
/// # Errors
/// Fails if the facility or the code is not valid, or if the space or its key cannot be read.
pub(crate) fn run(ctx: &Context, args: &Args) -> Result<ExitCode, CliError> {
    let config = args.machine.config()?;
    let ctx = &MachineArgs::space(ctx, &config);
    let space = ctx.open()?.named(args.commit.as_deref())?;
    let zone = space.zone()?;
    let (facility, _) = look_up::facility(&space.head, args.facility())?;
    let code = args
        .code
        .code(ctx)?
        .ok_or_else(|| CliError::user("neither a fob nor a passcode was given"))?;
    let side = if args.exit { Side::Exit } else { Side::Entry };
    let reading = Reading { facility, side, code };
    let asks_door = args.at.is_none() && args.commit.is_none();
    let socket = asks_door.then(|| args.machine.socket(ctx, &config).ok()).flatten();
    let answer = match socket.map(|it| control::ask(&it, &Request::Try(reading.clone()))) {
        Some(Ok(answer)) => try_reading::by_door(&answer, &space.head)?,
        // The door refuses to answer, for instance while its reader pauses.
        Some(Err(refused @ AskError::Refused(_))) => return Err(refused.into()),
        _ => {
            let at = when::moment(args.at.as_deref().unwrap_or("now"), &zone, ctx.now)?;
            // Another commit is no door's.
            let old = args.commit.is_none() && at >= ctx.now;
            let age =
                if old { records_age::of(space.store, ctx.now) } else { SignedDuration::ZERO };
            try_reading::by_records(&space.head, &space.store.key()?, &reading, at, age)
        }
    };
    let hash = reading.code.hash(&space.store.key()?);
    let remedy = remedy::of(answer.reason, answer.member, &answer.facility, answer.required);
    let why = remedy::words(answer.reason, &space.head, answer.member, Some(&hash));
    let who = match (answer.member, &answer.name) {
        (Some(id), Some(name)) => format!("{id} {name}"),
        (Some(id), None) => id.to_string(),
        _ => format!("unknown {}", reading.code),
    };
    let held = "held unlocked: nobody needs a credential";
    ctx.record(
        &answer,
        &[
            ("result", answer.result.to_string()),
            ("why", why),
            ("what helps", remedy.as_ref().map(advice::words).unwrap_or_default()),
            ("who", who),
            ("facility", answer.facility.to_string()),
            ("at", local(answer.time, &zone)),
            ("tag", answer.tag.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("priority", answer.priority.map(|p| p.to_string()).unwrap_or_default()),
            ("required", answer.required.map(|p| p.to_string()).unwrap_or_default()),
            ("the door is", if answer.held { held.to_owned() } else { String::new() }),
            ("by commit", answer.commit.short()),
            (
                "according to",
                if answer.by_door { "the running door".to_owned() } else { String::new() },
            ),
        ],
    )?;
    Ok(if answer.result == AccessResult::Denied { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
