//! What differs on a terminal: questions, colours, widths. `script` provides the terminal.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    env,
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
};

/// A space, and a person in front of it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let settings = "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n";
        std::fs::write(desk.0.path().join(".gitconfig"), settings).unwrap();
        desk.plain(&["init", "makers", "--name", "Makers", "--zone", "UTC"], &[]);
        desk
    }

    fn command(&self, program: &str) -> Command {
        let program_dir = Path::new(env!("CARGO_BIN_EXE_space")).parent().unwrap();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = [program_dir.to_owned()].into_iter().chain(env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .current_dir(self.0.path())
            .env_clear()
            .env("PATH", env::join_paths(path).unwrap())
            .env("HOME", self.0.path())
            .env("TERM", "xterm-256color")
            .env("SHELL", "/bin/sh")
            .env("SPACE_NOW", "2026-03-02T18:00:00Z");
        command
    }

    /// Runs a command without a terminal; returns its output.
    fn plain(&self, args: &[&str], variables: &[(&str, &str)]) -> String {
        let mut command = self.command("space");
        let output = command.args(args).envs(variables.iter().copied()).output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        String::from_utf8(printed).unwrap()
    }

    /// Runs a line on a terminal. When the question appears, an answer is typed.
    fn typed(&self, line: &str, question: &str, answer: &str) -> String {
        let mut command = self.command("script");
        let mut child = command
            .args(["-qec", line, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`script` of util-linux plays the terminal");
        let (mut keys, mut screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut printed = Vec::new();
        let mut byte = [0];
        let asked = |printed: &[u8]| String::from_utf8_lossy(printed).contains(question);
        while !asked(&printed) && screen.read(&mut byte).unwrap() > 0 {
            printed.push(byte[0]);
        }
        keys.write_all(answer.as_bytes()).unwrap();
        screen.read_to_end(&mut printed).unwrap();
        child.wait().unwrap();
        String::from_utf8(printed).unwrap()
    }
}

#[test]
fn an_undo_asks_first_and_no_is_the_default() {
    let desk = Desk::new();
    desk.plain(&["-C", "makers", "member", "add", "Ada", "--tier", "guest"], &[]);
    for answer in ["\n", "n\n", "perhaps\n"] {
        let printed = desk.typed("space -C makers undo", "(y/N): ", answer);
        assert!(printed.contains("Undo \"member: add 0001 Ada\""), "{printed}");
        assert!(printed.contains("nothing was changed"), "{printed}");
    }
    let printed = desk.typed("space -C makers undo", "(y/N): ", "y\n");
    assert!(printed.contains("undo: member: add 0001 Ada"), "{printed}");
    assert!(
        desk.plain(&["-C", "makers", "member", "list"], &[]).starts_with("there are no members")
    );
}

#[test]
fn missing_values_are_asked_for_on_a_terminal_only() {
    let desk = Desk::new();
    let printed = desk.plain(&["-C", "makers", "member", "add"], &[]);
    assert!(printed.contains("the name is missing"), "{printed}");
    let printed = desk.typed("space -C makers member add --tier guest", "Name: ", "Ada Lovelace\n");
    assert!(printed.contains("member: add 0001 Ada Lovelace"), "{printed}");
    desk.typed("space init second", "]: ", "Second Space\n");
    assert!(desk.plain(&["-C", "second", "status"], &[]).contains("Second Space"));
}

#[test]
fn a_passcode_is_not_shown_while_it_is_typed() {
    let desk = Desk::new();
    desk.plain(&["-C", "makers", "member", "add", "Ada", "--tier", "guest"], &[]);
    let line = "space -C makers credential add --member ada --passcode -";
    let printed = desk.typed(line, "Passcode: ", "471100\n");
    assert!(printed.contains("add passcode of 0001 Ada"), "{printed}");
    assert!(!printed.contains("471100"), "{printed}");
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let desk = Desk::new();
    let list = ["-C", "makers", "facility", "list"];
    let coloured = |printed: &str| printed.contains('\u{1b}');
    assert!(coloured(&desk.typed("space -C makers facility list", "", "")));
    assert!(!coloured(&desk.typed("NO_COLOR=1 space -C makers facility list", "", "")));
    assert!(!coloured(&desk.plain(&list, &[])));
    assert!(coloured(&desk.plain(&list, &[("CLICOLOR_FORCE", "1")])));
    assert!(!coloured(&desk.plain(&list, &[("NO_COLOR", "1")])));
    let json = ["-C", "makers", "facility", "list", "--json"];
    assert!(!coloured(&desk.plain(&json, &[("CLICOLOR_FORCE", "1")])));
}

#[test]
fn a_table_fits_the_terminal_and_is_whole_in_a_pipe() {
    let desk = Desk::new();
    let name = "Augusta Ada King, Countess of Lovelace, of Ockham Park";
    desk.plain(&["-C", "makers", "member", "add", name, "--tier", "guest"], &[]);
    let printed = desk.typed("stty cols 72; NO_COLOR=1 space -C makers member list", "", "");
    assert!(printed.lines().all(|line| line.trim_end().chars().count() <= 72), "{printed}");
    assert!(printed.contains("Ockham") && printed.contains(" 2026-03-02 "), "{printed}");
    let printed = desk.plain(&["-C", "makers", "member", "list"], &[]);
    assert!(printed.lines().any(|line| line.contains(name)), "{printed}");
}
