//! Two data wires that pulse, one for zeros and one for ones: pulses become bits, bits a frame.
//!
//! Nothing here touches a wire or a clock.

mod assembler;
mod bits;
mod format;
mod frame;

pub use assembler::{Assembler, GLITCH, QUIET, Wire};
pub use bits::{Bits, TooMany};
pub use format::Format;
pub use frame::{Frame, decode};
