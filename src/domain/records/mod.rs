//! Questions about all records, answered without reading them all.

mod catalogue;
pub mod mentions;
mod named;
mod overlay;
mod zone;

pub use catalogue::Catalogue;
pub use named::{in_words, name, who};
pub use overlay::Overlay;
pub use zone::{last_moment, zone};

use jiff::civil::Date;

use crate::domain::model::{CodeHash, MemberId, Record, RecordPath, Slug, Tag};

/// The records of one moment, as far as checks look beyond the record at hand.
///
/// Implementations answer [`Records::record`] and [`Records::exists`] by looking at one file, and
/// [`Records::requirements`], [`Records::facilities`], [`Records::meters`], [`Records::zones`] and
/// [`Records::within`] at one folder. The
/// other questions need a catalogue of everything, which may be built or loaded when first needed,
/// so a check asks them only if the record at hand gives it a reason to.
pub trait Records {
    /// Returns one record; `None` if it does not exist or cannot be read.
    fn record(&self, path: &RecordPath) -> Option<Record>;

    /// Tells whether there is such a record, readable or not.
    fn exists(&self, path: &RecordPath) -> bool;

    /// Returns the names of all facilities.
    fn facilities(&self) -> Vec<Slug>;

    /// Returns the tags of a facility's requirements.
    fn requirements(&self, facility: &Slug) -> Vec<Tag>;

    /// Returns the names of all meters.
    fn meters(&self) -> Vec<Slug>;

    /// Returns the names of all zones.
    fn zones(&self) -> Vec<Slug>;

    /// Returns the names of all channels of chats.
    fn channels(&self) -> Vec<Slug>;

    /// Returns every record in a member's folder, readable or not.
    fn within(&self, member: MemberId) -> Vec<RecordPath>;

    /// Returns every credential with this code.
    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)>;

    /// Returns every credential and requirement with this tag.
    fn tagged(&self, tag: &Tag) -> Vec<RecordPath>;

    /// Returns up to `most` members of this tier.
    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId>;

    /// Returns up to `most` records that name this facility (grants, inductions, inductions
    /// first, meters, zones, channels).
    fn users_of(&self, facility: &Slug, most: usize) -> Vec<RecordPath>;

    /// Returns the members whose parent is this one.
    fn children(&self, parent: MemberId) -> Vec<MemberId>;

    /// Returns the place of every payment, readable or not.
    fn payments(&self) -> Vec<(MemberId, Tag)>;

    /// Returns the records as they were at the end of a local day, or else the oldest ones that
    /// have a member; `None` if these are the same, or if nothing is known about the past.
    fn as_of(&self, _member: MemberId, _day: Date) -> Option<Box<dyn Records + '_>> {
        None
    }

    /// Returns how many bytes a door keeps of all members (`budget::load_of`).
    fn load(&self) -> u64;

    /// Returns the place of every unmatched transaction, readable or not.
    fn unmatched(&self) -> Vec<(i16, Tag)>;
}
