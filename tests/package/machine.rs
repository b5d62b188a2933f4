//! A machine with a fresh Debian: a folder that programs are locked into, without a network.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use rustix::process::geteuid;
use tempfile::TempDir;

use crate::{made::run, part};

/// What a machine has before the package comes: what the package needs.
const INSTALLED: &str = "git,openssh-client,systemd";

/// Where downloaded packages are kept from run to run.
const DOWNLOADS: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/debian");

/// The machine.
pub(crate) struct Machine {
    root: TempDir,
}

impl Machine {
    /// Sets a machine up; where it cannot be, the test is skipped.
    #[track_caller]
    pub(crate) fn fresh() -> Option<Self> {
        if !geteuid().is_root() {
            part::skipped("only root can set up a machine");
            return None;
        }
        if !part::there("debootstrap", &["--version"]) {
            return None;
        }
        if !part::works(alone().arg("true")) {
            part::skipped("nothing can be mounted here");
            return None;
        }
        // The same release as here: its libraries are what the program was linked with.
        let release = fs::read_to_string("/etc/os-release").unwrap();
        let name = release.lines().find_map(|it| it.strip_prefix("VERSION_CODENAME="));
        let Some(name) = name else {
            part::skipped("this is no release of Debian");
            return None;
        };
        let root = tempfile::tempdir().unwrap();
        run(Command::new("cp").arg("-a").arg(bare(name).join(".")).arg(root.path()));
        Some(Self { root })
    }

    /// Returns the path at which a file of the machine is found from outside.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path.trim_start_matches('/'))
    }

    /// Returns the folder that it is.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// Returns a command that a user of the machine gives, without a network.
    pub(crate) fn command(&self, user: &str, args: &[&str]) -> Command {
        self.locked_in(user, args, &["--net"])
    }

    /// Returns a command that a user of the machine gives, who reaches servers on this host.
    pub(crate) fn online(&self, user: &str, args: &[&str]) -> Command {
        self.locked_in(user, args, &[])
    }

    fn locked_in(&self, user: &str, args: &[&str], without: &[&str]) -> Command {
        let mut command = Command::new("unshare");
        let proc = format!("--mount-proc={}", self.at("proc").display());
        command.arg("--mount").args(without).arg(proc);
        // Simulated boards are terminals of the host. Without a fork, so that a signal reaches the program
        // itself.
        let enter = "mount --bind /dev/pts \"$0/dev/pts\" && exec chroot \"$1\" \"$0\" \"${@:2}\"";
        command.args(["bash", "-c", enter]).arg(self.root());
        command.arg(format!("--userspec={user}")).args(args);
        let home = match user {
            "root" => "/root",
            "space-fetch" => "/var/lib/space-fetch",
            _ => "/var/lib/space",
        };
        command.env_clear().envs([("HOME", home), ("LC_ALL", "C.UTF-8")]);
        command.envs([("PATH", "/usr/sbin:/usr/bin"), ("DEBIAN_FRONTEND", "noninteractive")]);
        command
    }

    /// Has root do something that must succeed, and returns what is printed.
    #[track_caller]
    pub(crate) fn root_does(&self, args: &[&str]) -> String {
        run(&mut self.command("root", args))
    }

    /// Has a user do something that must succeed, and returns what is printed.
    #[track_caller]
    pub(crate) fn does(&self, user: &str, args: &[&str]) -> String {
        run(&mut self.command(user, args))
    }

    /// Has a user do what the unit of a service does, and returns what is printed.
    #[track_caller]
    pub(crate) fn serves(&self, unit: &str) -> String {
        let text = fs::read_to_string(self.at("usr/lib/systemd/system").join(unit)).unwrap();
        let text = text.replace("\\\n", " ");
        let setting = |name: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            found.unwrap_or_else(|| panic!("{unit} has no {name}"))
        };
        // A shell reads words as the service manager does.
        let line = setting("ExecStart").replace("$$", "$");
        let line = ["sh", "-c", &line];
        match text.contains("network-online.target") {
            true => run(&mut self.online(setting("User"), &line)),
            false => self.does(setting("User"), &line),
        }
    }
}

/// Returns a command whose mounts are gone with it.
fn alone() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork"]);
    command
}

/// Sets up, once for all tests, what each gets a copy of: two that download packages to one folder at the
/// same moment spoil them for each other.
fn bare(release: &str) -> PathBuf {
    static BARE: OnceLock<PathBuf> = OnceLock::new();
    let made = || {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bare-machine");
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(DOWNLOADS).unwrap();
        fs::create_dir_all(&root).unwrap();
        let include = format!("--include={INSTALLED}");
        let cache = format!("--cache-dir={DOWNLOADS}");
        let made = ["debootstrap", "--variant=minbase", &include, &cache, release];
        run(alone().args(made).arg(&root));
        root
    };
    BARE.get_or_init(made).clone()
}
