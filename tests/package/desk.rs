//! A person at a terminal of the machine, and a board on the desk.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read, Write as _},
    os::unix::fs::PermissionsExt as _,
    process::{Child, ChildStdin, ChildStdout, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
};

use serde_json::{Value, json};

use crate::{life::PATIENCE, machine::Machine};

/// Where the board is plugged in.
const PORT: &str = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART-if00-port0";

/// Returns the lines of an output as they come.
pub(crate) fn lines(output: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        BufReader::new(output).lines().map_while(Result::ok).all(|it| sender.send(it).is_ok())
    });
    lines
}

/// A command at a terminal.
pub(crate) struct Terminal {
    child: Child,
    keys: ChildStdin,
    screen: ChildStdout,
    printed: Vec<u8>,
}

impl Terminal {
    /// Has root give a command at a terminal of the machine.
    pub(crate) fn of(machine: &Machine, line: &str) -> Self {
        let mut command = machine.online("root", &["script", "-qec", line, "/dev/null"]);
        command.env("SHELL", "/bin/sh").env("TERM", "xterm");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (keys, screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, keys, screen, printed: Vec::new() }
    }

    /// Waits for words on the screen that were not there when somebody last waited.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) {
        let from = self.printed.len();
        let mut byte = [0];
        while !String::from_utf8_lossy(&self.printed[from..]).contains(words) {
            let more = self.screen.read(&mut byte).unwrap() > 0;
            assert!(more, "no {words:?} in {}", String::from_utf8_lossy(&self.printed));
            self.printed.push(byte[0]);
        }
    }

    /// Types something when a question appears.
    #[track_caller]
    pub(crate) fn answer(&mut self, question: &str, keys: &str) {
        self.sees(question);
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for its end; returns all that was on the screen, and whether it went well.
    pub(crate) fn end(mut self) -> (String, bool) {
        self.screen.read_to_end(&mut self.printed).unwrap();
        let well = self.child.wait().unwrap().success();
        (String::from_utf8(self.printed).unwrap(), well)
    }
}

/// A simulated board in the machine.
pub(crate) struct Board {
    child: Child,
    typed: ChildStdin,
    lines: Receiver<String>,
}

impl Board {
    pub(crate) fn plug_in(machine: &Machine) -> Self {
        fs::create_dir_all(machine.at("/dev/serial/by-id")).unwrap();
        let simulate = ["space", "--json", "door", "simulate-board", "--link", PORT];
        let mut command = machine.online("root", &simulate);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let typed = child.stdin.take().unwrap();
        let lines = lines(child.stdout.take().unwrap());
        let board = Self { child, typed, lines };
        board.wait(&json!({ "event": "plugged", "path": PORT }));
        // The system gives a real one to the group of serial ports.
        let port = fs::read_link(machine.at(PORT)).unwrap();
        fs::set_permissions(port, fs::Permissions::from_mode(0o666)).unwrap();
        board
    }

    fn wait(&self, event: &Value) {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).expect("the board goes on");
            if serde_json::from_str::<Value>(&line).unwrap() == *event {
                return;
            }
        }
    }

    /// Holds a fob to its reader.
    pub(crate) fn hold(&mut self, fob: &str) {
        while self.lines.try_recv().is_ok() {} // what happened before is of no account
        writeln!(self.typed, "fob {fob}").unwrap();
    }

    /// Waits until a relay is energised.
    pub(crate) fn unlocks(&self, relay: u8) {
        self.wait(&json!({ "event": "relay", "relay": relay, "on": true }));
    }

    /// Takes it away.
    pub(crate) fn unplug(mut self, machine: &Machine) {
        drop(self.typed);
        assert!(self.child.wait().unwrap().success());
        fs::remove_dir_all(machine.at("/dev/serial")).unwrap();
    }
}
