//! Charts for reports, as SVG: small, readable in light and dark, and without scripts.

mod axes;
mod bars;
mod course;
mod heat;
mod lines;
mod picture;
mod strips;

pub(super) use axes::Series;
pub(super) use bars::bars;
pub use course::{Course, course};
pub(super) use heat::{Hour, heat};
pub(super) use lines::lines;
pub use strips::{Strip, strips};
