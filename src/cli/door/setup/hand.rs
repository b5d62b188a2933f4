//! Does what a step says, as the user whom it names.

use std::{
    env,
    io::Write as _,
    os::unix::fs::{PermissionsExt as _, chown},
    path::Path,
    process::{Command, Output, Stdio},
};

use super::{
    place,
    step::{Act, ROOT, Step},
};
use crate::cli::{
    CliError, as_user,
    output::file::{Readers, replace},
};

/// Variables that would have a command look elsewhere than where it is told.
const MISLEADING: [&str; 5] =
    ["GIT_DIR", "GIT_WORK_TREE", "SPACE_REPO", "SPACE_CONFIG", "XDG_CONFIG_HOME"];

/// Does everything that a step says, in order.
///
/// # Errors
/// Fails at the first thing that cannot be done.
pub(super) fn take(step: &Step) -> Result<(), CliError> {
    step.acts.iter().try_for_each(|act| match act {
        Act::Run { user, command } => does(user, command).map(drop),
        Act::Write { path, mode, text, .. } => write(Path::new(path), *mode, text),
        Act::Note(_) => Ok(()),
    })
}

/// Has a user give a command that must succeed, and returns what it printed.
///
/// # Errors
/// Fails with its last words if it fails.
pub(super) fn does(user: &str, line: &[String]) -> Result<String, CliError> {
    let output = output(user, line, None)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let name = line.first().map_or("", String::as_str);
    Err(CliError::user(format!("{name}, as {user}, has failed: {}", last_words(&output)))
        .hint("what was done before is kept: run the command again, and it goes on from there"))
}

/// Has a user give a command, perhaps with an input, and returns how it ended.
///
/// # Errors
/// Fails if it cannot be started.
pub(super) fn output(user: &str, line: &[String], input: Option<&str>) -> Result<Output, CliError> {
    let failed = |error| CliError::internal(format!("cannot run {}: {error}", line.join(" ")));
    let mut command = command(user, line)?;
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    if let (Some(mut pipe), Some(text)) = (child.stdin.take(), input) {
        // Who does not read it says why.
        let _ = pipe.write_all(text.as_bytes());
    }
    child.wait_with_output().map_err(failed)
}

/// Makes a command that a user gives at home; `space` is this program.
///
/// # Errors
/// Fails if this program does not know where it is.
pub(super) fn command(user: &str, line: &[String]) -> Result<Command, CliError> {
    let [program, arguments @ ..] = line else {
        return Err(CliError::internal("there is no command"));
    };
    let program = match program.as_str() {
        "space" => env::current_exe()?,
        other => other.into(),
    };
    let home = place::home(user);
    let mut command = match user {
        ROOT => Command::new(program),
        _ => as_user::command(user, user, home, program),
    };
    command.args(arguments).current_dir("/");
    for name in MISLEADING {
        command.env_remove(name);
    }
    // What git says is understood, and it asks nothing.
    command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "C").env("GIT_TERMINAL_PROMPT", "0");
    Ok(command)
}

/// Returns the line that says why a command has failed.
pub(super) fn last_words(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let telling = |line: &&str| line.starts_with("fatal: ") || line.starts_with("error: ");
    let line = text.lines().find(telling).or(text.lines().last()).unwrap_or("it said nothing");
    line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()
}

/// Writes a file of root's, as a whole.
fn write(path: &Path, mode: u32, text: &str) -> Result<(), CliError> {
    let failed = |error| CliError::internal(format!("cannot write {}: {error}", path.display()));
    replace(path, text.as_bytes(), Readers::Anybody).map_err(failed)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).map_err(failed)?;
    chown(path, Some(0), Some(0)).map_err(failed)
}
