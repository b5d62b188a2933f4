//! Commits with invalid records: `space check` reports everything and exits with 2, and at the
//! door nothing opens that did not open before.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};

use jiff::Timestamp;
use space::{
    domain::{
        access::{self, Index, Side},
        model::{AccessResult, Code, MemberId, Slug, SpaceKey},
    },
    store::{
        Author, InitOptions, Store,
        follow::{Follower, News},
    },
};

const FOBS: [&str; 3] = ["1001", "1002", "1003"];
const DOOR: &str = "facilities/frontdoor/requirements/base.json";
const MEMBER: &str = "members/00/0001/member.json";
const FOB: &str = "members/00/0001/credentials/T1.json";

fn now() -> Timestamp {
    "2026-03-02T18:00:00Z".parse().unwrap()
}

/// Two doors, the second for managers, and three members, of whom the third has left.
struct Makers {
    dir: tempfile::TempDir,
}

impl Makers {
    fn new() -> Self {
        let key = SpaceKey::from_bytes([7; 32]);
        let mut files = vec![
            (
                "space.json".into(),
                r#"{"name": "Makers", "time_zone": "Europe/London", "currency": "GBP",
                    "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                    "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#
                    .to_owned(),
            ),
            ("tiers/guest.json".into(), r#"{"name": "Guest", "price": null}"#.into()),
        ];
        for (door, priority) in [("frontdoor", 1), ("office", 3)] {
            let at = format!("facilities/{door}");
            files.push((
                format!("{at}/facility.json"),
                format!(r#"{{"name": "{door}", "kind": "door"}}"#),
            ));
            files.push((
                format!("{at}/requirements/{}.json", if priority == 1 { "base" } else { "office" }),
                format!(r#"{{"priority": {priority}, "timespec": "always"}}"#),
            ));
        }
        for (n, fob) in (1..).zip(FOBS) {
            let at = format!("members/00/000{n}");
            let left = if n == 3 { r#""2026-01-01""# } else { "null" };
            files.push((
                format!("{at}/member.json"),
                format!(
                    r#"{{"name": "Member {n}", "tier": "guest", "joined": "2020-01-01", "left": {left}}}"#
                ),
            ));
            files.push((
                format!("{at}/credentials/T{n}.json"),
                credential(&Code::fob(fob).unwrap().hash(&key).to_string(), "frontdoor", 1),
            ));
        }
        let files: Vec<_> =
            files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        let dir = tempfile::tempdir().unwrap();
        let author = Author { name: "Ada".into(), email: "ada@example.org".into() };
        let options = InitOptions { key: Some(key), ..InitOptions::default() };
        Store::init(dir.path(), &files, &author, &options, now()).unwrap();
        Self { dir }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), bytes).unwrap();
    }

    fn replace(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.at(path)).unwrap();
        assert!(text.contains(old), "{path} has no {old}: {text}");
        fs::write(self.at(path), text.replace(old, new)).unwrap();
    }

    fn commit(&self) {
        self.run("git", &["add", "-A"]);
        let output = self.run("git", &["commit", "-q", "--no-verify", "-m", "by hand"]);
        assert!(output.status.success(), "{}", printed(&output));
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        self.command(program, args).output().unwrap()
    }

    fn command(&self, program: &str, args: &[&str]) -> Command {
        let program = if program == "space" { env!("CARGO_BIN_EXE_space") } else { program };
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap())
            .env("HOME", self.dir.path().join(".git"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("SPACE_NOW", now().to_string())
            .envs([("GIT_AUTHOR_NAME", "Vic"), ("GIT_AUTHOR_EMAIL", "vic@example.org")])
            .envs([("GIT_COMMITTER_NAME", "Vic"), ("GIT_COMMITTER_EMAIL", "vic@example.org")]);
        command
    }

    /// Expects a check to find errors, including these, and to exit with 2.
    #[track_caller]
    fn check(&self, args: &[&str], codes: &[&str]) {
        let output = self.run("space", &[&["check"], args].concat());
        let printed = printed(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", clipped(&printed));
        for code in codes {
            assert!(
                printed.contains(&format!("[{code}]")),
                "{args:?}, {code}: {}",
                clipped(&printed)
            );
        }
    }

    fn follower(&self) -> Follower {
        Follower::new(Store::open(self.dir.path()).unwrap())
    }
}

fn credential(code: &str, facility: &str, priority: i32) -> String {
    format!(
        r#"{{"type": "fob", "code": "{code}", "grants": [{{"facility": "{facility}",
            "priority": {priority}, "effective": "2026-01-01T00:00:00Z", "expiration": null}}]}}"#
    )
}

