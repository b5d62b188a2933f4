//! How people join by themselves: what they fill in, what it makes them owe, and how they are added.

mod form;
mod form_fault;
mod join;
mod next_induction;
mod offer;

pub use form::{Form, MOST_CHILDREN, read, read_child};
pub use form_fault::{FormFault, FormField};
pub use join::join;
pub use next_induction::next_inductions;
pub use offer::{Offer, dues};
