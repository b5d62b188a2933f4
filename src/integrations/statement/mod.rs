//! Statements as banks write them: OFX, CAMT.053 and CSV, read line by line.
//!
//! A line that cannot be read is told with its number and the reason, and never keeps the rest
//! from being read. Amounts are read as whole minor units.

mod camt053;
mod csv;
mod day;
mod element;
mod form;
mod markup;
mod ofx;
mod read;
mod text;

pub use form::How;
pub use read::read;
