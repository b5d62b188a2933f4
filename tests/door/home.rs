//! A repository of a small space, and a door running on it.

use std::{
    io::{BufRead as _, BufReader, PipeWriter, Write},
    os::unix::net::UnixStream,
    sync::mpsc::{self, Receiver, Sender},
    thread::JoinHandle,
    time::Duration,
};

use git2::{FileMode, Oid, Repository, build::TreeUpdateBuilder};
use serde_json::{Value, json};
use space::{
    domain::model::Code,
    door::{self, DoorError, Options},
    service::Show,
    store::{Author, InitOptions, Store},
};
use tempfile::TempDir;

use crate::support::{ADA, at, key};

/// Far longer than anything takes; reaching it means that the test has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A space in its own folder.
pub(crate) struct Home {
    pub(crate) dir: TempDir,
    repo: Repository,
}

impl Home {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let credential = json!({
            "type": "fob",
            "code": Code::fob(ADA).unwrap().hash(&key()),
            "grants": [{ "facility": "frontdoor", "priority": 1,
                "effective": "2020-01-01T00:00:00Z", "expiration": null }],
        });
        let files = [
            (
                "space.json",
                json!({
                    "name": "Space", "time_zone": "Europe/London", "currency": "GBP",
                    "reference_prefix": "SM", "grace_days": 14, "dues": { "minimum": 0,
                    "included_children": 0, "per_further_child": 0, "concession_age": 65 },
                }),
            ),
            ("tiers/guest.json", json!({ "name": "Guest", "price": null })),
            ("facilities/frontdoor/facility.json", json!({ "name": "Front door", "kind": "door" })),
            (
                "facilities/frontdoor/requirements/base.json",
                json!({ "priority": 1, "timespec": "always" }),
            ),
            (
                "members/00/0001/member.json",
                json!({ "name": "Ada Lovelace", "tier": "guest", "joined": "2020-01-01" }),
            ),
            (CREDENTIAL, credential),
        ];
        let files: Vec<_> =
            files.into_iter().map(|(path, it)| (path.to_owned(), it.to_string().into())).collect();
        let author = Author { name: "Admin".into(), email: "admin@example.org".into() };
        let options = InitOptions { key: Some(key()), ..InitOptions::default() };
        Store::init(dir.path(), &files, &author, &options, at(0)).unwrap();
        let repo = Repository::open(dir.path()).unwrap();
        Self { dir, repo }
    }

    pub(crate) fn head(&self) -> Oid {
        self.repo.refname_to_id("refs/heads/main").unwrap()
    }

    /// Returns the tree of a folder in the newest commit.
    pub(crate) fn tree(&self, path: &str) -> Oid {
        let tree = self.repo.find_commit(self.head()).unwrap().tree().unwrap();
        tree.get_path(path.as_ref()).unwrap().id()
    }

    /// Commits files like another program would; `None` as content removes one.
    pub(crate) fn commit(&self, files: &[(&str, Option<&str>)]) -> Oid {
        self.commit_at(files, "1970-01-01T00:00:00Z")
    }

    /// Commits files as [`Self::commit`] does, by a clock that shows this.
    pub(crate) fn commit_at(&self, files: &[(&str, Option<&str>)], time: &str) -> Oid {
        let parent = self.repo.find_commit(self.head()).unwrap();
        let mut update = TreeUpdateBuilder::new();
        for (path, text) in files {
            match text {
                Some(text) => {
                    let blob = self.repo.blob(text.as_bytes()).unwrap();
                    update.upsert(*path, blob, FileMode::Blob);
                }
                None => drop(update.remove(*path)),
            }
        }
        let tree = update.create_updated(&self.repo, &parent.tree().unwrap()).unwrap();
        let tree = self.repo.find_tree(tree).unwrap();
        let time: jiff::Timestamp = time.parse().unwrap();
        let time = git2::Time::new(time.as_second(), 0);
        let me = git2::Signature::new("Admin", "admin@example.org", &time).unwrap();
        self.repo.commit(Some("refs/heads/main"), &me, &me, "edit", &tree, &[&parent]).unwrap()
    }

    pub(crate) fn point_to(&self, commit: &str) {
        let path = self.dir.path().join(".git/refs/heads/main");
        let new = path.with_extension("new");
        std::fs::write(&new, format!("{commit}\n")).unwrap();
        std::fs::rename(new, path).unwrap();
    }

    pub(crate) fn options(&self) -> Options {
        let socket = Some(self.dir.path().join(".git/space/door.sock"));
        Options {
            socket,
            show: Show::Json,
            ..Options::new(self.dir.path(), space::cli::advice::words)
        }
    }
}

/// Ada's only credential.
pub(crate) const CREDENTIAL: &str = "members/00/0001/credentials/t1.json";

/// A running door.
pub(crate) struct Door {
    thread: Option<JoinHandle<Result<(), DoorError>>>,
    typed: Option<PipeWriter>,
    lines: Receiver<Value>,
    socket: BufReader<UnixStream>,
}

impl Door {
    pub(crate) fn start(home: &Home) -> Self {
        let (door, in_force) = Self::begin(home, "in-force");
        assert_eq!(in_force["commit"], home.head().to_string());
        door
    }

    /// Starts one, and waits for what it says first of a kind.
    pub(crate) fn begin(home: &Home, event: &str) -> (Self, Value) {
        let (reader, typed) = std::io::pipe().unwrap();
        let (sender, lines) = mpsc::channel();
        let options = Options { terminal: Some(Box::new(reader)), ..home.options() };
        let path = options.socket.clone().unwrap();
        let out = Lines { sender, rest: Vec::new() };
        let thread = Some(std::thread::spawn(move || door::run(options, out)));
        let said = wait_for(&lines, event);
        let socket = BufReader::new(UnixStream::connect(path).unwrap());
        (Self { thread, typed: Some(typed), lines, socket }, said)
    }

    /// Reads a fob at the front door, and returns the result.
    pub(crate) fn read(&mut self, fob: &str) -> Value {
        self.ask(&json!({ "facility": "frontdoor", "type": "fob", "code": fob, "reader": "entry" }))
    }

    pub(crate) fn ask(&mut self, line: &Value) -> Value {
        self.request(&json!({ "read": line }))
    }

    pub(crate) fn request(&mut self, line: &Value) -> Value {
        writeln!(self.socket.get_mut(), "{line}").unwrap();
        let mut answer = String::new();
        self.socket.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    pub(crate) fn wait(&self, event: &str) -> Value {
        wait_for(&self.lines, event)
    }

    /// Waits until a commit is in force, and returns its findings.
    pub(crate) fn wait_for_commit(&self, commit: Oid) -> Value {
        loop {
            let line = self.wait("in-force");
            if line["commit"] == commit.to_string() {
                return line["findings"].clone();
            }
        }
    }

    pub(crate) fn stop(mut self) {
        self.typed = None;
        self.thread.take().unwrap().join().unwrap().unwrap();
        wait_for(&self.lines, "stopped");
    }
}

fn wait_for(lines: &Receiver<Value>, event: &str) -> Value {
    loop {
        let line = lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {event} came"));
        if line["event"] == event {
            return line;
        }
    }
}

/// Splits a door's output into lines.
struct Lines {
    sender: Sender<Value>,
    rest: Vec<u8>,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            let _ = self.sender.send(serde_json::from_slice(&line).unwrap());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
