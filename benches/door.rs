//! How soon after a ref is renamed a running door decides by the new commit, and how much memory
//! the door uses.
//!
//! The door runs in this process; a child makes the repository, so that its memory is not counted.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::{self, Receiver, Sender},
    time::{Duration, Instant},
};

use git2::{FileMode, Oid, Repository, build::TreeUpdateBuilder};
use space::{
    domain::model::{Code, MemberId, SpaceKey},
    door::{self, Options},
    service::Show,
    store::{Author, InitOptions, Store},
};

const TRIALS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(60);

/// Tells a child of this program where to make a space; it gets the number of members as well.
const MAKE: &str = "DOOR_BENCH_MAKE";

fn main() {
    if let Ok(order) = std::env::var(MAKE) {
        let (members, path) = order.split_once(' ').unwrap();
        return make(Path::new(path), members.parse().unwrap());
    }
    for members in [100, 10_000, 100_000] {
        let dir = tempfile::tempdir().unwrap();
        let order = format!("{members} {}", dir.path().display());
        let child = Command::new(std::env::current_exe().unwrap()).env(MAKE, order).status();
        assert!(child.unwrap().success());
        measure(dir.path(), members);
    }
}

fn measure(path: &Path, members: u64) {
    let (reader, typed) = std::io::pipe().unwrap();
    let (sender, lines) = mpsc::channel();
    let options = Options {
        terminal: Some(Box::new(reader)),
        show: Show::Json,
        ..Options::new(path, space::cli::advice::words)
    };
    let start = Instant::now();
    let door = std::thread::spawn(move || door::run(options, Lines { sender, rest: vec![] }));
    wait_for(&lines, "");
    let loaded = start.elapsed();
    // Before this program opens the repository too, and maps its packs.
    let (memory, most) = (memory("VmRSS"), memory("VmHWM"));
    let repo = Repository::open(path).unwrap();
    let mut head = repo.refname_to_id("refs/heads/main").unwrap();
    let mut times: Vec<f64> = Vec::new();
    for trial in 0..TRIALS {
        head = revoke_or_give(&repo, head, trial as u64 % members);
        let file = path.join("refs/heads/main");
        let new = path.join("refs/heads/main.lock");
        std::fs::write(&new, format!("{head}\n")).unwrap();
        let renamed = Instant::now();
        std::fs::rename(new, file).unwrap();
        times.push((wait_for(&lines, &head.to_string()) - renamed).as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "ref renamed → in force, {members} members: p50 {:.2} ms, p90 {:.2} ms, most {:.2} ms \
         ({TRIALS} trials); first load {:.2} s; memory {memory} MB, while loading {most} MB",
        at(0.5),
        at(0.9),
        at(1.0),
        loaded.as_secs_f64(),
    );
    drop(typed);
    door.join().unwrap().unwrap();
}

/// Returns a figure of `/proc/self/status` in MB.
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kilobytes = line.and_then(|it| it.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1000
}

/// Revokes a member's credential, or gives it back, without moving the branch.
fn revoke_or_give(repo: &Repository, parent: Oid, number: u64) -> Oid {
    let parent = repo.find_commit(parent).unwrap();
    let tree = parent.tree().unwrap();
    let (path, text) = credential(number);
    let mut update = TreeUpdateBuilder::new();
    if tree.get_path(Path::new(&path)).is_ok() {
        update.remove(path);
    } else {
        update.upsert(path, repo.blob(&text).unwrap(), FileMode::Blob);
    }
    let tree = repo.find_tree(update.create_updated(repo, &tree).unwrap()).unwrap();
    let me = git2::Signature::new("Admin", "admin@example.org", &git2::Time::new(0, 0)).unwrap();
    repo.commit(None, &me, &me, "edit", &tree, &[&parent]).unwrap()
}

/// Waits until a commit is in force; any commit, if it is empty.
fn wait_for(lines: &Receiver<(Instant, String)>, commit: &str) -> Instant {
    loop {
        let (at, line) = lines.recv_timeout(PATIENCE).unwrap();
        if line.contains("\"event\":\"in-force\"") && line.contains(commit) {
            return at;
        }
    }
}

/// Records when each line of the door arrives.
struct Lines {
    sender: Sender<(Instant, String)>,
    rest: Vec<u8>,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let now = Instant::now();
        self.rest.extend_from_slice(bytes);
        if self.rest.ends_with(b"\n") {
            let line = String::from_utf8(std::mem::take(&mut self.rest)).unwrap();
            let _ = self.sender.send((now, line)); // at the end nobody listens
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn home(number: u64) -> PathBuf {
    let id = MemberId::new(number).unwrap();
    PathBuf::from(format!("members/{}/{id}", id.bucket()))
}

fn credential(number: u64) -> (String, Vec<u8>) {
    let code = Code::fob(&(1_000_000 + number).to_string()).unwrap().hash(&key());
    let path = home(number).join(format!("credentials/d2f3ce26-12ab-4b2a-8943-{number:012}.json"));
    let text = format!(
        "{{\n  \"type\": \"fob\",\n  \"code\": \"{code}\",\n  \"grants\": [\n    {{\n      \
         \"facility\": \"frontdoor\",\n      \"priority\": 1,\n      \
         \"effective\": \"2026-01-01T00:00:00Z\",\n      \"expiration\": null\n    }}\n  ]\n}}\n"
    );
    (path.to_str().unwrap().to_owned(), text.into_bytes())
}

fn key() -> SpaceKey {
    SpaceKey::from_bytes([7; 32])
}

fn make(path: &Path, members: u64) {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let mut files = vec![
        file(
            "space.json",
            r#"{"name": "Space", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#,
        ),
        file("tiers/standard.json", r#"{"name": "Standard", "price": 2500}"#),
        file("facilities/frontdoor/facility.json", r#"{"name": "Front door", "kind": "door"}"#),
        file(
            "facilities/frontdoor/requirements/base.json",
            r#"{"priority": 1, "timespec": "always"}"#,
        ),
    ];
    for number in 0..members {
        let member = format!(
            r#"{{"name": "Member {number}", "tier": "standard", "joined": "2020-01-01",
                "paid_until": "2030-01-01"}}"#
        );
        files.push(file(home(number).join("member.json").to_str().unwrap(), &member));
        files.push(credential(number));
    }
    let author = Author { name: "Admin".into(), email: "admin@example.org".into() };
    let options = InitOptions { key: Some(key()), bare: true, ..InitOptions::default() };
    let now = "2026-01-05T18:00:00Z".parse().unwrap();
    Store::init(path, &files, &author, &options, now).unwrap();
}
