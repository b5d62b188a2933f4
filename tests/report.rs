//! Reports on a space with some months of history, and their pictures.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

/// A space, and the moment at which people type commands.
struct World(tempfile::TempDir);

impl World {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let settings = "[user]\n\tname = Grace\n\temail = grace@example.org\n";
        fs::write(dir.path().join(".gitconfig"), settings).unwrap();
        let world = Self(dir);
        world
            .good("2026-01-10", &["init", "--here", "--name", "Makers", "--zone", "Europe/London"]);
        world
    }

    fn command(&self, program: &str, day: &str, args: &[&str]) -> Output {
        let now = format!("{day}T12:00:00Z");
        let mut command = Command::new(program);
        command.args(args).current_dir(self.0.path()).env("HOME", self.0.path());
        command.env("XDG_CONFIG_HOME", self.0.path()).env_remove("SPACE_REPO");
        command.envs([("GIT_AUTHOR_DATE", &now), ("GIT_COMMITTER_DATE", &now)]);
        command.env("SPACE_NOW", now).output().unwrap()
    }

    fn good(&self, day: &str, args: &[&str]) -> Output {
        let done = self.command(env!("CARGO_BIN_EXE_space"), day, args);
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{args:?} on {day}: {stderr}");
        done
    }

    fn report(&self, day: &str, args: &[&str]) -> Value {
        let all = [&["report"], args, &["--json"]].concat();
        serde_json::from_slice(&self.good(day, &all).stdout).unwrap()
    }

    /// Commits files like somebody who knows git and bypasses the checks.
    fn git_commit(&self, day: &str) {
        for args in [&["add", "-A"][..], &["commit", "-qnm", "by hand"]] {
            let done = self.command("git", day, args);
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
    }
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect()
}

/// Ada pays, lapses and pays again, Bob leaves and returns, Cy is old, Di joins later.
fn some_months() -> World {
    let world = World::new();
    let add = |day: &str, name: &str, more: &[&str]| {
        world.good(day, &[&["member", "add", name, "--joined", day], more].concat());
    };
    add("2026-01-10", "Ada", &["--paid-until", "2026-01-31"]);
    add("2026-01-10", "Bob", &["--paid-until", "2026-06-01"]);
    add("2026-01-20", "Cy", &["--paid-until", "2026-06-01", "--born", "1950-01"]);
    world.good("2026-02-03", &["member", "leave", "bob", "--on", "2026-02-03"]);
    add("2026-03-02", "Di", &["--paid-until", "2026-06-01"]);
    world.good("2026-03-04", &["member", "return", "bob"]);
    world.good("2026-03-05", &["payment", "add", "ada", "25", "--date", "2026-03-05"]);
    world
}

#[test]
fn members_over_time_follow_the_records_of_that_time() {
    let world = some_months();
    let points = world.report("2026-03-10", &["members", "--history", "--months", "6"]);
    let found: Vec<_> = points
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let count = |name: &str| it[name].as_u64().unwrap();
            let counts = [count("members"), count("concession"), count("lapsed")];
            (it["month"].as_str().unwrap(), it["on"].as_str().unwrap(), counts)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("2026-01", "2026-01-31", [3, 1, 0]),
            ("2026-02", "2026-02-28", [2, 1, 1]),
            ("2026-03", "2026-03-10", [4, 1, 0]),
        ]
    );
    let today = world.report("2026-03-10", &["members"]);
    assert_eq!(today["total"]["members"], points[2]["members"]);
}

#[test]
fn the_review_names_who_changed() {
    let world = some_months();
    let review = world.report("2026-03-10", &["review"]);
    assert_eq!(names(&review["new"]), ["Di"]);
    assert_eq!(names(&review["changes"]["returned"]), ["Bob"]);
    assert_eq!(names(&review["changes"]["paid_again"]), ["Ada"]);
    assert_eq!(review["total"]["expected"], 3 * 2500 + 1250);
    let then = world.report("2026-03-10", &["review", "--month", "2026-02", "--as-recorded"]);
    assert_eq!((names(&then["left"]), names(&then["lapsed"])), (vec!["Bob"], vec!["Ada"]));
    assert_eq!(then["total"]["expected_covered"], 1250);
    let january = world.report("2026-01-31", &["review", "--month", "2026-01", "--as-recorded"]);
    assert_eq!(january["changes"], Value::Null, "there is nothing to compare with");
    assert_eq!(names(&january["new"]), ["Ada", "Bob", "Cy"]);
}

#[test]
fn the_register_goes_by_todays_records_or_by_those_of_the_day() {
    let world = some_months();
    let on = |day: &str, more: &[&str]| {
        let args = [&["register", "--on", day], more].concat();
        let list = world.report("2026-03-10", &args);
        names(&list).join(" ")
    };
    assert_eq!(on("2026-02-15", &[]), "Ada Bob Cy", "Bob's time away is not in his record");
    assert_eq!(on("2026-02-15", &["--as-recorded"]), "Ada Cy");
    assert_eq!(on("2026-01-15", &["--as-recorded"]), "Ada Bob");
}

