//! A space with a bridge, whose messages go through folders.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};
use space::store::Store;

use crate::home::Home;
pub(crate) use crate::running::Running;

pub(crate) const TAG: &str = "d2f3ce26-12ab-4b2a-8943-d49e4a7b1420";

/// A space and its folders.
pub(crate) struct World {
    pub(crate) home: Home,
    queue: tempfile::TempDir,
}

/// The message that gives a fob to a member for the front door.
pub(crate) fn activate(member: &str, code: &str, tag: &str) -> Value {
    json!({
        "action": "activate", "code": code, "facility": "frontdoor", "codetype": "fob",
        "member": member, "priority": 3, "tag": tag,
        "effective": "2020-01-01T00:00:00Z", "expiration": "2999-01-01T00:00:00Z",
    })
}

/// The message that holds the front door unlocked.
pub(crate) fn open_house() -> Value {
    json!({
        "action": "set-requirement", "requiredpriority": -1, "facility": "frontdoor",
        "tag": "open-house", "description": "Open house", "timespec": "always",
    })
}

impl World {
    pub(crate) fn new() -> Self {
        let (home, queue) = (Home::new(), tempfile::tempdir().unwrap());
        let world = Self { home, queue };
        for folder in [world.incoming(), world.outgoing(), world.journals()] {
            fs::create_dir_all(folder).unwrap();
        }
        world.configure("");
        world
    }

    /// Writes the configuration, with more settings before the folders of the queue.
    pub(crate) fn configure(&self, more: &str) {
        self.configure_queue(&format!(
            "{more}\n[queue.folder]\nincoming = \"{}\"\noutgoing = \"{}\"\n",
            self.incoming().display(),
            self.outgoing().display()
        ));
    }

    /// Writes the configuration with another queue.
    pub(crate) fn configure_queue(&self, queue: &str) {
        let text = format!(
            "space = \"{}\"\njournal = \"{}\"\nsince = \"2026-01-01T00:00:00Z\"\n{queue}",
            self.home.dir.path().display(),
            self.journals().display()
        );
        fs::write(self.config(), text).unwrap();
    }

    fn config(&self) -> PathBuf {
        self.queue.path().join("bridge.toml")
    }

    pub(crate) fn incoming(&self) -> PathBuf {
        self.queue.path().join("in")
    }

    pub(crate) fn outgoing(&self) -> PathBuf {
        self.queue.path().join("out")
    }

    pub(crate) fn journals(&self) -> PathBuf {
        self.home.dir.path().join(".git/space/journal")
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(self.home.dir.path()).unwrap()
    }

    /// Puts a message into the folder as its sender does.
    pub(crate) fn put(&self, name: &str, message: &Value) {
        self.put_text(name, &message.to_string());
    }

    pub(crate) fn put_text(&self, name: &str, text: &str) {
        let draft = self.incoming().join(format!("{name}.new"));
        fs::write(&draft, text).unwrap();
        fs::rename(draft, self.incoming().join(format!("{name}.json"))).unwrap();
    }

    /// Returns the names of the messages that are still to be received.
    pub(crate) fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(self.incoming()).unwrap();
        let mut names: Vec<String> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name.ends_with(".json"));
        names.sort();
        names
    }

    /// Returns the names and contents of what was sent.
    pub(crate) fn sent(&self) -> Vec<(String, Value)> {
        let mut all: Vec<_> = fs::read_dir(self.outgoing())
            .unwrap()
            .map(|it| it.unwrap().path())
            .filter(|path| path.extension().is_some_and(|it| it == "json"))
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, serde_json::from_slice(&fs::read(path).unwrap()).unwrap())
            })
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        self.place(&mut command).args(args);
        command
    }

    /// Lets a program work on this space, whatever the settings of the machine.
    pub(crate) fn place<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        for variable in
            ["SPACE_REPO", "SPACE_CONFIG", "SPACE_NOW", "NOTIFY_SOCKET", "JOURNAL_STREAM"]
        {
            command.env_remove(variable);
        }
        command.env("SPACE_BRIDGE_CONFIG", self.config());
        command.env("HOME", self.queue.path()).current_dir(self.home.dir.path())
    }

    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> (Output, String) {
        let output = self.command(args).output().unwrap();
        let text = [&output.stdout[..], &output.stderr].concat();
        (output, String::from_utf8(text).unwrap())
    }

    #[track_caller]
    pub(crate) fn good(&self, args: &[&str]) -> String {
        let (output, text) = self.run(args);
        assert!(output.status.success(), "{args:?}: {text}");
        text
    }

    /// Starts a program that tells what happens as JSON lines.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        let child = self.command(args).arg("--json").stdout(Stdio::piped()).spawn();
        Running::new(child.unwrap())
    }
}
