//! The web as browsers, controllers and programs meet it: a real server on a real space.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "web/api.rs"]
mod api;
#[path = "web/bad_input.rs"]
mod bad_input;
#[path = "web/browser.rs"]
mod browser;
#[path = "web/contract.rs"]
mod contract;
#[path = "web/controller.rs"]
mod controller;
#[path = "web/forms.rs"]
mod forms;
#[path = "web/joining.rs"]
mod joining;
#[path = "web/letters.rs"]
mod letters;
#[path = "web/login.rs"]
mod login;
#[path = "web/own_edit.rs"]
mod own_edit;
#[path = "web/own_guests.rs"]
mod own_guests;
#[path = "web/own_login.rs"]
mod own_login;
#[path = "web/own_pay.rs"]
mod own_pay;
#[path = "web/own_profile.rs"]
mod own_profile;
#[path = "web/own_secret.rs"]
mod own_secret;
#[path = "web/pages_activity.rs"]
mod pages_activity;
#[path = "web/pages_ask.rs"]
mod pages_ask;
#[path = "web/pages_building.rs"]
mod pages_building;
#[path = "web/pages_hardware.rs"]
mod pages_hardware;
#[path = "web/pages_history.rs"]
mod pages_history;
#[path = "web/pages_log.rs"]
mod pages_log;
#[path = "web/pages_members.rs"]
mod pages_members;
#[path = "web/pages_reports.rs"]
mod pages_reports;
#[path = "support/part.rs"]
mod part;
#[path = "web/payments.rs"]
mod payments;
#[path = "web/program.rs"]
mod program;
#[path = "web/proxy.rs"]
mod proxy;
#[path = "web/public.rs"]
mod public;
#[path = "support/python.rs"]
mod python;
#[path = "web/requirements.rs"]
mod requirements;
#[path = "support/running.rs"]
mod running;
#[path = "web/surroundings.rs"]
mod surroundings;
#[path = "web/things.rs"]
mod things;
#[path = "web/world.rs"]
mod world;
