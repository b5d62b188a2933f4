//! A space on a disk, the configuration of its services, and commands in it.

use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::mpsc,
    thread,
};

use jiff::Timestamp;
use space::store::Store;

/// The moment of everything, unless a test lets time pass.
pub(crate) fn now() -> Timestamp {
    "2026-03-02T18:00:00Z".parse().unwrap()
}

/// Lets something serve as long as its test runs, and returns its address.
pub(crate) fn serve<S: Future>(
    serving: impl FnOnce(tokio::net::TcpListener) -> S + Send + 'static,
) -> String {
    let (sender, at) = mpsc::channel::<SocketAddr>();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            serving(listener).await;
        });
    });
    format!("http://{}", at.recv().unwrap())
}

/// A space, and the home of whoever works in it.
pub(crate) struct OnDisk {
    pub(crate) dir: tempfile::TempDir,
}

impl OnDisk {
    /// Makes a space without members.
    pub(crate) fn new() -> Self {
        let it = Self { dir: tempfile::tempdir().unwrap() };
        let settings = "[user]\n\tname = Grace\n\temail = grace@example.org\n";
        fs::write(it.dir.path().join(".gitconfig"), settings).unwrap();
        let space = it.space_dir().display().to_string();
        it.run(&["init", &space, "--name", "Makers", "--currency", "GBP"]);
        it
    }

    pub(crate) fn space_dir(&self) -> PathBuf {
        self.dir.path().join("makers")
    }

    /// Returns the file that says which services there are.
    pub(crate) fn config(&self) -> PathBuf {
        self.dir.path().join("services.toml")
    }

    /// Writes a secret that nobody else may read.
    pub(crate) fn write_secret(&self, name: &str, secret: &str) {
        let path = self.dir.path().join(name);
        fs::write(&path, secret).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    }

    /// Returns a command in the space.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        self.command_at(now(), args)
    }

    /// Returns a command in the space at a moment.
    pub(crate) fn command_at(&self, at: Timestamp, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        command
            .args(args)
            .env("HOME", self.dir.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("SPACE_REPO", self.space_dir())
            .env("SPACE_SERVICES_CONFIG", self.config())
            .env("SPACE_NOW", at.to_string())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command that has to succeed.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> String {
        self.run_at(now(), args)
    }

    /// Runs a command that has to succeed at a moment.
    #[track_caller]
    pub(crate) fn run_at(&self, at: Timestamp, args: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command_at(at, args).output().unwrap();
        let said = String::from_utf8_lossy(&stderr);
        assert!(status.success(), "{args:?}: {said}");
        String::from_utf8(stdout).unwrap()
    }

    /// Runs a command that has to fail, and returns what it says.
    #[track_caller]
    pub(crate) fn refused(&self, args: &[&str]) -> String {
        let Output { status, stderr, .. } = self.command(args).output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert!(!status.success(), "{args:?}: {said}");
        said
    }

    /// Opens the space as a program does.
    pub(crate) fn store(&self) -> Store {
        Store::open(&self.space_dir()).unwrap()
    }
}
