//! A file in pieces: what lies near what was read before is in memory already.

use std::fs::File;

use crate::store::read_at::read_at;

/// How much is read at once, and a little more, for what begins in one piece and ends in the next.
const PIECE: usize = 8 << 10;
const MORE: usize = 1 << 10;

/// So many pieces are kept.
const PIECES: usize = 64;

/// Pieces of files, each in the place that its number gives.
pub(super) struct Windows(Vec<Piece>);

#[derive(Clone, Default)]
struct Piece {
    file: usize,
    start: u64,
    bytes: Vec<u8>,
}

impl Windows {
    pub(super) fn new() -> Self {
        Self(vec![Piece::default(); PIECES])
    }

    /// Returns what a file has from an offset on: so many bytes, fewer where it ends.
    pub(super) fn at(
        &mut self,
        (number, file): (usize, &File),
        offset: u64,
        length: usize,
    ) -> Option<&[u8]> {
        let within = usize::try_from(offset % PIECE as u64).ok()?;
        let start = offset - within as u64;
        let place = usize::try_from(offset / PIECE as u64 % PIECES as u64).ok()?;
        let piece = &mut self.0[place];
        let end = within + length;
        if (piece.file, piece.start) != (number, start) || piece.bytes.len() < end {
            (piece.file, piece.start) = (number, start);
            piece.bytes.resize(end.max(PIECE + MORE), 0);
            let read = read_at(file, &mut piece.bytes, start).unwrap_or(0);
            piece.bytes.truncate(read);
        }
        let rest = piece.bytes.get(within..)?;
        Some(&rest[..rest.len().min(length)])
    }
}
