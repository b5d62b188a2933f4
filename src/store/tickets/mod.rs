//! What is known by a secret that only its holder has: sessions of members, links in their mails, and
//! what they ask for.
//!
//! Each is a file in the repository's own folder, named after the hash of the secret: whoever reads
//! the files can use none of them. They belong to a member, and are no part of the history.

mod kept;
mod mailed_link;
mod member_request;
mod session;
mod turn;

pub use kept::{Ticket, Tickets};
pub use mailed_link::{AddressEnd, LinkPurpose, MailedLink};
pub use member_request::{Asked, MemberRequest};
pub use session::Session;
