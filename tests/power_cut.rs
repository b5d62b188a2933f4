//! What was acknowledged survives a power cut, and costs few flushes.
//!
//! A space lies on a small separate ext4 file system. While a child process changes it, the disk
//! below is copied as a power cut would leave it, and the copy is mounted and examined. Where
//! mounting is not allowed, these tests say so and pass; for a missing program, see `part`.
//! `SPACE_POWER_CUTS` sets the number of trials.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a skipped test says why")]

#[path = "power_cut/cost.rs"]
mod cost;
#[path = "power_cut/disk.rs"]
mod disk;
#[path = "power_cut/full.rs"]
mod full;
#[path = "power_cut/init.rs"]
mod init;
#[path = "power_cut/journal.rs"]
mod journal;
#[path = "power_cut/measurements.rs"]
mod measurements;
#[path = "power_cut/messages.rs"]
mod messages;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "store/support.rs"]
#[allow(dead_code, reason = "shared with the tests of the store")]
mod support;
#[path = "power_cut/thin.rs"]
mod thin;
#[path = "power_cut/trials.rs"]
mod trials;
#[path = "power_cut/worker.rs"]
mod worker;

use disk::NoDisk;

/// Returns a disk; without one, the test is skipped.
#[track_caller]
fn disk() -> Option<disk::Disk> {
    match disk::Disk::new() {
        Ok(disk) => Some(disk),
        Err(NoDisk::Missing(program)) => {
            part::missing(&program);
            None
        }
        Err(why @ NoDisk::Refused(_)) => {
            part::skipped(&format!("no disk of its own can be mounted here ({why})"));
            None
        }
    }
}
