//! Writes files to the disk with few flushes, so that a power cut undoes nothing acknowledged.
//!
//! On ext4, one flush at the end is enough if the content of every new file is on its way to the
//! disk before the rename that makes it count: what a journal commit refers to must be there by
//! then.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// Sends the content of new files to the disk: not yet safe from a power cut, but certain to be
/// there before anything that is renamed afterwards.
pub(crate) fn write_back(files: &[PathBuf]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    return linux::write_back(files);
    #[cfg(not(target_os = "linux"))]
    files.iter().try_for_each(|path| File::open(path)?.sync_all())
}

/// Makes everything on the file system of a path safe from a power cut.
pub(crate) fn flush_all(path: &Path) -> io::Result<()> {
    let file = File::open(path)?;
    #[cfg(target_os = "linux")]
    return rustix::fs::syncfs(&file).map_err(io::Error::from);
    #[cfg(not(target_os = "linux"))]
    file.sync_all()
}

/// Makes a renamed file, and everything written back before it, safe from a power cut.
pub(crate) fn flush(path: &Path) -> io::Result<()> {
    let file = File::open(path)?;
    file.sync_all()?;
    #[cfg(target_os = "linux")]
    match linux::kind(&file) {
        linux::Kind::Journaled => return Ok(()), // its single journal contains the rename too
        // Nothing there keeps an order: new folders and their names are just as much at stake.
        linux::Kind::Unjournaled => return rustix::fs::syncfs(&file).map_err(io::Error::from),
        linux::Kind::Other => {}
    }
    path.parent().map_or(Ok(()), flush_dir)
}

/// Tells whether the file system of a path is known to keep no journal, so that a power cut may leave
/// it in disorder however much is flushed.
pub(crate) fn is_unjournaled(path: &Path) -> bool {
    #[cfg(target_os = "linux")]
    return File::open(path).is_ok_and(|it| linux::kind(&it) == linux::Kind::Unjournaled);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        false
    }
}

/// Makes the names in a folder safe from a power cut.
pub(crate) fn flush_dir(path: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(()); // folders cannot be opened there
    }
    File::open(path)?.sync_all()
}

/// Removes a file if it exists.
pub(crate) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Creates a file, replacing whatever an interrupted command may have left there; `mode` sets its
/// permissions on systems that have them.
pub(crate) fn create(path: &Path, mode: u32) -> io::Result<File> {
    remove(path)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)
}

/// Replaces a file atomically; `temporary` lies beside it.
pub(crate) fn replace(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    let done = fs::write(temporary, bytes).and_then(|()| fs::rename(temporary, path));
    if done.is_err() {
        let _ = fs::remove_file(temporary); // it may not be there; the first error counts
    }
    done
}

/// Replaces a file of this user alone. A power cut leaves the old file or the new one, and once this
/// returns, the new one: its content reaches the disk before its name does.
pub(crate) fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = create(&draft, 0o600)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    flush(path)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        fs::{self, File, OpenOptions},
        io::{self, Read as _},
        os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
        path::{Path, PathBuf},
        sync::{Mutex, PoisonError},
    };

    use rustix::fs::{Advice, OFlags};

    /// The memory alignment that direct reads need.
    const ALIGNMENT: usize = 4096;

    /// The size of one read; a multiple of the alignment, and larger than most objects.
    const READ_SIZE: usize = 16 * ALIGNMENT;

    /// What is known about a file system.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum Kind {
        /// ext4 or ext3, with a journal.
        Journaled,
        /// ext2, or one of its successors without a journal, or without a known one.
        Unjournaled,
        /// None of these.
        Other,
    }

    /// Finds out about the file system of a file. Asked once for each.
    pub(crate) fn kind(file: &File) -> Kind {
        static KNOWN: Mutex<Vec<(u64, Kind)>> = Mutex::new(Vec::new());
        // `f_type` does not distinguish ext2, ext3 and ext4.
        if !rustix::fs::fstatfs(file).is_ok_and(|system| system.f_type == 0xef53) {
            return Kind::Other;
        }
        let Ok(device) = file.metadata().map(|it| it.dev()) else { return Kind::Unjournaled };
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, kind)) = known.iter().find(|(other, _)| *other == device) {
            return *kind;
        }
        let kind = if has_journal(device) { Kind::Journaled } else { Kind::Unjournaled };
        known.push((device, kind));
        kind
    }

    /// Tells whether ext4 runs a journal on a device: the kernel names its thread.
    fn has_journal(device: u64) -> bool {
        let (major, minor) = (rustix::fs::major(device), rustix::fs::minor(device));
        let link = fs::read_link(format!("/sys/dev/block/{major}:{minor}"));
        let name = link.ok().and_then(|it| it.file_name().map(ToOwned::to_owned));
        let Some(name) = name else { return false };
        let task = Path::new("/sys/fs/ext4").join(name).join("journal_task");
        fs::read_to_string(task).is_ok_and(|it| it.trim().parse::<u32>().is_ok())
    }

    /// For more files than this, flushing the whole file system once is quicker than waiting for
    /// each; and a process can have at most 1024 files open.
    const MAX_FILES: usize = 512;

    pub(crate) fn write_back(files: &[PathBuf]) -> io::Result<()> {
        let Some(first) = files.first() else { return Ok(()) };
        let first = File::open(first)?;
        if files.len() > MAX_FILES || kind(&first) != Kind::Journaled {
            return rustix::fs::syncfs(first).map_err(io::Error::from);
        }
        let opened: Vec<File> = files.iter().map(File::open).collect::<io::Result<_>>()?;
        // This starts the writes without waiting, so that the disk gets them all at once.
        for file in &opened {
            rustix::fs::fadvise(file, 0, None, Advice::DontNeed)?;
        }
        files.iter().zip(&opened).try_for_each(|(path, file)| wait_for_writes(path, file))
    }

    /// Waits for the started writes: a direct read has to, and costs no flush.
    fn wait_for_writes(path: &PathBuf, file: &File) -> io::Result<()> {
        let direct = i32::try_from(OFlags::DIRECT.bits()).unwrap_or_default();
        let read = || {
            let mut direct = OpenOptions::new().read(true).custom_flags(direct).open(path)?;
            let mut memory = vec![0_u8; READ_SIZE + ALIGNMENT];
            let start = memory.as_ptr().align_offset(ALIGNMENT);
            let slice = memory.get_mut(start..start + READ_SIZE);
            let slice = slice.ok_or(io::ErrorKind::Unsupported)?;
            while direct.read(slice)? == READ_SIZE {}
            io::Result::Ok(())
        };
        read().or_else(|_| file.sync_all())
    }
}
