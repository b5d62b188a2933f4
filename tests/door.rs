//! The door: the machine by itself, the journal, and a complete door on a repository.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[cfg(unix)]
#[path = "../benches/support/board.rs"]
mod board;
#[cfg(unix)]
#[path = "door/checkout.rs"]
mod checkout;
#[cfg(unix)]
#[path = "door/clock.rs"]
mod clock;
#[cfg(unix)]
#[path = "door/copy.rs"]
mod copy;
#[cfg(unix)]
#[path = "door/follow.rs"]
mod follow;
#[path = "door/guessing.rs"]
mod guessing;
#[path = "door/hand.rs"]
mod hand;
#[cfg(unix)]
#[path = "door/home.rs"]
mod home;
#[path = "door/journal.rs"]
mod journal;
#[path = "door/journal_compress.rs"]
mod journal_compress;
#[cfg(unix)]
#[path = "door/journal_kill.rs"]
mod journal_kill;
#[path = "door/journal_torn.rs"]
mod journal_torn;
#[path = "door/journal_trouble.rs"]
mod journal_trouble;
#[cfg(unix)]
#[path = "door/killed.rs"]
mod killed;
#[path = "door/machine.rs"]
mod machine;
#[cfg(unix)]
#[path = "door/process.rs"]
mod process;
#[cfg(unix)]
#[path = "door/running.rs"]
mod running;
#[path = "door/sequences.rs"]
mod sequences;
#[path = "door/stale.rs"]
mod stale;
#[path = "door/support.rs"]
mod support;
#[path = "door/time.rs"]
mod time;
#[path = "door/wired.rs"]
mod wired;
