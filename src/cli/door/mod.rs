//! `space door`: runs and operates doors, tries credentials, and rehearses without hardware.

mod clock;
mod clone;
mod hold;
mod lock;
mod manual;
mod release;
mod reload;
mod run;
mod service;
#[cfg(unix)]
mod setup;
#[cfg(unix)]
mod simulate_board;
mod status;
mod r#try;
mod unlock;

use std::process::ExitCode;

use clap::Subcommand;

use super::advice;
use super::output::AnswerSchema;
use crate::{
    app::try_reading::TriedReading,
    door::answers::{DoorsMoved, FullStatus, Looking},
};

use super::{CliError, Context};
use crate::door::DoorError;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<clone::Cloned>("door clone"),
    AnswerSchema::of::<TriedReading>("door try"),
    AnswerSchema::of::<FullStatus>("door status"),
    AnswerSchema::of::<DoorsMoved>("door unlock"),
    AnswerSchema::of::<DoorsMoved>("door hold"),
    AnswerSchema::of::<DoorsMoved>("door lock"),
    AnswerSchema::of::<DoorsMoved>("door release"),
    AnswerSchema::of::<Looking>("door reload"),
    AnswerSchema::of::<clock::Trusted>("door clock trust"),
    AnswerSchema::of::<service::Written>("door service"),
    AnswerSchema::of::<setup::Done>("door setup"),
];

/// The verbs of `space door`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Run the doors of this machine
    Run(run::Args),
    /// Set this machine up for its doors: ask, show what is to be done, and do it
    #[cfg(unix)]
    Setup(setup::Args),
    /// Clone a space for the door of this machine
    Clone(clone::Args),
    /// Show what a reading would result in, without moving anything
    Try(r#try::Args),
    /// Show the state of the running door
    Status(status::Args),
    /// Unlock a door for a moment
    Unlock(unlock::Args),
    /// Hold a door unlocked
    Hold(hold::Args),
    /// Lock a door, whatever holds it unlocked; members still get in
    Lock(lock::Args),
    /// End a hold or a lock, and return to the requirements
    Release(release::Args),
    /// Make the running door look at its repository now
    Reload(reload::Args),
    /// Confirm that the clock of the door is right
    #[command(subcommand)]
    Clock(clock::Verb),
    /// Write systemd units for the door and the bridge, and example configurations
    Service(service::Args),
    /// Simulate an ACCX board on a pseudo-terminal
    #[cfg(unix)]
    SimulateBoard(simulate_board::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<ExitCode, CliError> {
    let done = |()| ExitCode::SUCCESS;
    match verb {
        Verb::Run(args) => run::run(ctx, args).map(done),
        #[cfg(unix)]
        Verb::Setup(args) => setup::run(ctx, &args).map(done),
        Verb::Clone(args) => clone::run(ctx, &args).map(done),
        Verb::Try(args) => r#try::run(ctx, &args),
        Verb::Status(args) => status::run(ctx, &args).map(done),
        Verb::Unlock(args) => unlock::run(ctx, args).map(done),
        Verb::Hold(args) => hold::run(ctx, args).map(done),
        Verb::Lock(args) => lock::run(ctx, args).map(done),
        Verb::Release(args) => release::run(ctx, args).map(done),
        Verb::Clock(verb) => clock::run(ctx, verb).map(done),
        Verb::Reload(args) => reload::run(ctx, &args).map(done),
        Verb::Service(args) => service::run(ctx, &args).map(done),
        #[cfg(unix)]
        Verb::SimulateBoard(args) => simulate_board::run(ctx, args).map(done),
    }
}

impl From<DoorError> for CliError {
    fn from(error: DoorError) -> Self {
        let advice = error.hint();
        let made = match error {
            DoorError::Store(error) => return error.into(),
            other => Self::internal(other.to_string()),
        };
        Self { hint: advice.as_ref().map(advice::words), ..made }
    }
}
