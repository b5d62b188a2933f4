//! `space door simulate-board` as a process, driven by the driver.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use serde_json::{Value, json};
use space::hardware::{
    DeviceCommand, DeviceReport, Reader as _, Strike as _,
    accx::{self, Options},
};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::bench::{fob, patiently};

/// A board on somebody's desk.
struct Desk {
    child: Child,
    typed: Option<ChildStdin>,
    lines: UnboundedReceiver<String>,
}

impl Desk {
    fn new(args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_space"))
            .args(["door", "simulate-board"])
            .args(args)
            .env_remove("SPACE_REPO")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (typed, printed) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        // The driver runs in the test's own thread, which therefore must not block on a line.
        let (sender, lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            printed.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok())
        });
        Self { child, typed, lines }
    }

    async fn line(&mut self) -> String {
        patiently(self.lines.recv()).await.expect("it goes on")
    }

    async fn json(&mut self) -> Value {
        serde_json::from_str(&self.line().await).unwrap()
    }

    /// Reads lines until one contains this.
    async fn wait(&mut self, words: &str) -> String {
        loop {
            let line = self.line().await;
            if line.contains(words) {
                return line;
            }
        }
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.typed.as_mut().unwrap(), "{line}").unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_script_sees_what_the_driver_does() {
    let dir = tempfile::tempdir().unwrap();
    let link = dir.path().join("board");
    let mut desk = Desk::new(&["--json", "--link", link.to_str().unwrap()]);
    assert_eq!(desk.json().await, json!({ "event": "plugged", "path": link }));
    let (mut reader, mut strike) = accx::open(Options { port: link.clone() });
    let report = patiently(reader.next()).await.unwrap();
    assert!(matches!(report, DeviceReport::Connected(_)), "{report:?}");
    assert_eq!(desk.json().await, json!({ "event": "opened" }));
    desk.type_line("fob 235,7814");
    assert_eq!(patiently(reader.next()).await, Some(fob("15408774")));
    strike.send(DeviceCommand::Relay { relay: 3, on: true });
    assert_eq!(desk.json().await, json!({ "event": "relay", "relay": 3, "on": true }));
    desk.type_line("unplug");
    desk.wait("unplugged").await;
    assert!(!link.exists());
    while !matches!(patiently(reader.next()).await, Some(DeviceReport::Lost(_))) {}
    desk.type_line("plug");
    while !matches!(patiently(reader.next()).await, Some(DeviceReport::Connected(_))) {}
    drop(strike);
    while patiently(reader.next()).await.is_some() {}
    desk.wait("closed").await;
    drop(desk.typed.take());
    assert!(desk.child.wait().unwrap().success());
    assert!(!is_link(&link), "it takes its link along");
}

#[tokio::test]
async fn a_person_reads_words() {
    let mut desk = Desk::new(&[]);
    let line = desk.wait("/dev/").await;
    let path = PathBuf::from(line.split_whitespace().find(|it| it.starts_with("/dev")).unwrap());
    desk.type_line("dance");
    desk.wait("help").await;
    let mut port = std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    desk.wait("opened").await;
    port.write_all(b"e0\rc2\rl1,1\r").unwrap();
    desk.wait("relay 2 energised").await;
    desk.wait("light of reader 1 on").await;
    desk.type_line("passcode 0042");
    let mut lines = BufReader::new(port).lines();
    assert!(lines.any(|line| line.unwrap() == "P0042,1"));
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
