//! git's objects: read from the database, compared as trees, written together.

pub(in crate::store) mod commit;
pub(in crate::store) mod compare;
pub(in crate::store) mod damage;
pub(in crate::store) mod database;
pub(in crate::store) mod edits;
pub(in crate::store) mod extent;
pub(in crate::store) mod ids;
pub(in crate::store) mod loose;
mod packs;
pub(in crate::store) mod pending;
pub(in crate::store) mod pool;
pub(in crate::store) mod recent;
pub(in crate::store) mod record;
pub(in crate::store) mod survey;
pub(in crate::store) mod tree;
