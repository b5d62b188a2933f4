//! A space for tests, with git, and with no settings but the test's own.

use std::{
    path::Path,
    process::{Command, Output},
};

use jiff::Timestamp;
use space::{
    domain::model::{Change, CommitId, Member, MemberId, Record, RecordPath, Subject},
    store::{Author, Durability, InitOptions, Store},
};
use tempfile::TempDir;

/// The moment of all tests.
pub(crate) fn now() -> Timestamp {
    "2026-01-05T18:00:00Z".parse().unwrap()
}

pub(crate) fn ada() -> Author {
    Author { name: "Ada Admin".into(), email: "ada@example.org".into() }
}

pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    vec![
        file(
            "space.json",
            r#"{"name": "Test Space", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#,
        ),
        file("tiers/standard.json", r#"{"name": "Standard", "price": 2500}"#),
        file("facilities/frontdoor/facility.json", r#"{"name": "Front door", "kind": "door"}"#),
        file(
            "facilities/frontdoor/requirements/base.json",
            r#"{"priority": 1, "timespec": "always"}"#,
        ),
        member_file(1, "Ada Lovelace"),
        member_file(2, "Grace Hopper"),
    ]
}

fn member_file(number: u64, name: &str) -> (String, Vec<u8>) {
    let (record_path, record) = member(number, name);
    (record_path.to_string(), space::store::json::canonical(&record))
}

pub(crate) fn member(number: u64, name: &str) -> (RecordPath, Record) {
    let member = Member {
        name: name.into(),
        tier: "standard".parse().unwrap(),
        joined: "2020-02-01".parse().unwrap(),
        left: None,
        suspended: None,
        suspended_until: None,
        parent: None,
        concession: false,
        chosen_amount: None,
        paid_until: None,
    };
    (RecordPath::Member(id(number)), Record::Member(member))
}

pub(crate) fn id(number: u64) -> MemberId {
    MemberId::new(number).unwrap()
}

/// A change that renames a member.
pub(crate) fn naming(number: u64, name: &str) -> Change {
    let (record_path, record) = member(number, name);
    let subject = Subject::new("member: edit").and(id(number));
    Change::new(subject, format!("member.edit {number:04}")).put(record_path, record)
}

/// A fresh space in its own folder.
pub(crate) struct Fixture {
    pub(crate) dir: TempDir,
    pub(crate) store: Store,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self::with(&InitOptions::default())
    }

    pub(crate) fn bare() -> Self {
        Self::with(&InitOptions { bare: true, ..InitOptions::default() })
    }

    fn with(options: &InitOptions) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::init(dir.path(), &files(), &ada(), options, now()).unwrap();
        Self { store: rehearsing(store), dir }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Opens the space again, like another process would.
    pub(crate) fn open(&self) -> Store {
        rehearsing(Store::open(self.path()).unwrap())
    }

    pub(crate) fn apply(&self, change: &Change) -> CommitId {
        self.store.apply(change, self.store.head().unwrap(), &ada(), now()).unwrap().commit
    }

    pub(crate) fn name_of(&self, number: u64) -> Option<String> {
        let store = self.open();
        let revision = store.read(store.head().unwrap()).unwrap();
        match revision.record(&RecordPath::Member(id(number))).unwrap()? {
            Record::Member(member) => Some(member.name),
            other => panic!("{other:?}"),
        }
    }

    /// Runs git in the space and returns its output; it has to succeed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    pub(crate) fn file(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    #[track_caller]
    pub(crate) fn assert_clean(&self) {
        assert_eq!(self.git(&["status", "--porcelain", "--untracked-files=all"]), "");
    }
}

/// Flushing is tested elsewhere.
pub(crate) fn rehearsing(mut store: Store) -> Store {
    store.set_durability(Durability::Rehearsal);
    store
}

#[track_caller]
pub(crate) fn git(path: &Path, arguments: &[&str]) -> String {
    let output = try_git(path, arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn try_git(path: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .args(["-c", "user.name=Vic Volunteer", "-c", "user.email=vic@example.org"])
        .args(arguments)
        .current_dir(path)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap()
}
