//! Bank statements in OFX, CAMT.053 and CSV, read line by line.
//!
//! A line that cannot be read is reported with its number and the reason, and never stops the
//! others from being read. Amounts are read as integers in minor units.

mod camt053;
mod csv;
mod day;
mod element;
mod form;
mod markup;
mod ofx;
mod read;
mod text;

pub use form::StatementContext;
pub use read::read;