fn printed(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn clipped(text: &str) -> String {
    text.chars().take(2_000).collect()
}

/// Everything that opens at the moment: for members, for fobs, and for everybody.
type Open = BTreeSet<(Slug, String)>;

fn open(index: &Index) -> Open {
    let key = SpaceKey::from_bytes([7; 32]);
    let mut open = Open::new();
    for facility in ["frontdoor", "office"].map(|name| name.parse::<Slug>().unwrap()) {
        for (member, decision) in access::everyone(index, &facility, now()) {
            let member: MemberId = member;
            if decision.is_some_and(|it| it.result == AccessResult::Granted) {
                open.insert((facility.clone(), member.to_string()));
            }
        }
        for fob in FOBS {
            let code = Code::fob(fob).unwrap();
            let decision =
                access::decide(index, &facility, Side::Entry, &code.hash(&key), code.kind(), now());
            if decision.result == AccessResult::Granted {
                open.insert((facility.clone(), fob.into()));
            }
        }
        if index.holds(&facility, now()).next().is_some() {
            open.insert((facility.clone(), "everybody".into()));
        }
    }
    open
}

/// Returns what is in force after a look at the branch, if the look changed anything.
fn poll(follower: &mut Follower) -> Option<Arc<Index>> {
    follower.poll(now()).into_iter().rev().find_map(|news| match news {
        News::InForce { index, .. } => Some(index),
        News::Trouble(_) | News::CloneState(_) | News::Heard(_) => None,
    })
}

/// Commits invalid records and examines the result from all sides.
#[track_caller]
fn bad(name: &str, break_files: impl FnOnce(&Makers), codes: &[&str]) {
    examine_commit(name, codes, |makers| {
        break_files(makers);
        if name != "a name in Latin-1" {
            makers.check(&[], codes); // the checked-out files
        }
        makers.commit();
    });
}

/// Examines a bad commit: with a check, at a running door, and at one that is just starting.
#[track_caller]
fn examine_commit(name: &str, codes: &[&str], commit: impl FnOnce(&Makers)) {
    let makers = Makers::new();
    let mut running = makers.follower();
    let mut in_force = poll(&mut running).unwrap();
    let before = open(&in_force);
    assert_eq!(before.len(), 4, "two members, by number and by fob: {before:?}");

    commit(&makers);
    makers.check(&["HEAD"], codes);
    makers.check(&["HEAD~1..HEAD"], codes);

    in_force = poll(&mut running).unwrap_or(in_force);
    let fresh = poll(&mut makers.follower());
    for index in std::iter::once(in_force).chain(fresh) {
        let after = open(&index);
        assert!(after.is_subset(&before), "{name}: {:?}", after.difference(&before));
    }
}

#[test]
fn what_cannot_be_read_opens_nothing() {
    for (path, code) in [
        (FOB, "no-json"),
        (MEMBER, "no-json"),
        (DOOR, "no-json"),
        ("facilities/frontdoor/facility.json", "no-json"),
        ("facilities/office/requirements/office.json", "no-json"),
        ("tiers/guest.json", "no-json"),
        ("space.json", "no-json"),
    ] {
        bad(path, |makers| makers.write(path, "{"), &[code]);
    }
}

#[test]
fn an_unknown_field_or_one_that_comes_twice_opens_nothing() {
    for (path, old, new, code) in [
        (FOB, "\"priority\": 1", "\"priority\": 9, \"priority\": 9", "duplicate-key"),
        (FOB, "\"grants\"", "\"grants\": [], \"grant\"", "unknown-field"),
        (DOOR, "\"priority\": 1", "\"priority\": -1, \"level\": 0", "unknown-field"),
        (DOOR, "\"priority\": 1", "\"priority\": 1, \"priority\": -1", "duplicate-key"),
        (MEMBER, "\"tier\"", "\"tear\"", "unknown-field"),
    ] {
        bad(new, |makers| makers.replace(path, old, new), &[code]);
    }
}

#[test]
fn a_duplicate_tag_or_code_opens_nothing_more() {
    let copy = |makers: &Makers, to: &str| {
        let text = fs::read_to_string(makers.at(FOB)).unwrap();
        makers.write(to, text);
    };
    let twice = "members/00/0003/credentials/T1.json";
    bad("a tag", |makers| copy(makers, twice), &["duplicate-tag", "duplicate-code"]);
    let other = "members/00/0002/credentials/T9.json";
    bad("a code", |makers| copy(makers, other), &["duplicate-code"]);
    let tag = "facilities/office/requirements/base.json";
    let requirement = r#"{"priority": 3, "timespec": "always"}"#;
    bad("a requirement's tag", |makers| makers.write(tag, requirement), &["duplicate-tag"]);
}

#[test]
fn a_missing_facility_opens_nothing() {
    bad("a grant", |makers| makers.replace(FOB, "frontdoor", "backdoor"), &["unknown-facility"]);
    let gone = |makers: &Makers| {
        fs::remove_file(makers.at("facilities/frontdoor/facility.json")).unwrap();
    };
    bad("a door that is gone", gone, &["no-facility-record"]);
}

#[test]
fn a_calendar_that_cannot_be_evaluated_opens_nothing() {
    let event = |lines: &str| {
        format!(
            "BEGIN:VCALENDAR\\nVERSION:2.0\\nPRODID:-\\nBEGIN:VEVENT\\nUID:1\\n\
             DTSTAMP:20260101T000000Z\\n{lines}\\nEND:VEVENT\\nEND:VCALENDAR\\n"
        )
    };
    for lines in [
        "DTSTART:20260302T170000Z",
        "DTEND:20260302T190000Z",
        "DTSTART:20260302T170000Z\\nDTEND:20260302T160000Z",
        "DTSTART;TZID=Mars/Olympus:20260302T170000\\nDURATION:PT9H",
        "DTSTART:20260302T170000Z\\nDURATION:PT9H\\nRRULE:FREQ=SECONDLY",
    ] {
        let record = format!(r#"{{"priority": -1, "timespec": "{}"}}"#, event(lines));
        let path = "facilities/frontdoor/requirements/open.json";
        bad(lines, |makers| makers.write(path, &record), &["bad-timespec"]);
        bad(lines, |makers| makers.write(DOOR, &record), &["bad-timespec"]);
    }
    for text in ["", "Always", "* * * * *"] {
        let record = format!(r#"{{"priority": -1, "timespec": "{text}"}}"#);
        bad(text, |makers| makers.write(DOOR, &record), &["bad-timespec"]);
    }
}

#[test]
fn a_file_in_the_wrong_place_opens_nothing() {
    for path in [
        "members/01/0001/member.json",
        "members/0001/member.json",
        "members/00/1/member.json",
        "members/00/0001/credentials/two words.json",
        "members/00/0002/notes.txt",
        "facilities/Front Door/facility.json",
        "facilities/frontdoor/open.json",
        "tiers/guest/guest.json",
        "members/00/0001/photos/ada.jpg",
        "Members/00/0001/member.json",
        "tier/guest.json",
        "payments/2026.json.d/../../tiers/Guest.json",
    ] {
        bad(path, |makers| makers.write(path, "{}"), &["misplaced"]);
    }
    let folder = |makers: &Makers| {
        fs::remove_file(makers.at(MEMBER)).unwrap();
        makers.write("members/00/0001/member.json/member.json", "{}");
    };
    bad("a folder where a record belongs", folder, &[]);
}

#[test]
fn control_characters_open_nothing_and_reach_no_terminal() {
    let break_files =
        |makers: &Makers| makers.replace(MEMBER, "Member 1", "Ada\\u001b[2J\\u0007\\u202e");
    bad("a name", break_files, &["bad-text"]);
    let makers = Makers::new();
    break_files(&makers);
    makers.commit();
    for args in [["member", "list"], ["member", "show"], ["check", "HEAD"]] {
        let args: Vec<&str> = args.into_iter().chain((args[1] == "show").then_some("1")).collect();
        let printed = printed(&makers.run("space", &args));
        let control = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!printed.contains(control), "{args:?}: {printed:?}");
    }
}

#[test]
#[cfg(unix)]
fn non_utf8_names_and_links_open_nothing() {
    use std::os::unix::{ffi::OsStrExt as _, fs::symlink};
    let odd = |makers: &Makers| {
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.json");
        fs::write(makers.at("members/00/0001/credentials").join(name), "{}").unwrap();
    };
    bad("a name in Latin-1", odd, &["no-utf8-name"]);
    let link = |makers: &Makers| {
        fs::remove_file(makers.at(DOOR)).unwrap();
        symlink("../../office/requirements/office.json", makers.at(DOOR)).unwrap();
    };
    bad("a link for a record", link, &["no-plain-file"]);
    let folder = |makers: &Makers| symlink("../0002", makers.at("members/00/0004")).unwrap();
    bad("a link for a folder", folder, &["misplaced"]);
    let out = |makers: &Makers| symlink("/etc/passwd", makers.at("members/passwd.json")).unwrap();
    bad("a link out of the space", out, &["misplaced"]);
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let break_files = |makers: &Makers| makers.write(MEMBER, vec![b' '; 100 << 20]);
    bad("a film", break_files, &["too-large"]);
}

#[test]
fn ten_thousand_broken_records_are_ten_thousand_findings() {
    examine_commit("a heap", &["no-json"], |makers| {
        // As they arrive in a push, without ten thousand files on the disk.
        let mut stream = String::from(
            "blob\nmark :1\ndata 14\n{\"name\": \"half\n\
             commit refs/heads/main\ncommitter Vic <vic@example.org> 1772470800 +0000\n\
             data 7\nby hand\nfrom refs/heads/main^0\n",
        );
        for number in 10_000..20_000_u32 {
            let bucket = number / 100;
            stream += &format!("M 100644 :1 members/{bucket}/{number}/member.json\n");
        }
        makers.write(".git/stream", stream);
        let stream = fs::File::open(makers.at(".git/stream")).unwrap();
        let mut import = makers.command("git", &["fast-import", "--quiet"]);
        assert!(import.stdin(stream).status().unwrap().success());
        let all = printed(&makers.run("space", &["check", "HEAD"]));
        assert!(all.ends_with("checked HEAD: 10000 errors, 0 warnings\n"), "{}", clipped(&all));
    });
}

#[test]
fn a_space_without_settings_is_reported_and_opens_nothing() {
    let makers = Makers::new();
    let mut running = makers.follower();
    let before = open(&poll(&mut running).unwrap());
    fs::remove_file(makers.at("space.json")).unwrap();
    makers.check(&[], &["no-space-record"]);
    makers.run("git", &["add", "-A"]);
    makers.check(&["--staged"], &["no-space-record"]);
    makers.commit();
    let after = poll(&mut running).map(|index| open(&index)).unwrap_or_default();
    assert!(after.is_subset(&before), "{after:?}");
    assert!(Store::open(Path::new(makers.dir.path())).is_err());
}
