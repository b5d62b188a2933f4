//! The format of the data, and what a program makes of records of a newer one than it knows.
//!
//! A format is raised whenever an older program could not read what a newer one writes. A door may
//! run an older program for years, and no admin's laptop may lock members out there: so what is new
//! is ignored where that cannot let anybody in who should stay out. This binds whoever raises the
//! format: what narrows access is a field of a record whose kind refuses newer fields (see the table
//! in `kinds.rs`), never one of a record that ignores them, nor a record of a new kind.

/// The format that this program reads and writes. The data say theirs in `space.json`.
pub const FORMAT: u32 = 1;

/// What becomes of a record with a field that this program does not know, in data of a newer format.
/// In data of its own format or an older one such a field is a mistake, and always refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Newer {
    /// The record is read without the field: whatever it says, nobody is let in by that.
    Ignored,
    /// The record cannot be read: the field may be a restriction, which to ignore would let somebody
    /// in. It then grants nothing, or its last good form stays in force, or the facility is shut.
    Refused,
}
