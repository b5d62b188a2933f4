//! Reads lines of a file that somebody may be writing at the same moment.

use std::{io, path::Path};

use super::{
    month_file::{self, MonthContent},
    scan::ScannedLines,
};

/// How often doubtful content is read again before it is left for the next call.
const MAX_READS: usize = 8;

/// As many bytes as there are.
pub(super) const ALL: u64 = u64::MAX;

/// Reads a file from a position on, at most so many bytes. While one of its pages is being written, a read may see the
/// following pages in their new state and that page in its old one; then it is read again.
pub(super) fn read_settled(
    path: &Path,
    from: u64,
    most: u64,
) -> io::Result<(MonthContent, ScannedLines)> {
    let mut content = month_file::read(path, from, most)?;
    let mut scan = ScannedLines::new(&content.bytes);
    for _ in 1..MAX_READS {
        if !scan.is_doubtful() {
            return Ok((content, scan));
        }
        let again = month_file::read(path, from, most)?;
        if again.bytes == content.bytes {
            return Ok((content, scan));
        }
        scan = ScannedLines::new(&again.bytes);
        content = again;
    }
    scan.keep_sound();
    Ok((content, scan))
}
