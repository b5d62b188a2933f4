//! `space notice send` as a timer runs it: once per occasion, whatever the server does.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::server::Server;

/// A space with a mail server, and the commands that are run in it.
pub(crate) struct World {
    pub(crate) dir: tempfile::TempDir,
    server: Server,
}

impl World {
    pub(crate) fn new() -> Option<Self> {
        let server = Server::start("plain", None)?;
        let dir = tempfile::tempdir().unwrap();
        let settings = "[user]\n\tname = Grace\n\temail = grace@example.org\n";
        fs::write(dir.path().join(".gitconfig"), settings).unwrap();
        let world = Self { dir, server };
        let config = format!(
            "pause_ms = 0\n[smtp]\nhost = \"localhost\"\nport = {}\ntls = \"none\"\n",
            world.server.port
        );
        fs::write(world.dir.path().join("mail.toml"), config).unwrap();
        world.good(&["init", "shop", "--name", "Tool Shed", "--zone", "Europe/London"]);
        world.good(&["settings", "edit", "--mail-from", "members@example.org"]);
        Some(world)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        if args[0] == "init" {
            return self.around(&mut command).args(args).output().unwrap();
        }
        self.place(&mut command, &self.shop()).args(args).output().unwrap()
    }

    pub(crate) fn shop(&self) -> PathBuf {
        self.dir.path().join("shop")
    }

    /// Lets a command work on the space, or on a copy of it.
    pub(crate) fn place<'c>(&self, command: &'c mut Command, shop: &Path) -> &'c mut Command {
        self.around(command.arg("-C").arg(shop))
    }

    fn around<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.current_dir(self.dir.path()).env("HOME", self.dir.path());
        command.env("XDG_CONFIG_HOME", self.dir.path()).env_remove("SPACE_REPO");
        command.env("SPACE_MAIL_CONFIG", self.dir.path().join("mail.toml"));
        command.env("SPACE_NOW", "2026-03-11T09:00:00Z")
    }

    #[track_caller]
    pub(crate) fn good(&self, args: &[&str]) -> String {
        let done = self.run(args);
        let message = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{args:?}: {message}");
        String::from_utf8(done.stdout).unwrap()
    }

    pub(crate) fn member(&self, name: &str, email: &str) {
        self.good(&["member", "add", name, "--email", email, "--paid-until", "2026-03-01"]);
    }

    /// Sends, and returns the status of each notice: `0001 reminder sent`.
    #[track_caller]
    pub(crate) fn send(&self, status: i32) -> Vec<String> {
        self.send_in(&self.shop(), status)
    }

    /// Does the same in a copy of the space.
    #[track_caller]
    pub(crate) fn send_in(&self, shop: &Path, status: i32) -> Vec<String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        let command = self.place(&mut command, shop).args(["notice", "send", "--json"]);
        let done = command.output().unwrap();
        let message = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(status), "{message}");
        let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
        let word = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
        let notices = answer["notices"].as_array().unwrap().iter();
        let line = |it: &Value| {
            format!("{} {} {}", word(it, "member"), word(it, "kind"), word(it, "fate"))
        };
        let mut lines: Vec<String> = notices.map(line).collect();
        lines.sort();
        lines
    }

    pub(crate) fn received(self) -> Vec<String> {
        self.server.rest().iter().map(|it| it.to().to_owned()).collect()
    }
}

#[test]
fn each_notice_is_sent_once_and_failures_are_recorded() {
    let Some(world) = World::new() else { return };
    world.member("Ada Lovelace", "ada@example.org");
    world.member("Bob Noyce", "nobody-bob@example.org");
    world.member("Eve Adams", "later-eve@example.org");
    assert_eq!(
        world.send(0),
        ["0001 reminder sent", "0002 reminder failed", "0003 reminder later"]
    );
    assert_eq!(world.send(0), ["0003 reminder later"]);
    let listing = world.good(&["notice", "told", "bob"]);
    assert!(listing.contains("550") && listing.contains("n…@example.org"), "{listing}");
    let shop = world.shop();
    let mut git = Command::new("git");
    git.arg("-C").arg(&shop).args(["log", "-p", "--", ":(glob)members/*/*/notices/**"]);
    let log = git.output().unwrap().stdout;
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains("\"occasion\": \"2026-03-01/3\"") && !log.contains("nobody-bob"), "{log}");
    assert_eq!(world.received(), ["ada@example.org"]);
}

#[test]
fn events_are_announced_even_if_the_first_run_failed() {
    let Some(world) = World::new() else { return };
    world.good(&["settings", "edit", "--notice-off", "reminder"]);
    assert_eq!(world.send(0), [""; 0]);
    world.member("Ada Lovelace", "ada@example.org");
    world.member("Eve Adams", "later-eve@example.org");
    assert_eq!(world.send(0), ["0001 welcome sent", "0002 welcome later"]);
    assert_eq!(world.send(0), ["0002 welcome later"], "Ada is not welcomed twice");
    world.good(&["member", "edit", "eve", "--email", "eve@example.org"]);
    assert_eq!(world.send(0), ["0002 welcome sent"]);
    assert_eq!(world.send(0), [""; 0]);
    assert_eq!(world.received(), ["ada@example.org", "eve@example.org"]);
}

#[test]
fn a_run_that_could_not_commit_sends_nothing_twice() {
    let Some(world) = World::new() else { return };
    world.member("Ada Lovelace", "ada@example.org");
    // Somebody edits the file that is to be written: the letter goes out, the commit does not.
    let notices = world.shop().join("members/00/0001/notices");
    fs::create_dir(&notices).unwrap();
    fs::write(notices.join("reminder.json"), "{}").unwrap();
    let done = world.run(&["notice", "send"]);
    assert!(!done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    fs::remove_dir_all(&notices).unwrap();
    assert_eq!(world.send(0), [""; 0], "it was sent");
    let listing = world.good(&["notice", "told", "ada"]);
    assert!(listing.contains("2026-03-01/3"), "and is on record now: {listing}");
    assert_eq!(world.received(), ["ada@example.org"]);
}

#[test]
fn a_server_that_refuses_everybody_does_not_condemn_the_addresses() {
    let Some(world) = World::new() else { return };
    for number in 1..=6 {
        world.member(&format!("Member {number}"), &format!("nobody-{number}@example.org"));
    }
    let results = world.send(70);
    assert_eq!(results.len(), 6);
    assert!(results.iter().all(|result| result.ends_with("waits")), "{results:?}");
    assert!(world.good(&["notice", "told", "0001"]).contains("no notices have been sent"));
}

#[test]
fn a_broken_template_sends_nothing_at_all() {
    let Some(world) = World::new() else { return };
    world.member("Ada Lovelace", "ada@example.org");
    let shop = world.shop();
    fs::create_dir(shop.join("templates")).unwrap();
    fs::write(shop.join("templates/reminder.txt"), "Subject: x\n\n{{ dues.amuont }}\n").unwrap();
    let check = world.run(&["check"]);
    let message = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(message.contains("templates/reminder.txt:3:4: `dues.amuont`"), "{message}");
    for args in [&["add", "-A"][..], &["commit", "-qnm", "by hand"]] {
        let mut git = Command::new("git");
        git.arg("-C").arg(&shop).args(args).env("HOME", world.dir.path());
        assert!(git.status().unwrap().success());
    }
    let done = world.run(&["notice", "send"]);
    let message = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{message}");
    assert!(message.contains("templates/reminder.txt:3:4"), "{message}");
    assert!(world.received().is_empty());
}
