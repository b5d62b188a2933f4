//! What is known by a secret that only its holder has: sessions of members, and links in their
//! mails.
//!
//! Each is a file in the repository's own folder, named after the hash of the secret: whoever reads
//! the files can use none of them. They belong to a member, and are no part of the history.

mod mailed_link;
mod session;
mod tickets;

pub use mailed_link::{AddressEnd, LinkPurpose, MailedLink};
pub use session::Session;
pub use tickets::{Ticket, Tickets};
