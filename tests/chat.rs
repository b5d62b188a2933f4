//! Chats that follow the records: the stand-in for Slack, webhooks of others, and whole spaces whose
//! members talk there.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "chat/buttons.rs"]
mod buttons;
#[path = "chat/channels.rs"]
mod channels;
#[path = "chat/commands.rs"]
mod commands;
#[path = "chat/conformance.rs"]
mod conformance;
#[path = "chat/killed.rs"]
mod killed;
#[path = "support/killed_at.rs"]
mod killed_at;
#[path = "chat/large.rs"]
mod large;
#[path = "chat/line.rs"]
mod line;
#[path = "support/on_disk.rs"]
#[allow(dead_code, reason = "shared with tests that need more of it")]
mod on_disk;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "chat/play.rs"]
mod play;
#[path = "chat/posting.rs"]
mod posting;
#[path = "chat/process.rs"]
mod process;
#[path = "support/running.rs"]
mod running;
#[path = "chat/world.rs"]
mod world;
