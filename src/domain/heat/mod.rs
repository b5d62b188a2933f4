//! How warm a zone should be now, and why: wishes, people, bookings, and the bounds of the zone.
//!
//! Whatever comes out is a wish: the furnace guard decides by itself whether there is heat.

mod booking;
mod plan;
mod preview;

pub use booking::bookings;
pub use plan::{Circumstances, HeatPlan, Wanted, Why};
pub use preview::{Stretch, preview};
