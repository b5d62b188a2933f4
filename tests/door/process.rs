//! A door as the system runs it: its signs of life, its end, its log, its clock, its refusals.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::{net::UnixDatagram, process::ExitStatusExt as _},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use jiff::{Timestamp, ToSpan as _};
use serde_json::Value;

use crate::{board::Board, home::Home, support::ADA};

/// A door's process, which ends with its test: a leftover process would open the pseudo-terminal
/// of the next test that gets the same name.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It has already ended, unless the test failed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl std::ops::Deref for Running {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl std::ops::DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

/// Far longer than anything takes; reaching it means that the test has failed.
const PATIENCE: Duration = Duration::from_secs(30);

fn space(home: &Home, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
    command.args(args).arg("-C").arg(home.dir.path());
    for variable in ["SPACE_REPO", "SPACE_CONFIG", "NOTIFY_SOCKET", "JOURNAL_STREAM"] {
        command.env_remove(variable);
    }
    command
}

fn done(mut command: Command) -> (Output, String) {
    let output = command.output().unwrap();
    let text = [&output.stdout[..], &output.stderr].concat();
    (output, String::from_utf8(text).unwrap())
}

fn end(child: &Child) {
    let pid = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
}

/// Writes a configuration of the front door on a board, preceded by other settings.
fn wiring(home: &Home, board: &Board, before: &str) -> String {
    let text = format!(
        "{before}\n[devices.board.accx]\nport = \"{}\"\n[doors.frontdoor]\n\
         strikes = [\"board:1\"]\nentry = [\"board:1\"]\n",
        board.path.display()
    );
    let path = home.dir.path().join("door.toml");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn it_says_that_it_is_ready_and_alive_and_locks_everything_when_it_is_ended() {
    let (home, mut board) = (Home::new(), Board::new());
    let config = wiring(&home, &board, "");
    let path = home.dir.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(PATIENCE)).unwrap();
    let receive = || {
        let mut bytes = [0; 256];
        let length = manager.recv(&mut bytes).expect("the door says something");
        String::from_utf8(bytes[..length].to_owned()).unwrap().trim().to_owned()
    };
    let child = space(&home, &["door", "run", "--config", &config])
        .env("NOTIFY_SOCKET", &path)
        .env("WATCHDOG_USEC", "30000")
        .env("JOURNAL_STREAM", "8:1")
        .stdout(Stdio::piped())
        .spawn();
    let mut child = Running(child.unwrap());
    assert_eq!(receive(), "READY=1");
    assert_eq!(receive(), "WATCHDOG=1");
    board.wait_for(b"o4\r").unwrap();
    board.say(format!("F{ADA},1\r\n").as_bytes());
    board.wait_for(b"c1\r").unwrap();
    let (status, text) = done(space(&home, &["door", "status", "--config", &config]));
    assert!(status.status.success() && text.contains("TCM-ACCX"), "{text}");
    assert_eq!(receive(), "WATCHDOG=1");
    end(&child);
    for relay in ["o1\r", "o2\r", "o3\r", "o4\r"] {
        board.wait_for(relay.as_bytes()).expect("every relay is let go");
    }
    assert!(child.wait().unwrap().success());
    assert_eq!(board.board.relays(), [false; 4]);
    let message = std::iter::repeat_with(receive).find(|it| it != "WATCHDOG=1");
    assert_eq!(message.as_deref(), Some("STOPPING=1"));
    // The system's journal adds the time, and sorts by severity.
    let lines: Vec<String> =
        BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap).collect();
    assert!(lines[0].starts_with("<6>in force: commit "), "{lines:?}");
    assert!(lines.iter().any(|it| it.starts_with("<6>frontdoor  granted  0001: ")), "{lines:?}");
    assert!(!lines.iter().any(|it| it.contains("Ada")), "a log has numbers only: {lines:?}");
    assert_eq!(lines.last().unwrap(), "<6>stopped; every door is locked");
}

