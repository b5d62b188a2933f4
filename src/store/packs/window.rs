//! A file in pieces: what lies near what was read before is in memory already.

use std::fs::File;

use crate::store::read_at::read_at;

/// Pieces of files, each in the place that its number gives.
pub(super) struct Windows {
    pieces: Vec<Piece>,
    /// How much is read at once, and an eighth more, for what begins in one piece and ends in the
    /// next.
    length: usize,
}

#[derive(Clone, Default)]
struct Piece {
    file: usize,
    start: u64,
    bytes: Vec<u8>,
    /// Whether the file ends here.
    last: bool,
}

impl Windows {
    /// Keeps so many pieces of such a length in bytes.
    pub(super) fn new(pieces: usize, length: usize) -> Self {
        Self { pieces: vec![Piece::default(); pieces], length }
    }

    /// Returns what a file has from an offset on: so many bytes, fewer where it ends.
    pub(super) fn at(
        &mut self,
        (number, file): (usize, &File),
        offset: u64,
        length: usize,
    ) -> Option<&[u8]> {
        let within = usize::try_from(offset % self.length as u64).ok()?;
        let start = offset - within as u64;
        let turn = offset / self.length as u64 % self.pieces.len() as u64;
        let piece = &mut self.pieces[usize::try_from(turn).ok()?];
        let end = within + length;
        let same = (piece.file, piece.start) == (number, start) && !piece.bytes.is_empty();
        if !same || (piece.bytes.len() < end && !piece.last) {
            (piece.file, piece.start) = (number, start);
            piece.bytes.resize(end.max(self.length + self.length / 8), 0);
            let read = read_at(file, &mut piece.bytes, start).unwrap_or(0);
            piece.last = read < piece.bytes.len();
            piece.bytes.truncate(read);
        }
        let rest = piece.bytes.get(within..)?;
        Some(&rest[..rest.len().min(length)])
    }
}
