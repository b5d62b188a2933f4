//! The web as browsers, controllers and programs meet it: a real server on a real space.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "web/api.rs"]
mod api;
#[path = "web/controller.rs"]
mod controller;
#[path = "web/forms.rs"]
mod forms;
#[path = "web/login.rs"]
mod login;
#[path = "web/payments.rs"]
mod payments;
#[path = "web/program.rs"]
mod program;
#[path = "web/public.rs"]
mod public;
#[path = "support/running.rs"]
mod running;
#[path = "web/things.rs"]
mod things;
#[path = "web/world.rs"]
mod world;