#[test]
fn what_cannot_be_read_is_left_out_and_told() {
    let world = some_months();
    let payments = world.0.path().join("members/00/0001/payments");
    let mut files = fs::read_dir(&payments).unwrap().map(|it| it.unwrap());
    let of_march = |it: &fs::DirEntry| it.file_name().to_string_lossy().starts_with("2026-03-05");
    fs::write(files.find(of_march).unwrap().path(), "{").unwrap();
    fs::write(world.0.path().join("members/00/0003/contact.json"), "{").unwrap();
    fs::write(world.0.path().join("members/00/0004/member.json"), "{").unwrap();
    world.git_commit("2026-03-06");
    let done = world.good("2026-03-10", &["report", "income", "--json"]);
    let income: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(income["total"]["payments"], 0);
    assert!(String::from_utf8(done.stderr).unwrap().contains("1 payment cannot be read"));
    let done = world.good("2026-03-10", &["report", "review", "--json"]);
    let review: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        (&review["total"]["members"], &review["total"]["concession"]),
        (&3.into(), &0.into())
    );
    assert!(String::from_utf8(done.stderr).unwrap().contains("1 record cannot be read"));
}

#[test]
fn pictures_are_well_formed_whatever_stands_in_them() {
    let world = some_months();
    let space = world.0.path().join("space.json");
    let text = fs::read_to_string(&space).unwrap();
    let hostile = text.replace("\"GBP\"", r#""</title><script>\"&x;\u001b""#);
    assert_ne!(text, hostile);
    fs::write(space, hostile).unwrap();
    world.git_commit("2026-03-06");
    let journal = world.0.path().join(".git/space/journal");
    fs::create_dir_all(&journal).unwrap();
    let line = r#"{"time":"2026-03-02T17:01:12Z","facility":"laser","member":"0001",
        "result":"granted","reason":"priority-suffices",
        "commit":"8f2c41d07be5a9360e1d54c8b7a2f3961c0de5b4"}"#;
    fs::write(journal.join("door-2026-03.jsonl"), line.replace('\n', "") + "\n").unwrap();
    if !part::there("python3", &["--version"]) {
        return; // there is no other program to read the pictures
    }
    for (args, marks) in [
        (&["income"][..], ("rect", 12 + 1 + 1)),
        (&["members"], ("circle", 3 * 3)),
        (&["activity"], ("rect", 168 + 1)),
        (&["activity", "--facility", "frontdoor"], ("rect", 168 + 1)),
    ] {
        let all = [&["report"], args, &["--svg", "--output", "picture.svg"]].concat();
        world.good("2026-03-10", &all);
        let picture = world.0.path().join("picture.svg");
        let (title, names) = read(&picture);
        assert_eq!(names.iter().filter(|it| *it == marks.0).count(), marks.1, "{args:?}");
        assert!(!names.iter().any(|it| it == "script"), "{args:?}");
        if args == ["income"] {
            assert_eq!(title, "Income by month, </title><script>\"&x;\u{fffd}");
        }
    }
}

/// Doors, holds and troubles over time: a bar for each thing that lasted, with its words.
#[test]
fn a_simulated_month_is_drawn_as_it_went() {
    let world = World::new();
    if !part::there("python3", &["--version"]) {
        return; // there is no other program to read the picture
    }
    let play = ["simulate", "--days", "4", "--seed", "7", "--doors", "2"];
    let report = world.good("2026-03-10", &[&play[..], &["--json"]].concat());
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    world.good("2026-03-10", &[&play[..], &["--svg", "--output", "picture.svg"]].concat());
    let picture = world.0.path().join("picture.svg");
    let (title, names) = read(&picture);
    assert_eq!(title, "The space in the simulator");
    let spans = report["spans"].as_array().unwrap();
    assert!(spans.len() > 5, "{spans:?}");
    assert!(names.iter().filter(|it| *it == "rect").count() >= spans.len());
    let text = fs::read_to_string(picture).unwrap();
    let words = |it: &Value| format!("{} from 2026-", it["kind"].as_str().unwrap());
    let bars = text.matches(" from 2026-").count();
    assert_eq!(bars, spans.len(), "each says what lasted: {:?}", spans.iter().map(words));
    for words in ["door 1", "door 2", "held unlocked", "no network", "no power"] {
        assert!(text.contains(words), "{words}");
    }
}

/// Lets another program read a picture: the title, and the names of all elements.
fn read(picture: &Path) -> (String, Vec<String>) {
    let script = "import json, sys, xml.etree.ElementTree as e\n\
                  root = e.parse(sys.argv[1]).getroot()\n\
                  names = [it.tag.rpartition('}')[2] for it in root.iter()]\n\
                  assert names[0] == 'svg'\n\
                  print(json.dumps([root[0].text, names]))\n";
    let done = Command::new("python3").args(["-c", script]).arg(picture).output().unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{}: {stderr}", picture.display());
    serde_json::from_slice(&done.stdout).unwrap()
}
