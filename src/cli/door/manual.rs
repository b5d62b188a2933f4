//! The common part of the verbs that operate a running door by hand.

use serde_json::Value;

use crate::{
    cli::{CliError, Context, advice, input::machine::MachineArgs, output::table},
    control::{self, AskError, Request},
    domain::model::Slug,
    store::Author,
};

/// The door, and who asks.
#[derive(clap::Args, Debug)]
pub(super) struct ManualArgs {
    /// The door, or a facility for all of its doors
    #[arg(add = crate::cli::input::completion::facilities())]
    door: Slug,

    /// Who asks, for the journal [default: the name that git knows]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    #[command(flatten)]
    machine: MachineArgs,
}

impl ManualArgs {
    /// Returns the command that releases the door again.
    pub(super) fn release(&self) -> String {
        format!("space door release {}{}", self.door, self.machine.given())
    }
}

/// Sends a request to the running door, and reports what was done.
///
/// # Errors
/// Fails if no door is listening, or if the door refuses.
pub(super) fn carry_out(
    ctx: &Context,
    args: ManualArgs,
    done: impl FnOnce(&ManualArgs) -> String,
    request: impl FnOnce(Slug, String) -> Request,
) -> Result<(), CliError> {
    let done = done(&args);
    let by = args.by.or_else(|| Some(Author::from_git().ok()?.name));
    // The door adds the name of the system user.
    let by = by.unwrap_or_else(|| "somebody".to_owned());
    let answer = ask(ctx, &args.machine, &request(args.door, by))?;
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    let doors = answer["doors"].as_array().into_iter().flatten().filter_map(Value::as_str);
    ctx.say(format!("{}: {done}", doors.collect::<Vec<_>>().join(", ")))
}

/// Sends a request to the running door of this machine.
///
/// # Errors
/// Fails if no door is listening, or if the door refuses.
pub(super) fn ask(
    ctx: &Context,
    machine: &MachineArgs,
    request: &Request,
) -> Result<Value, CliError> {
    let config = machine.config()?;
    Ok(control::ask(&machine.socket(ctx, &config)?, request)?)
}

impl From<AskError> for CliError {
    fn from(error: AskError) -> Self {
        let hint = error.hint().as_ref().map(advice::words);
        let made = match error {
            AskError::Io { .. } => Self::internal(error.to_string()),
            _ => Self::user(error.to_string()),
        };
        Self { hint, ..made }
    }
}
