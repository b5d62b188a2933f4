//! Outside services that follow the records: what they have is compared with what the records want,
//! and brought to agree.

mod accounts;
mod adopt;
mod apply;
mod asked;
mod concern;
mod elsewhere;
mod inbox;
mod link;
mod look;
mod looks;
mod open;
mod overview;
mod part;
mod receive;
mod refusals;
mod state;
mod step_view;
mod visit;

pub use accounts::Accounts;
pub use adopt::{AdoptionView, adopt};
pub use apply::{Done, apply};
pub use concern::Concern;
pub use inbox::Inbox;
pub use link::{NoPage, PayPage, link};
pub use look::{Look, look};
pub use looks::looks;
pub use open::{Follower, kind, open, trouble};
pub use overview::{ServiceView, overview};
pub(super) use part::Part;
pub use receive::{Receipt, receive, seen};
pub use refusals::Refusals;
pub use state::ServiceState;
pub use step_view::StepView;
pub use visit::visit;
