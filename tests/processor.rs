//! Payment processors that follow the records: the stand-in, a server from PyPI that speaks like
//! Stripe, and whole spaces whose members pay by one.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "processor/adopting.rs"]
mod adopting;
#[path = "processor/conformance.rs"]
mod conformance;
#[path = "processor/debit.rs"]
mod debit;
#[path = "processor/following.rs"]
mod following;
#[path = "processor/killed.rs"]
mod killed;
#[path = "support/killed_at.rs"]
mod killed_at;
#[path = "processor/large.rs"]
mod large;
#[path = "processor/migrating.rs"]
mod migrating;
#[path = "processor/money.rs"]
mod money;
#[path = "processor/odd.rs"]
mod odd;
#[path = "support/on_disk.rs"]
mod on_disk;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "processor/payouts.rs"]
mod payouts;
#[path = "processor/process.rs"]
mod process;
#[path = "processor/pypi.rs"]
mod pypi;
#[path = "support/python.rs"]
mod python;
#[path = "processor/random/mod.rs"]
mod random;
#[path = "support/running.rs"]
#[allow(dead_code, reason = "shared with tests that need more of it")]
mod running;
#[path = "processor/telling.rs"]
mod telling;
#[path = "processor/webhooks.rs"]
mod webhooks;
#[path = "processor/world.rs"]
mod world;
