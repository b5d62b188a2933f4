//! The newest measurement of a meter, found at the end of its files.

use std::path::Path;

use super::{block, month_file};
use crate::{
    domain::{
        meters::Measurement,
        model::{Base, Slug},
    },
    store::StoreError,
};

/// How much is read at the end of a file.
const END: u64 = 64 * 1024;

/// Returns the newest measurement of a meter among those that were written last.
///
/// # Errors
/// A file cannot be read.
pub fn newest(folder: &Path, meter: &Slug, base: Base) -> Result<Option<Measurement>, StoreError> {
    for month in month_file::list(folder, meter)?.into_iter().rev() {
        let bytes = month_file::read_end(&month_file::path(folder, meter, month), END)?;
        let blocks = block::find(&bytes).0;
        let mut found: Option<Measurement> = None;
        for block in blocks.iter().filter(|block| block.base == base) {
            block.each(&bytes, |it| {
                if found.is_none_or(|found| found.millis <= it.millis) {
                    found = Some(it);
                }
            });
        }
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
