//! Files that survive: flushed in the right order, locked, private, read at a place.

pub(in crate::store) mod durable;
pub(in crate::store) mod lock;
pub(in crate::store) mod private;
pub(in crate::store) mod read_at;

pub(in crate::store) use private::{io_at, private_dir};
