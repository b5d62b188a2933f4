//! What members owe, what a payment buys them, and until when they are covered.

mod amount;
mod cover;
mod extend;
mod household;
mod months;

pub use amount::{Dues, Line, dues};
pub use cover::{Cover, Payer};
pub use extend::{end, start};
pub use household::{Household, Person};
pub use months::months;
