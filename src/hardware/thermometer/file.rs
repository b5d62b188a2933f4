//! A file with a number, written by the driver of any thermometer.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::Read as _,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{Thermometer, Unit, decimal};
use crate::domain::guard::Millidegrees;

/// No number is longer than this, in bytes.
const LONGEST: u64 = 64;

/// A file with a number.
#[derive(Debug)]
pub struct NumberFile {
    path: PathBuf,
    unit: Unit,
    /// The user that it has to belong to, if it matters.
    owner: Option<u32>,
    /// Which file was read last, and when that was written.
    last: Option<(u64, SystemTime)>,
}

impl NumberFile {
    /// Makes one; without an owner, anybody may write it.
    #[must_use]
    pub const fn new(path: PathBuf, unit: Unit, owner: Option<u32>) -> Self {
        Self { path, unit, owner, last: None }
    }
}

impl Thermometer for NumberFile {
    fn read(&mut self) -> Result<Option<Millidegrees>, String> {
        let at = self.path.display();
        let failed = |error: std::io::Error| format!("cannot read {at}: {error}");
        let file = open(&self.path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(format!("{at} is not a file"));
        }
        if let Some(owner) = self.owner {
            complain(&metadata, owner).map_or(Ok(()), |why| Err(format!("{at} {why}")))?;
        }
        // The kernel measures when it is asked. Others write, and may have stopped. What changes
        // with each writing cannot be changed by those who may not write, nor by setting the clock.
        let written = (number(&metadata), metadata.modified().map_err(failed)?);
        if !self.path.starts_with("/sys") && self.last == Some(written) {
            return Ok(None);
        }
        let mut text = String::new();
        file.take(LONGEST).read_to_string(&mut text).map_err(failed)?;
        let value = convert(&text, self.unit);
        let value = value.ok_or_else(|| format!("{at} says {:?}, no temperature", text.trim()))?;
        self.last = Some(written);
        Ok(Some(value))
    }
}

/// Converts a number in a unit.
fn convert(text: &str, unit: Unit) -> Option<Millidegrees> {
    let thousandths = decimal::thousandths(text)?;
    let value = match unit {
        Unit::Millidegrees => thousandths / 1_000,
        Unit::Celsius => thousandths,
        Unit::Fahrenheit => thousandths.checked_sub(32_000)?.checked_mul(5)? / 9,
    };
    value.try_into().ok()
}

/// Opens a file itself, not what a link names, and does not wait for a writer of a pipe.
fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.cast_signed());
    }
    options.open(path)
}

/// Returns what tells a file from others of the same name.
fn number(metadata: &Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    metadata.len()
}

/// Says what is wrong with who may write a file; `None` if nothing is.
fn complain(metadata: &Metadata, owner: u32) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if metadata.uid() != owner {
            return Some(format!("belongs to user {}, not to {owner}", metadata.uid()));
        }
        if metadata.mode() & 0o022 != 0 {
            return Some("can be written by others".into());
        }
    }
    #[cfg(not(unix))]
    let _ = (metadata, owner);
    None
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _, time::Duration};

    use super::*;

    fn owner(path: &Path) -> u32 {
        std::os::unix::fs::MetadataExt::uid(&fs::metadata(path).unwrap())
    }

    #[test]
    fn units_are_converted() {
        assert_eq!(convert("21500\n", Unit::Millidegrees), Some(21_500));
        assert_eq!(convert("21.5", Unit::Celsius), Some(21_500));
        assert_eq!(convert("80", Unit::Fahrenheit), Some(26_666));
        assert_eq!(convert("999999999999", Unit::Celsius), None);
    }

    /// Whoever wrote it may have ended long ago.
    #[test]
    fn it_counts_once_each_time_it_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hall");
        let mut it = NumberFile::new(path.clone(), Unit::Celsius, None);
        assert!(it.read().unwrap_err().contains("cannot read"));
        fs::write(&path, "20.1").unwrap();
        assert_eq!(it.read(), Ok(Some(20_100)));
        assert_eq!(it.read(), Ok(None));
        let later = fs::metadata(&path).unwrap().modified().unwrap() + Duration::from_secs(1);
        File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        assert_eq!(it.read(), Ok(Some(20_100)));
        // A clock that was set back a year makes it no older and no newer.
        let back = later - Duration::from_secs(365 * 86_400);
        File::options().write(true).open(&path).unwrap().set_modified(back).unwrap();
        assert_eq!((it.read(), it.read()), (Ok(Some(20_100)), Ok(None)));
    }

    #[test]
    fn what_is_not_a_number_in_a_file_is_told_and_nobody_waits_for_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hall");
        let mut it = NumberFile::new(path.clone(), Unit::Celsius, None);
        for text in ["", "NaN", "1e400", "warm", "\u{1b}[2J"] {
            fs::write(&path, text).unwrap();
            assert!(it.read().unwrap_err().contains("no temperature"), "{text}");
        }
        fs::write(&path, [0xff; 10_000_000]).unwrap();
        assert!(it.read().is_err());
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/proc/uptime", &path).unwrap();
        assert!(it.read().is_err(), "a link");
        fs::remove_file(&path).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &path,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        assert!(it.read().unwrap_err().contains("is not a file"));
    }

    #[test]
    fn a_file_that_others_may_write_is_not_believed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hall");
        fs::write(&path, "20").unwrap();
        let mut it = NumberFile::new(path.clone(), Unit::Celsius, Some(owner(&path)));
        for mode in [0o666, 0o620, 0o602] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(it.read().unwrap_err().contains("written by others"), "{mode:o}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(it.read(), Ok(Some(20_000)));
        let mut it = NumberFile::new(path.clone(), Unit::Celsius, Some(owner(&path) + 1));
        assert!(it.read().unwrap_err().contains("belongs to"));
    }
}