#[test]
fn an_unplugged_board_is_reported_and_found_again() {
    let (home, mut board) = (Home::new(), Board::new());
    let link = home.dir.path().join("port");
    std::os::unix::fs::symlink(&board.path, &link).unwrap();
    board.path = link.clone();
    let config = wiring(&home, &board, "");
    let child = space(&home, &["door", "run", "--json", "--config", &config])
        .stdout(Stdio::piped())
        .spawn();
    let mut child = Running(child.unwrap());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut event = |name: &str| loop {
        let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        if line["event"] == name {
            return line;
        }
    };
    board.wait_for(b"o4\r").unwrap();
    event("connected");
    board.say(format!("F{ADA},1\r\n").as_bytes());
    board.wait_for(b"c1\r").unwrap();
    // The link is removed first, because the system gives its target's name to the next terminal.
    std::fs::remove_file(&link).unwrap();
    drop(board);
    let trouble = event("trouble")["message"].to_string();
    assert!(trouble.contains("unplugged"), "{trouble}");
    let (_, text) = done(space(&home, &["door", "status", "--json", "--config", &config]));
    let status: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status["doors"][0]["strike"], "unknown");
    assert_eq!(status["devices"][0]["connected"], Value::Null);
    // A command says what the device confirmed.
    for verb in ["unlock", "hold", "lock", "release"] {
        let (output, text) = done(space(&home, &["door", verb, "frontdoor", "--config", &config]));
        assert_eq!(output.status.code(), Some(1), "{verb}: {text}");
        assert!(text.contains("the strike of frontdoor does not answer"), "{verb}: {text}");
    }
    let mut board = Board::new();
    std::os::unix::fs::symlink(&board.path, &link).unwrap();
    for relay in ["o1\r", "o2\r", "o3\r", "o4\r"] {
        board.wait_for(relay.as_bytes()).expect("locked when it is back");
    }
    event("connected");
    end(&child);
    board.wait_for(b"o4\r").unwrap();
    assert!(child.wait().unwrap().success());
}

/// What is printed can be copied: the command that ends a hold names the door and where it listens.
#[test]
fn what_ends_a_hold_is_a_command_that_runs() {
    let home = Home::new();
    let config = home.dir.path().join("door.toml");
    let wiring = "[devices.sim.simulator]\n[doors.frontdoor]\nstrikes = [\"sim:1\"]\n";
    std::fs::write(&config, wiring).unwrap();
    let config = config.to_str().unwrap();
    let run = ["door", "run", "--json", "--no-terminal", "--config", config];
    let mut child =
        Running(space(&home, &run).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // Once its records are in force, it listens.
    assert!(lines.by_ref().any(|line| line.unwrap().contains("\"in-force\"")));
    for verb in ["hold", "lock"] {
        let (output, text) = done(space(&home, &["door", verb, "frontdoor", "--config", config]));
        assert!(output.status.success(), "{verb}: {text}");
        let command = text.split('`').nth(1).unwrap();
        let folder = home.dir.path().display();
        let whole = format!("space -C {folder} door release frontdoor --config {config}");
        assert_eq!(command, whole, "{text}");
        let words: Vec<&str> = command.split(' ').skip(3).collect();
        let (output, text) = done(space(&home, &words));
        assert!(output.status.success(), "{text}");
        assert!(text.contains("follows the requirements again"), "{text}");
    }
    end(&child);
    assert!(child.wait().unwrap().success());
}

/// More than a thousand frames a second, each a different fob that nobody holds.
#[test]
fn a_broken_reader_does_not_affect_the_other_door() {
    let (home, mut noisy, mut quiet) = (Home::new(), Board::new(), Board::new());
    let text = format!(
        "[devices.noisy.accx]\nport = \"{}\"\n[devices.quiet.accx]\nport = \"{}\"\n\
         [doors.laser]\nstrikes = [\"noisy:1\"]\nentry = [\"noisy:1\"]\n\
         [doors.frontdoor]\nstrikes = [\"quiet:1\"]\nentry = [\"quiet:1\"]\n",
        noisy.path.display(),
        quiet.path.display()
    );
    let config = home.dir.path().join("door.toml");
    std::fs::write(&config, text).unwrap();
    let config = config.to_str().unwrap();
    let run = ["door", "run", "--config", config];
    let mut child = Running(space(&home, &run).stdout(Stdio::null()).spawn().unwrap());
    noisy.wait_for(b"o4\r").unwrap();
    quiet.wait_for(b"o4\r").unwrap();
    for frame in 0..5_000 {
        noisy.say(format!("F{frame},1\r\n").as_bytes());
        if frame == 2_500 {
            quiet.say(format!("F{ADA},1\r\n").as_bytes());
        }
    }
    quiet.wait_for(b"c1\r").expect("served all the same");
    end(&child);
    quiet.wait_for(b"o4\r").unwrap();
    assert!(child.wait().unwrap().success());
    let (_, text) = done(space(&home, &["activity", "list", "--count", "9999", "--json"]));
    let list: Value = serde_json::from_str(&text).unwrap();
    let laser = list.as_array().unwrap().iter().filter(|it| it["facility"] == "laser");
    assert!(laser.count() < 20, "the reader is locked out and does not fill the journal");
}

#[test]
fn a_clock_at_1970_is_doubted_and_members_still_get_in() {
    let (home, mut board) = (Home::new(), Board::new());
    let config = wiring(&home, &board, "");
    let child = space(&home, &["door", "run", "--config", &config])
        .env("SPACE_NOW", "1970-01-01T00:00:10Z")
        .stdout(Stdio::null())
        .spawn();
    let mut child = Running(child.unwrap());
    board.wait_for(b"o4\r").unwrap();
    board.say(format!("F{ADA},1\r\n").as_bytes());
    board.wait_for(b"c1\r").unwrap();
    let (_, text) = done(space(&home, &["door", "status", "--json", "--config", &config]));
    let status: Value = serde_json::from_str(&text).unwrap();
    assert!(status["doubt"]["behind"].is_object(), "{status}");
    // the space was made on that day, and time has continued from there
    let time: Timestamp = status["time"].as_str().unwrap().parse().unwrap();
    let made: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
    assert!(made < time && time < made + 24.hours(), "{status}");
    let (_, text) = done(space(&home, &["activity", "list", "--json"]));
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&list[0]["result"], &list[0]["doubted"]), (&"granted".into(), &true.into()));
    assert_eq!(list[0]["rehearsal"], true, "its clock was pinned");
    end(&child);
    board.wait_for(b"o4\r").unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn without_a_journal_it_refuses_to_start() {
    let (home, board) = (Home::new(), Board::new());
    let file = home.dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let journal = file.join("journal");
    let config = wiring(&home, &board, &format!("journal = \"{}\"", journal.display()));
    let (output, text) = done(space(&home, &["door", "run", "--config", &config]));
    assert!(!output.status.success() && output.status.signal().is_none());
    assert!(text.contains(journal.to_str().unwrap()), "{text}");
    assert!(text.contains("hint: "), "{text}");
}

