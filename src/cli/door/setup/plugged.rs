//! What could be connected: boards on serial ports, and the pins of a Raspberry Pi.

use std::{fs, path::PathBuf};

/// Lists the ports of boards, by names that stay the same wherever they are plugged in.
pub(super) fn boards() -> Vec<PathBuf> {
    let entries = fs::read_dir("/dev/serial/by-id").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// Tells whether there are pins.
pub(super) fn has_pins() -> bool {
    std::path::Path::new("/dev/gpiochip0").exists()
}
