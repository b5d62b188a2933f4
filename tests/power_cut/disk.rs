//! A small disk for a test: an ext4 in a file, mounted, observed from below, and copied.

use std::{
    fmt,
    fs::{self, File},
    io,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// Its size: small, so that copies are quick, but large enough for a journal.
const SIZE: u64 = 48 << 20;

/// Everything is initialised when it is made, and nothing later in the background.
const LAID_OUT: &str = "lazy_itable_init=0,lazy_journal_init=0";

/// A mounted disk; removed when dropped.
pub(crate) struct Disk {
    dir: TempDir,
    image: PathBuf,
    device: String,
}

/// Why there is none.
#[derive(Debug)]
pub(crate) enum NoDisk {
    /// A program is not installed.
    Missing(String),
    /// The machine does not allow it.
    Refused(String),
}

impl fmt::Display for NoDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(program) => write!(f, "{program} is missing"),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl From<io::Error> for NoDisk {
    fn from(error: io::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

/// What the device has received so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Traffic {
    pub(crate) writes: u64,
    pub(crate) bytes: u64,
    pub(crate) flushes: u64,
    in_flight: u64,
}

impl Disk {
    /// Makes and mounts one, or returns why this machine does not allow it.
    pub(crate) fn new() -> Result<Self, NoDisk> {
        let dir = tempfile::tempdir()?;
        let image = dir.path().join("image");
        Self::make(dir, image, "has_journal")
    }

    /// Makes and mounts one whose blocks lie in a folder, and take up space there as they are
    /// written.
    pub(crate) fn thin(room: &Path) -> Result<Self, NoDisk> {
        let dir = tempfile::tempdir()?;
        // A journal that cannot be written would end all writing for good.
        Self::make(dir, room.join("image"), "^has_journal")
    }

    fn make(dir: TempDir, image: PathBuf, features: &str) -> Result<Self, NoDisk> {
        let file = File::create(&image)?;
        file.set_len(SIZE)?;
        run("mkfs.ext4", &["-q", "-F", "-b", "4096", "-O", features, "-E", LAID_OUT], &image)?;
        Self::mount(dir, image)
    }

    fn mount(dir: TempDir, image: PathBuf) -> Result<Self, NoDisk> {
        let device = run("losetup", &["--find", "--show"], &image)?;
        let disk = Self { device: device.trim().to_owned(), dir, image };
        fs::create_dir_all(disk.path())?;
        run("mount", &["-t", "ext4", "-o", "errors=continue", &disk.device], &disk.path())?;
        Ok(disk)
    }

    /// Returns where it is mounted.
    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join("mounted")
    }

    /// Returns what the device has received so far, according to the kernel.
    pub(crate) fn traffic(&self) -> Traffic {
        let name = self.device.trim_start_matches("/dev/");
        let text = fs::read_to_string(format!("/sys/block/{name}/stat")).unwrap();
        let fields: Vec<u64> = text.split_whitespace().map(|it| it.parse().unwrap()).collect();
        let (writes, bytes) = (fields[4], fields[6] * 512);
        Traffic { writes, bytes, flushes: fields[15], in_flight: fields[8] }
    }

    /// Copies the content of the device at one moment, as a power cut would leave it, and mounts
    /// the copy. What the kernel still holds in memory is not included.
    pub(crate) fn copy(&self) -> Disk {
        let dir = tempfile::tempdir().unwrap();
        let image = dir.path().join("image");
        loop {
            let before = self.traffic();
            copy_used(&self.image, &image).unwrap();
            // A copy during which something was written does not represent any one moment.
            if before.in_flight == 0 && self.traffic() == before {
                break;
            }
        }
        Self::mount(dir, image).unwrap()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It may not be mounted, or a killed child may hold it a moment longer.
        let _ = run("umount", &["--lazy"], &self.path());
        let _ = run("losetup", &["--detach"], Path::new(&self.device));
    }
}

/// Copies the parts of a file that contain anything but zeros.
fn copy_used(from: &Path, to: &Path) -> io::Result<()> {
    let (from, to) = (File::open(from)?, File::create(to)?);
    to.set_len(SIZE)?;
    let mut block = vec![0; 1 << 16];
    let zeros = block.clone();
    for at in (0..SIZE).step_by(block.len()) {
        from.read_exact_at(&mut block, at)?;
        if block != zeros {
            to.write_all_at(&block, at)?;
        }
    }
    Ok(())
}

fn run(program: &str, arguments: &[&str], last: &Path) -> Result<String, NoDisk> {
    let mut command = Command::new(program);
    command.args(arguments).arg(last).stdin(Stdio::null());
    let output = command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => NoDisk::Missing(program.to_owned()),
        _ => NoDisk::Refused(format!("{program}: {error}")),
    })?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(NoDisk::Refused(format!("{program}: {}", message.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
