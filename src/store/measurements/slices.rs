//! What a meter said, by quarters of an hour, from a file per month that remembers it.
//!
//! Such a file says what it was made from: how long the month's measurements were, by which rules, and
//! what was known before. If any of it is different now, the month is read again. When a month of
//! measurements has been removed, its quarters remain.

use std::{collections::BTreeMap, fs, io, path::Path};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    each::{self, Damage},
    month_file,
};
use crate::{
    domain::{
        meters::{Fold, FoldState, Oddity, Rules, Slice, Slices, slice},
        model::{Base, Slug},
    },
    store::{
        StoreError,
        disk::{durable, io_at},
    },
};

/// The version of such a file; one of another version is made anew.
const VERSION: u8 = 1;

/// What a meter said in some time.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MeterSlices {
    /// By quarters of an hour; those without a word are missing.
    pub slices: Slices,
    /// What was odd about the counter, in the months that were looked at.
    pub odd: BTreeMap<Oddity, u32>,
    /// What could not be read.
    pub damage: Damage,
}

/// What the quarters of a month were made from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Origin {
    version: u8,
    base: u8,
    rules: Rules,
    before: FoldState,
    /// The length of the file of measurements, and its last bytes.
    length: u64,
    end: Vec<u8>,
}

/// The quarters of a month, as they are kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Kept {
    origin: Origin,
    after: FoldState,
    odd: Vec<(Oddity, u32)>,
    damage: (u64, u64),
    slices: Vec<(i64, Slice)>,
}

/// Returns what a meter said from a moment on and before another, which should lie on quarters of an
/// hour.
///
/// # Errors
/// A file cannot be read.
pub fn slices(
    folder: &Path,
    meter: &Slug,
    base: Base,
    rules: Rules,
    window: (Timestamp, Timestamp),
) -> Result<MeterSlices, StoreError> {
    let numbers =
        slice::number(window.0.as_millisecond())..slice::number(window.1.as_millisecond());
    let first = month_file::month_of(window.0.as_millisecond());
    let mut found = MeterSlices::default();
    let mut before = FoldState::default();
    let mut months = month_file::list(folder, meter)?;
    months.extend(month_file::list_kept(folder, meter)?);
    months.sort_unstable();
    months.dedup();
    for month in months {
        let kept = month_slices(folder, meter, month, (base, rules, before))?;
        before = kept.after;
        // What was used before a reading may be in a month after the window ended.
        for (number, slice) in &kept.slices {
            if numbers.contains(number) {
                found.slices.entry(*number).or_default().add(slice);
            }
        }
        if month >= first && month_file::begins(month) < window.1 {
            for (oddity, count) in kept.odd {
                *found.odd.entry(oddity).or_default() += count;
            }
            found.damage.bytes += kept.damage.0;
            found.damage.other_unit += kept.damage.1;
        }
    }
    Ok(found)
}

fn month_slices(
    folder: &Path,
    meter: &Slug,
    month: Date,
    (base, rules, before): (Base, Rules, FoldState),
) -> Result<Kept, StoreError> {
    let path = month_file::path(folder, meter, month);
    let end = month_file::read_end(&path, 64)?;
    let length = month_file::length(&path)?;
    let origin = Origin { version: VERSION, base: base.code(), rules, before, length, end };
    let place = path.with_extension(month_file::KEPT);
    let kept = read(&place);
    let usable = |kept: &Kept| {
        // A file only grows: what is missing was removed, and this is all that is left of it.
        let was = &kept.origin;
        let removed = length < was.length && was.version == VERSION && was.base == base.code();
        removed || *was == origin
    };
    if let Some(kept) = kept.filter(usable) {
        return Ok(kept);
    }
    let mut damage = Damage::default();
    let mut fold = Fold::new(rules, before);
    each::month_each(&path, base, &mut damage, |it| fold.add(it))?;
    let (slices, after, odd) = fold.finish();
    let kept = Kept {
        origin,
        after,
        odd: odd.into_iter().collect(),
        damage: (damage.bytes, damage.other_unit),
        slices: slices.into_iter().collect(),
    };
    if length > 0 {
        // It saves time, and nothing is lost without it: whoever may only read goes without.
        let _ = write(&place, &kept);
    }
    Ok(kept)
}

/// Makes sure that the quarters of a month are on the disk, before its measurements are removed.
///
/// # Errors
/// They cannot be written.
pub(super) fn keep(place: &Path) -> Result<(), StoreError> {
    durable::flush(place).map_err(io_at(place))
}

fn read(place: &Path) -> Option<Kept> {
    let bytes = fs::read(place).ok()?;
    let (sum, content) = bytes.split_first_chunk::<4>()?;
    (checksum(content) == *sum).then(|| postcard::from_bytes(content).ok())?
}

fn write(place: &Path, kept: &Kept) -> io::Result<()> {
    let content = postcard::to_stdvec(kept).map_err(io::Error::other)?;
    let mut bytes = checksum(&content).to_vec();
    bytes.extend(content);
    // Several may do this at the same time.
    let draft = place.with_extension(format!("{}.{}.new", month_file::KEPT, std::process::id()));
    durable::replace(place, &draft, &bytes)
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum().to_le_bytes()
}
