//! Chats: their channels follow the records, and things that happened are posted there.

mod apply;
mod channels;
mod circle;
mod code;
mod group;
mod look;
mod open;
mod overview;
mod state;
mod step_view;

pub use apply::{Done, apply};
pub use channels::channels;
pub use code::{code, fits};
pub use group::is_in;
pub use look::{ChannelLook, Look, look};
pub use open::{Chat, choose, open, options, trouble};
pub use overview::overview;
pub use state::{ChannelState, ChatState};
pub use step_view::ChannelStepView;
