//! Runs a communal workspace from a git repository of JSON files.
//!
//! ```text
//! cli · web · bridge · building · chat   those who ask
//!       │  what people type or send  →  a request
//!       ▼
//!     app                         what they have in common: look up, plan, preview, carry out
//!       │  records + request + now  →  Change
//!       ▼
//!     store                       the truth: one commit per Change
//!       │  a new commit
//!       ▼
//!     access::Index               compiled, immutable, stamped with its commit
//!       │  + a reading + now
//!       ▼
//!     access::decide              granted | denied | exit, with the reason
//!       │
//!       ▼
//!     door                        moves the strike, writes the journal
//! ```
//!
//! The `guard` of the furnace asks nobody, and hears nobody: thermometers → [`domain::guard`] → relay.
//!
//! Data flows one way. The table of which folder may use which is written down, and tested, in
//! `tests/layering.rs`; the invariants are in `CONTRIBUTING.md`.

pub mod app;
pub mod bridge;
pub mod building;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod control;
pub mod disk;
pub mod domain;
pub mod door;
pub mod guard;
pub mod hardware;
pub mod integrations;
pub mod left_out;
pub mod service;
pub mod simulation;
pub mod store;
pub mod time_zones;
pub mod web;
