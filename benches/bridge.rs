//! How fast messages pass through a bridge, and what it uses while nothing happens.
//!
//! The bridge and the door are processes of their own; messages go through folders.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

#[path = "support/large.rs"]
#[allow(dead_code, reason = "shared with benches that need other parts")]
mod large;

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

use space::{
    domain::model::{AccessResult, Activity, CommitId, CredentialType, Reason},
    store::journal::Journal,
};

const MEMBERS: u64 = 1_000;
const TRIALS: u64 = 100;
const MESSAGES: u64 = 10_000;
const ACTIVITIES: i64 = 100_000;
/// How long an idle bridge is watched.
const IDLE: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(300);

fn main() {
    one_by_one();
    many_messages();
    many_activities();
    idle();
}

/// A space, its folders, and the configuration of its bridge.
struct World {
    dir: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap() };
        for folder in ["space.git", "in", "out", "journal"] {
            fs::create_dir(world.at(folder)).unwrap();
        }
        large::copy(&large::space(MEMBERS), &world.at("space.git"));
        let at = |name: &str| world.at(name).display().to_string();
        let config = format!(
            "space = \"{}\"\njournal = \"{}\"\nsince = \"2026-01-01T00:00:00Z\"\n\
             [queue.folder]\nincoming = \"{}\"\noutgoing = \"{}\"\n",
            at("space.git"),
            at("journal"),
            at("in"),
            at("out")
        );
        fs::write(world.at("bridge.toml"), config).unwrap();
        world
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        command.args(args).current_dir(self.at("space.git")).env("HOME", self.dir.path());
        for variable in ["SPACE_REPO", "SPACE_CONFIG", "SPACE_NOW", "JOURNAL_STREAM"] {
            command.env_remove(variable);
        }
        command.env("SPACE_BRIDGE_CONFIG", self.at("bridge.toml"));
        command
    }

    fn start(&self, args: &[&str]) -> Running {
        let mut child = self.command(args).arg("--json").stdout(Stdio::piped()).spawn().unwrap();
        let (out, (sender, lines)) = (child.stdout.take().unwrap(), mpsc::channel());
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send((Instant::now(), line)); // at the end nobody listens
            }
        });
        Running { child, lines }
    }

    /// Puts a message into the folder as its sender does.
    fn put(&self, number: u64) {
        let text = format!(
            r#"{{"action": "activate", "code": "{}", "facility": "frontdoor", "codetype": "fob",
                "member": {}, "priority": 3, "tag": "5b8f0c9e-3d4c-4f7e-9f0a-{number:012}",
                "effective": "2020-01-01T00:00:00Z", "expiration": "2100-01-01T00:00:00Z"}}"#,
            50_000_000 + number,
            100_000 + number
        );
        let draft = self.at("in").join("draft");
        fs::write(&draft, text).unwrap();
        fs::rename(draft, self.at("in").join(format!("{number:06}.json"))).unwrap();
    }
}

struct Running {
    child: Child,
    lines: Receiver<(Instant, String)>,
}

