//! Files that survive a power cut: flushed in the right order, locked, private.

pub(in crate::store) mod cache;
pub(in crate::store) mod lock;
pub(in crate::store) mod private;

pub(in crate::store) use crate::disk::{durable, watch};
pub(in crate::store) use private::{io_at, private_dir};
