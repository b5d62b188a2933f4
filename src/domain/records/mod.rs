//! Records among each other: what may be asked about all of them, without reading them all.

mod catalogue;
mod mentions;
mod overlay;

pub use catalogue::Catalogue;
pub use overlay::Overlay;

use crate::domain::model::{CodeHash, MemberId, Record, RecordPath, Slug, Tag};

/// The records of one moment, as far as checks look beyond the record in hand.
///
/// Implementations answer [`Records::record`] and [`Records::exists`] by looking at one file, and
/// [`Records::requirements`], [`Records::facilities`] and [`Records::within`] at one folder; the
/// other questions need a catalogue of everything and may build or load one when first asked. So a
/// check asks them only where the record in hand gives a reason to.
pub trait Records {
    /// Returns one record; nothing if there is none or it cannot be read.
    fn record(&self, path: &RecordPath) -> Option<Record>;

    /// Tells whether there is such a record, readable or not.
    fn exists(&self, path: &RecordPath) -> bool;

    /// Returns the names of all facilities.
    fn facilities(&self) -> Vec<Slug>;

    /// Returns the tags of a facility's requirements.
    fn requirements(&self, facility: &Slug) -> Vec<Tag>;

    /// Returns every record that lies in a member's folder, readable or not.
    fn within(&self, member: MemberId) -> Vec<RecordPath>;

    /// Returns every credential with this code.
    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)>;

    /// Returns every credential and requirement with this tag.
    fn tagged(&self, tag: &Tag) -> Vec<RecordPath>;

    /// Returns members of this tier, at most `most`.
    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId>;

    /// Returns records that name this facility (grants, inductions, inductions first), at most `most`.
    fn users_of(&self, facility: &Slug, most: usize) -> Vec<RecordPath>;

    /// Returns the members whose parent is this one.
    fn children(&self, parent: MemberId) -> Vec<MemberId>;

    /// Returns where every payment of every member lies, readable or not.
    fn payments(&self) -> Vec<(MemberId, Tag)>;

    /// Returns where every transaction lies that nobody was credited with, readable or not.
    fn unmatched(&self) -> Vec<(i16, Tag)>;
}
