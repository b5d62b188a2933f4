//! Which notices are due according to the records, and the record that they were sent.

mod chat_text;
mod facts;
mod failed;
mod happened;
mod letter;
mod record;
mod unsent;

pub use chat_text::chat_text;
pub use failed::failed;
pub use happened::{Children, affected, happened, repriced};
pub use letter::{addressee, alarm_letter, language, letter, letter_in, review_letter, words};
pub use record::{FinishedNotice, record};
pub use unsent::Unsent;
