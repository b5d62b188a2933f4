//! Kills a command while a service that it asked does not answer.

use std::{
    process::{Command, Stdio},
    sync::mpsc::Receiver,
    time::Duration,
};

/// Far longer than anything takes; reaching it means that the test has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Kills a command when so many of its requests have had their effect. Returns whether it came that far;
/// it ends by itself if it has fewer.
pub(crate) fn killed_at(mut command: Command, seen: Receiver<String>, requests: usize) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let waiting =
        std::thread::spawn(move || (0..requests).all(|_| seen.recv_timeout(PATIENCE).is_ok()));
    loop {
        if waiting.is_finished() {
            child.kill().unwrap();
            child.wait().unwrap();
            return waiting.join().unwrap();
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
}
