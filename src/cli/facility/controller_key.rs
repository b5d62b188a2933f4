//! `space facility controller-key`: prints the key that a facility's controllers sign with.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::look_up,
    cli::{CliError, Context},
    domain::model::Slug,
};

/// Shown below the options.
const NOTES: &str = "\
It is derived from the key of the space, so it can be printed again at any time, and no record has it.
Examples:
  space facility edit laser --new-controller-key
  space facility controller-key laser";

/// The key that the controllers of a facility sign with.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct ControllerKey {
    /// The facility.
    facility: Slug,
    /// The number of the key.
    number: u32,
    /// The key.
    key: String,
}

/// The arguments of `space facility controller-key`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The facility
    #[arg(add = crate::cli::input::completion::facilities())]
    facility: String,
}

/// Prints the key as 64 hexadecimal digits.
///
/// # Errors
/// Fails if there is no such facility, if its controllers need not sign, or if the key of the space
/// is not here.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, facility) = look_up::facility(&space.head, &args.facility)?;
    let Some(number) = facility.controller_key else {
        return Err(CliError::user(format!("the controllers of {name} need not sign"))
            .hint(format!("`space facility edit {name} --new-controller-key` makes them")));
    };
    let key = space.store.key()?.for_controllers(&name, number);
    let key = blake3::Hash::from_bytes(key).to_hex().to_string();
    match ctx.json {
        true => ctx.record(&ControllerKey { facility: name, number, key }, &[]),
        false => ctx.say(key),
    }
}

/// Returns a number that no key of a facility has had, as good as certainly.
pub(super) fn random_number() -> u32 {
    uuid::Uuid::new_v4().as_fields().0
}
