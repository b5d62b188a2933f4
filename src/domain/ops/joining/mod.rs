//! How people join by themselves: what they fill in, what it makes them owe, and how they are added.

mod form;
mod join;
mod next_induction;
mod offer;

pub use form::{Form, FormFault, FormField, MOST_CHILDREN, read, read_child};
pub use join::join;
pub use next_induction::next_inductions;
pub use offer::{Offer, dues};