/// Like on a full disk: no file may grow beyond half a kilobyte, until that limit is removed.
#[test]
fn where_the_journal_finds_no_room_the_door_goes_on_and_status_says_so() {
    let (home, mut board) = (Home::new(), Board::new());
    let config = wiring(&home, &board, "");
    let door = space(&home, &["door", "run", "--config", &config]);
    let mut limited = Command::new("sh");
    limited.arg("-c").arg("trap '' XFSZ; ulimit -S -f 1; exec \"$0\" \"$@\"");
    limited.arg(door.get_program()).args(door.get_args()).stdout(Stdio::null());
    let mut child = Running(limited.spawn().unwrap());
    board.wait_for(b"o4\r").unwrap();
    let journal = |wanted: &dyn Fn(&Value) -> bool| {
        let all = std::iter::repeat_with(|| {
            let (_, text) = done(space(&home, &["door", "status", "--json", "--config", &config]));
            serde_json::from_str::<Value>(&text).unwrap()["journal"].clone()
        });
        all.take(300).find(wanted).expect("the journal gets there")
    };
    for number in 0..5 {
        board.say(format!("F{number},1\r\n").as_bytes());
    }
    let stuck = journal(&|it| it["trouble"].is_object());
    assert!(stuck["pending"].as_u64().unwrap() > 0, "{stuck}");
    let unlock = ["door", "unlock", "frontdoor", "--seconds", "1", "--config", &config];
    let unlocking = space(&home, &unlock).stdout(Stdio::null()).spawn().unwrap();
    board.wait_for(b"c1\r").expect("it goes on");
    assert!(Running(unlocking).wait().unwrap().success());
    let pid = child.id().to_string();
    let mut lift = Command::new("prlimit");
    let lifted = lift.args(["--pid", &pid, "--fsize=unlimited:unlimited"]).status();
    assert!(lifted.unwrap().success(), "util-linux has prlimit");
    // The next activity causes the rest to be written too. It moves the strike only once that is
    // locked again.
    board.wait_for(b"o1\r").expect("the second is over");
    let unlocking = space(&home, &unlock).stdout(Stdio::null()).spawn().unwrap();
    board.wait_for(b"c1\r").unwrap();
    assert!(Running(unlocking).wait().unwrap().success());
    let whole = journal(&|it| it["trouble"].is_null());
    assert_eq!((&whole["pending"], &whole["dropped"]), (&0.into(), &0.into()), "nothing is lost");
    end(&child);
    board.wait_for(b"o4\r").unwrap();
    assert!(child.wait().unwrap().success());
    let (_, text) = done(space(&home, &["activity", "list", "--json"]));
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 8, "{list}");
}

