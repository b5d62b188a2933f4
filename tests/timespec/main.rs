//! Timespecs tested from outside: with examples, by the words of the specification, against two
//! oracles, and with text that is not a calendar.

mod book;
mod calendars;
mod dateutil;
mod generated;
mod hostile;
mod oracle;
#[path = "../support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "../support/python.rs"]
mod python;
mod random;
mod sentences;
mod words;
