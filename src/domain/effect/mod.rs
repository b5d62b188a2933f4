//! What a change of the records does: to whom it gives access and from whom it takes it.

mod brake;
mod difference;
mod hours;
mod record_difference;
mod side;
mod stretch;
mod toll;

pub use brake::{brake, unconfirmed};
pub use difference::{AccessDifference, access};
pub use record_difference::{FieldDifference, RecordDifference, record};
pub use side::Side;
pub use stretch::Stretch;
pub use toll::{HORIZON_DAYS, Toll};
