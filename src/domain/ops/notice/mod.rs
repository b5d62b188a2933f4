//! What members are to be told, by what is on record; and that they were told.

mod facts;
mod happened;
mod letter;
mod record;

pub use happened::{Children, happened, repriced, touched};
pub use letter::{Unsent, addressee, letter, letter_in, review_letter, words};
pub use record::{Sent, record};
