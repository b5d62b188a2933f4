//! Bank statements in OFX, CAMT and CSV, read line by line.
//!
//! A line that cannot be read is reported with its number and the reason, and never stops the
//! others from being read. Amounts are read as integers in minor units.

mod archive;
mod camt;
mod choose;
mod columns;
mod csv;
mod day;
mod element;
mod foreign;
mod form;
mod guess;
mod header;
mod markup;
mod ofx;
mod profiles;
mod read;
mod refused;
mod table;
mod text;
mod words;

pub use archive::unpack;
pub use form::{Layout, StatementContext};
pub use guess::{Guess, guess};
pub use profiles::shipped;
pub use read::{ReadStatement, read};
pub use refused::{Refused, Remedy};
