//! A file in pieces: what lies near what was read before is in memory already.

use std::fs::File;

use crate::store::read_at::read_at;

/// How much is read at once, and of how many places it is kept.
const PIECE: usize = 16 << 10;
const PIECES: usize = 32;

/// Pieces of one or more files.
pub(super) struct Windows {
    pieces: Vec<Piece>,
    oldest: usize,
}

#[derive(Clone, Default)]
struct Piece {
    file: usize,
    start: u64,
    bytes: Vec<u8>,
}

impl Windows {
    pub(super) fn new() -> Self {
        Self { pieces: vec![Piece::default(); PIECES], oldest: 0 }
    }

    /// Returns what a file has from an offset on: so many bytes, fewer where it ends.
    pub(super) fn at(
        &mut self,
        (number, file): (usize, &File),
        offset: u64,
        length: usize,
    ) -> Option<&[u8]> {
        let has = |it: &Piece| it.file == number && it.has(offset, length);
        let found = match self.pieces.iter().position(has) {
            Some(found) => found,
            None => {
                let oldest = self.oldest;
                self.oldest = (oldest + 1) % PIECES;
                let piece = &mut self.pieces[oldest];
                // What comes just before is as likely to be asked for as what comes after.
                let before = usize::try_from(offset % (PIECE as u64 / 2)).ok()?;
                (piece.file, piece.start) = (number, offset - before as u64);
                piece.bytes.resize((before + length).max(PIECE), 0);
                let read = read_at(file, &mut piece.bytes, piece.start).unwrap_or(0);
                piece.bytes.truncate(read);
                oldest
            }
        };
        let piece = &self.pieces[found];
        let from = usize::try_from(offset - piece.start).ok()?;
        let rest = piece.bytes.get(from..)?;
        Some(&rest[..rest.len().min(length)])
    }
}

impl Piece {
    fn has(&self, offset: u64, length: usize) -> bool {
        let end = self.start + self.bytes.len() as u64;
        self.start <= offset && offset + length as u64 <= end
    }
}
