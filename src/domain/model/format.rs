//! The format of the data, and how a program treats records of a newer format than it knows.
//!
//! The format number is raised whenever an older program could not read what a newer one writes. A
//! door may run an older program for years, and no admin's laptop may lock members out there, so
//! anything new is ignored as long as that cannot let in somebody who should stay out. This binds
//! whoever raises the format: anything that narrows access must be a field of a record whose kind
//! refuses newer fields (see the table in `kinds.rs`), never a field of a kind that ignores them,
//! nor a new kind of record.

/// The format that this program reads and writes. `space.json` states the format of the data.
pub const FORMAT: u32 = 1;

/// How to treat a record with an unknown field, in data of a newer format. In data of the
/// program's own format or an older one, an unknown field is a mistake and always refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Newer {
    /// The record is read without the field: whatever the field says, ignoring it lets nobody in.
    Ignored,
    /// The record cannot be read: the field may be a restriction, and ignoring it could let
    /// somebody in. The record then grants nothing, or its last good form stays in force, or the
    /// facility is shut.
    Refused,
}