#[test]
fn the_doctor_says_what_is_amiss_and_what_to_do() {
    let (home, board) = (Home::new(), Board::new());
    let config = wiring(&home, &board, "");
    let (output, text) = done(space(&home, &["doctor", "--json", "--config", &config]));
    let diagnoses: Value = serde_json::from_str(&text).unwrap();
    let grade = |what: &str| {
        let all = diagnoses.as_array().unwrap().iter();
        let found: Vec<_> = all.filter(|it| it["what"] == what).collect();
        found.iter().map(|it| it["grade"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((grade("key"), grade("objects")), (vec!["good".into()], vec!["good".into()]));
    assert_eq!(
        (grade("door frontdoor"), grade("device board")),
        (vec!["good".into()], vec!["good".into()])
    );
    assert_eq!(grade("door"), ["odd"], "none runs");
    assert_eq!(output.status.code(), Some(0), "{text}");
    drop(board);
    let text = std::fs::read_to_string(Path::new(&config)).unwrap();
    std::fs::write(&config, text.replace("[doors.frontdoor]", "[doors.kiln]")).unwrap();
    std::fs::remove_file(home.dir.path().join(".git/space/key")).unwrap();
    let (output, text) = done(space(&home, &["doctor", "--config", &config]));
    assert_eq!(output.status.code(), Some(2));
    for advice in ["key import space.key`", "facility add kiln`", "check its plug"] {
        assert!(text.contains(advice), "{advice} is missing in\n{text}");
    }
}

/// Exit buttons, orders by hand and the socket do not need the records.
#[test]
fn a_door_comes_up_whatever_is_wrong_with_its_records() {
    for broken in ["key", "refs/heads/main", "refs", "HEAD"] {
        let (home, mut board) = (Home::new(), Board::new());
        let socket = home.dir.path().join("door.sock");
        let before = format!("socket = \"{}\"", socket.display());
        let config = wiring(&home, &board, &before);
        let git = home.dir.path().join(".git");
        match broken {
            "key" => std::fs::remove_file(git.join("space/key")).unwrap(),
            "refs/heads/main" => std::fs::write(git.join(broken), "").unwrap(),
            "refs" => std::fs::remove_dir_all(git.join(broken)).unwrap(),
            _ => std::fs::remove_file(git.join(broken)).unwrap(),
        }
        let child = space(&home, &["door", "run", "--no-terminal", "--config", &config])
            .stdout(Stdio::null())
            .spawn();
        let child = Running(child.unwrap());
        board.wait_for(b"o4\r").unwrap();
        let ask = |request: &str| {
            let mut stream = std::os::unix::net::UnixStream::connect(&socket).unwrap();
            std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
            BufReader::new(stream)
        };
        let mut answer = String::new();
        ask("{\"status\":{}}\n").read_line(&mut answer).unwrap();
        let status: Value = serde_json::from_str(&answer).unwrap();
        assert!(status["in_force"]["trouble"].is_string(), "{broken}: {status}");
        assert_eq!(status["doors"][0]["state"], "locked", "{broken}");
        let answer = ask("{\"unlock\":{\"door\":\"frontdoor\",\"by\":\"Warden\"}}\n");
        board.wait_for(b"c1\r").expect("it unlocks by hand");
        drop(answer);
        drop(child);
    }
}
