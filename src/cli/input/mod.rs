//! The input of commands: options, values that a shell completes, and answers at the terminal.

pub(super) mod answer;
pub(super) mod calendar;
pub(super) mod code;
pub(super) mod completion;
pub(super) mod filter;
pub(super) mod machine;
pub(super) mod members;
pub(super) mod passphrase;
pub(super) mod past;
pub(super) mod prompt;
pub(super) mod services;
pub(super) mod short_name;
pub(super) mod timespec;
pub(super) mod typed;
pub(super) mod unknown;
