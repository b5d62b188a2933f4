//! The door as it runs later, for the time of a trial.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::Duration,
};

use serde_json::Value;

use super::{hand, place::TRIAL_SOCKET};
use crate::{
    cli::CliError,
    control::{self, Request},
    domain::model::{Activity, Slug},
};

/// How long a device may take to answer, and a reading to arrive.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long a reading may take that was made before somebody pressed Enter.
const SHORTLY: Duration = Duration::from_secs(1);

/// A running door, which is ended when this is dropped.
pub(super) struct TrialDoor {
    child: Child,
    lines: Receiver<Value>,
}

/// What came from the readers.
#[derive(Debug)]
pub(super) enum Read {
    /// A credential.
    Credential(Box<Activity>),
    /// Something that is not one.
    Noise(String),
    Nothing,
}

impl TrialDoor {
    /// Starts the door as its user.
    ///
    /// # Errors
    /// Fails if it cannot be started.
    pub(super) fn start(user: &str, line: &[String]) -> Result<Self, CliError> {
        let failed = |error| CliError::internal(format!("cannot start the door: {error}"));
        let mut command = hand::command(user, line)?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let (sender, lines) = mpsc::channel();
        if let Some(out) = child.stdout.take() {
            std::thread::spawn(move || {
                let lines = BufReader::new(out).lines().map_while(Result::ok);
                let mut values = lines.filter_map(|line| serde_json::from_str(&line).ok());
                values.all(|value| sender.send(value).is_ok())
            });
        }
        Ok(Self { child, lines })
    }

    /// Waits until the records are in force and every device answers.
    ///
    /// # Errors
    /// Fails if a device is silent, or if the door ends.
    pub(super) fn wait_for(&mut self, devices: &[Slug]) -> Result<(), CliError> {
        let mut missing: Vec<&Slug> = devices.iter().collect();
        let (mut in_force, mut trouble) = (false, None);
        while !in_force || !missing.is_empty() {
            let line = match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => line,
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
                Err(RecvTimeoutError::Timeout) => {
                    let silent = missing.first().map(|it| format!("device {it} does not answer"));
                    let words = trouble.or(silent);
                    let words = words.unwrap_or_else(|| "the records do not get into force".into());
                    return Err(CliError::user(words).hint(
                        "see to its plug and cable and to what was said to be connected, then run the \
                         command again; --anew asks what is connected once more",
                    ));
                }
            };
            match line["event"].as_str() {
                Some("connected") => missing.retain(|it| line["device"] != it.as_str()),
                Some("in-force") => in_force = true,
                Some("trouble") => trouble = line["message"].as_str().map(ToOwned::to_owned),
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns the first thing that came from a reader since the last time.
    pub(super) fn read(&self) -> Read {
        let mut noise = Read::Nothing;
        while let Ok(line) = self.lines.recv_timeout(SHORTLY) {
            match line["event"].as_str() {
                Some("reading") => {
                    if let Ok(activity) = serde_json::from_value(line) {
                        return Read::Credential(Box::new(activity));
                    }
                }
                Some("noise") => {
                    noise = Read::Noise(line["message"].as_str().unwrap_or_default().to_owned());
                }
                _ => {}
            }
        }
        noise
    }

    /// Unlocks a door for a moment.
    ///
    /// # Errors
    /// Fails if the door refuses.
    pub(super) fn unlock(&self, door: &Slug) -> Result<(), CliError> {
        let by = "the setup of this machine".to_owned();
        let request = Request::Unlock { door: door.clone(), by, seconds: None };
        Ok(control::ask(Path::new(TRIAL_SOCKET), &request).map(drop)?)
    }

    /// Ends it as the system does; everything is locked then.
    pub(super) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        // It may have ended already.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.child.wait();
    }

    /// Says why it ended by itself.
    fn ended(&mut self) -> CliError {
        let mut said = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            // Whatever can be read of it helps.
            let _ = std::io::Read::read_to_string(&mut stderr, &mut said);
        }
        let lines: Vec<&str> = said.lines().collect();
        CliError::user(format!("the door ends by itself: {}", lines.join("; ")))
            .hint("correct what it says, then run the command again")
    }
}

impl Drop for TrialDoor {
    fn drop(&mut self) {
        self.end();
    }
}
