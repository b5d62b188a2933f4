//! Text made piece by piece on every core, in memory that is used again.

use std::{
    io,
    sync::{Mutex, PoisonError},
};

use crate::store::cores;

/// Has `make` append each piece of a text to what it is given, on every core, and gives the pieces
/// to `take` in their order.
///
/// # Errors
/// The first that either returns.
pub(super) fn in_order(
    pieces: usize,
    make: impl Fn(usize, &mut Vec<u8>) -> io::Result<()> + Sync,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    // Memory that was never used is slow to use: the system clears it page by page.
    let spare = Mutex::new(Vec::new());
    let spare = || spare.lock().unwrap_or_else(PoisonError::into_inner);
    let work = |(): &mut (), piece: usize| {
        let mut text = spare().pop().unwrap_or_default();
        make(piece, &mut text).map(|()| text)
    };
    cores::in_order(
        pieces,
        || (),
        work,
        |text| {
            let mut text = text?;
            take(&text)?;
            text.clear();
            spare().push(text);
            Ok(())
        },
    )
}
