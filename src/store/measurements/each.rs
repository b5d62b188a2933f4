//! Reads the measurements of a meter in the order of time.

use std::path::Path;

use jiff::Timestamp;

use super::{
    block::{self, Block},
    month_file,
};
use crate::{
    domain::{
        meters::Measurement,
        model::{Base, Slug},
    },
    store::StoreError,
};

/// What could not be read of a meter's files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Damage {
    /// How many bytes belong to no whole block.
    pub bytes: u64,
    /// How many measurements are in another unit, from a time when the meter had that.
    pub other_unit: u64,
}

/// Passes on the measurements of a meter from a moment on and before another, the oldest first, each
/// moment once: of two for the same one, that which was written last counts.
///
/// # Errors
/// A file cannot be read.
pub fn each(
    folder: &Path,
    meter: &Slug,
    base: Base,
    window: (Timestamp, Timestamp),
    mut f: impl FnMut(Measurement),
) -> Result<Damage, StoreError> {
    let (from, until) = (window.0.as_millisecond(), window.1.as_millisecond());
    let months = (month_file::month_of(from), month_file::month_of(until));
    let mut damage = Damage::default();
    for month in month_file::list(folder, meter)? {
        if (months.0..=months.1).contains(&month) {
            let within = |it: Measurement| {
                if (from..until).contains(&it.millis) {
                    f(it);
                }
            };
            month_each(&month_file::path(folder, meter, month), base, &mut damage, within)?;
        }
    }
    Ok(damage)
}

/// Passes on the measurements in one file.
pub(super) fn month_each(
    path: &Path,
    base: Base,
    damage: &mut Damage,
    mut f: impl FnMut(Measurement),
) -> Result<(), StoreError> {
    let bytes = month_file::read(path)?;
    let (mut blocks, stray) = block::find(&bytes);
    damage.bytes += stray as u64;
    blocks.retain(|block| {
        if block.base != base {
            block.each(&bytes, |_| damage.other_unit += 1);
        }
        block.base == base
    });
    // Sorted by their beginning, and by their place where that is the same.
    blocks.sort_by_key(|block| block.first);
    let mut rest = blocks.as_slice();
    let mut one = Vec::new();
    while let Some(first) = rest.first() {
        let (these, others) = rest.split_at(overlapping(rest));
        one.clear();
        // As the recorder writes it: a block of its own, each moment once and in order.
        if these.len() == 1 && decode_sorted(first, &bytes, &mut one) {
            one.iter().copied().for_each(&mut f);
        } else {
            sorted(these, &bytes).into_iter().for_each(&mut f);
        }
        rest = others;
    }
    Ok(())
}

/// Returns how many blocks at the beginning overlap one another, at least one.
fn overlapping(blocks: &[Block]) -> usize {
    let mut end = i64::MIN;
    for (number, block) in blocks.iter().enumerate() {
        if number > 0 && block.first > end {
            return number;
        }
        end = end.max(block.last);
    }
    blocks.len()
}

/// Decodes a block; returns whether each of its moments comes once and in order.
fn decode_sorted(block: &Block, bytes: &[u8], out: &mut Vec<Measurement>) -> bool {
    let (mut last, mut sorted) = (i64::MIN, true);
    block.each(bytes, |it| {
        sorted &= last < it.millis;
        last = it.millis;
        out.push(it);
    });
    sorted
}

/// Returns the measurements of blocks that overlap, each moment once.
fn sorted(blocks: &[Block], bytes: &[u8]) -> Vec<Measurement> {
    // In the order in which they were written, so that the sort keeps what was written last at the end.
    let mut blocks = blocks.to_vec();
    blocks.sort_by_key(Block::place);
    let mut all = Vec::new();
    blocks.iter().for_each(|block| block.each(bytes, |it| all.push(it)));
    all.sort_by_key(|it: &Measurement| it.millis);
    all.reverse();
    all.dedup_by_key(|it| it.millis);
    all.reverse();
    all
}