impl Running {
    fn wait(&self, event: &str) -> Instant {
        let wanted = format!("\"event\":\"{event}\"");
        loop {
            let (at, line) = self.lines.recv_timeout(PATIENCE).unwrap();
            if line.contains(&wanted) {
                return at;
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// One message at a time, until the door decides by it.
fn one_by_one() {
    let world = World::new();
    let bridge = world.start(&["bridge", "run"]);
    bridge.wait("started");
    let door = world.start(&["door", "run", "--no-terminal"]);
    door.wait("in-force");
    let mut times: Vec<f64> = Vec::new();
    for number in 0..TRIALS {
        let put = Instant::now();
        world.put(number);
        times.push((door.wait("in-force") - put).as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "message in the folder → in force at the door, {MEMBERS} members: p50 {:.1} ms, p90 {:.1} \
         ms, most {:.1} ms ({TRIALS} trials)",
        at(0.5),
        at(0.9),
        at(1.0)
    );
}

/// As many messages as a membership system sends when it is connected for the first time.
fn many_messages() {
    let world = World::new();
    (0..MESSAGES).for_each(|number| world.put(number));
    let start = Instant::now();
    let done = world.command(&["bridge", "run", "--once", "--json"]).output().unwrap();
    let took = start.elapsed().as_secs_f64();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let applied = String::from_utf8_lossy(&done.stdout).matches("\"applied\"").count();
    assert_eq!(applied as u64, MESSAGES);
    let mut git = Command::new("git");
    let count = git.args(["rev-list", "--count", "HEAD"]).current_dir(world.at("space.git"));
    let commits = String::from_utf8(count.output().unwrap().stdout).unwrap();
    println!("{MESSAGES} activates: {took:.1} s, {} commits in all", commits.trim());
}

/// A backlog, compared with writing as many files and flushing once.
fn many_activities() {
    let world = World::new();
    let journal = Journal::open(&world.at("journal"), "door", |words| panic!("{words}")).unwrap();
    (0..ACTIVITIES).for_each(|number| {
        journal.append(activity(number));
        if number % 10_000 == 0 {
            journal.flush();
        }
    });
    drop(journal);
    let start = Instant::now();
    let done = world.command(&["bridge", "run", "--once"]).output().unwrap();
    let took = start.elapsed().as_secs_f64();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sent: Vec<_> =
        fs::read_dir(world.at("out")).unwrap().map(|it| it.unwrap().path()).collect();
    let sent = sent.iter().filter(|it| it.extension().is_some_and(|it| it == "json")).count();
    assert_eq!(sent as i64, ACTIVITIES);
    let bare = bare(&world.at("bare"));
    println!(
        "{ACTIVITIES} activities to the folder: {took:.1} s, {:.0} a second; {:.1} times as long as \
         writing such files and flushing once",
        ACTIVITIES as f64 / took,
        took / bare
    );
}

/// Writes as many files as there are activities, and flushes the file system once.
fn bare(folder: &Path) -> f64 {
    fs::create_dir(folder).unwrap();
    let start = Instant::now();
    let text = [b'x'; 160];
    for number in 0..ACTIVITIES {
        fs::File::create(folder.join(format!("{number:06}"))).unwrap().write_all(&text).unwrap();
    }
    rustix::fs::syncfs(fs::File::open(folder).unwrap()).unwrap();
    start.elapsed().as_secs_f64()
}

fn activity(number: i64) -> Activity {
    let start: jiff::Timestamp = "2026-01-05T18:00:00Z".parse().unwrap();
    let time = start + jiff::SignedDuration::from_secs(number * 20);
    let (result, reason) = (AccessResult::Denied, Reason::UnknownCredential);
    Activity {
        kind: Some(CredentialType::Fob),
        fob: Some((10_000_000 + number).to_string()),
        commit: CommitId::from_bytes([1; 20]),
        reader: Some("board:1".into()),
        ..Activity::new(time, "frontdoor".parse().unwrap(), result, reason)
    }
}

/// What a bridge uses while nothing happens.
fn idle() {
    let world = World::new();
    let bridge = world.start(&["bridge", "run"]);
    bridge.wait("started");
    let pid = bridge.child.id();
    let settle = bridge.lines.recv_timeout(Duration::from_secs(3));
    drop(settle); // nothing is told while nothing happens
    let before = ticks(pid);
    let quiet = bridge.lines.recv_timeout(IDLE);
    assert!(quiet.is_err(), "something happened: {quiet:?}");
    let used = (ticks(pid) - before) * 10;
    println!("idle: {} MB, {used} ms of CPU in {} s", memory(pid), IDLE.as_secs());
}

/// Returns the CPU time that a process has used, in hundredths of a second.
fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, rest) = stat.rsplit_once(')').unwrap();
    rest.split_whitespace().skip(11).take(2).map(|it| it.parse::<u64>().unwrap()).sum()
}

/// Returns the memory of a process in MB.
fn memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() / 1000
}
