//! Outside services that follow the records: what they have is compared with what the records want,
//! and brought to agree.

mod adopt;
mod apply;
mod asked;
mod elsewhere;
mod inbox;
mod look;
mod open;
mod overview;
mod receive;
mod refusals;
mod state;
mod step_view;
mod visit;

pub use adopt::{AdoptionView, adopt};
pub use apply::{Done, apply};
pub use inbox::Inbox;
pub use look::{Look, look};
pub use open::{Follower, kind, open, trouble};
pub use overview::{ServiceView, overview};
pub use receive::{Receipt, receive};
pub use refusals::Refusals;
pub use state::ServiceState;
pub use step_view::StepView;
pub use visit::visit;
