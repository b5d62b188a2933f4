//! Reading at a place of a file, by several threads at once.

use std::{fs::File, io};

/// Reads until the bytes are full or the file ends; returns how many there are.
pub(in crate::store) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut full = 0;
    while full < bytes.len() {
        match some_at(file, &mut bytes[full..], offset + full as u64)? {
            0 => break,
            more => full += more,
        }
    }
    Ok(full)
}

#[cfg(unix)]
fn some_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, offset)
}

#[cfg(windows)]
fn some_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, offset)
}
