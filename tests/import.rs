//! A large statement is imported completely: as one commit, however few files a process may open.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(unix)]

use std::{fmt::Write as _, fs, path::Path, process::Command};

use space::{
    domain::model::{Member, MemberId, Record, RecordPath},
    store::{Author, InitOptions, Store, json},
};

const MEMBERS: u64 = 60;
const MONTHS: u64 = 12;

#[test]
fn a_years_statement_is_one_commit_and_needs_few_open_files() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("space");
    let author = Author { name: "Ada".into(), email: "ada@example.org".into() };
    let now = "2026-03-02T18:00:00Z".parse().unwrap();
    Store::init(&root, &files(), &author, &InitOptions::default(), now).unwrap();
    fs::write(dir.path().join("year.ofx"), statement()).unwrap();

    let answer = import(&root);
    assert_eq!(answer["totals"]["credited"]["lines"], MEMBERS * MONTHS);
    assert_eq!(answer["totals"]["credited"]["money"], MEMBERS * MONTHS * 2500);
    assert_eq!(answer["members"].as_array().unwrap().len(), 60);
    assert_eq!(answer["members"][0]["paid_until"], "2026-01-02");
    assert_eq!(git(&root, &["rev-list", "--count", "HEAD"]), "2");
    assert_eq!(git(&root, &["status", "--porcelain"]), "");
    let again = import(&root);
    assert_eq!(again["totals"]["known"]["lines"], MEMBERS * MONTHS);
    assert_eq!(git(&root, &["rev-list", "--count", "HEAD"]), "2");
}

/// Runs the program where a process may have no more than 64 files open.
fn import(root: &Path) -> serde_json::Value {
    let program = env!("CARGO_BIN_EXE_space");
    let out = Command::new("sh")
        .args(["-c", "ulimit -n 64; exec \"$0\" \"$@\"", program])
        .args(["payment", "import", "../year.ofx", "--yes", "--json"])
        .current_dir(root)
        .envs([("GIT_AUTHOR_NAME", "Ada"), ("GIT_AUTHOR_EMAIL", "ada@example.org")])
        .env("SPACE_NOW", "2026-03-02T18:00:00Z")
        .env_remove("SPACE_REPO")
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn git(root: &Path, args: &[&str]) -> String {
    let out = Command::new("git").args(args).current_dir(root).output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

fn files() -> Vec<(String, Vec<u8>)> {
    let settings = r#"{"name": "Large", "time_zone": "Europe/London", "currency": "GBP",
        "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
        "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#;
    let tier = r#"{"name": "Standard", "price": 2500}"#;
    let mut files = vec![
        ("space.json".to_owned(), settings.as_bytes().to_vec()),
        ("tiers/standard.json".to_owned(), tier.as_bytes().to_vec()),
    ];
    for number in 1..=MEMBERS {
        let member = Member {
            name: format!("Member {number}"),
            tier: "standard".parse().unwrap(),
            joined: jiff::civil::date(2025, 1, 1),
            left: None,
            suspended: None,
            suspended_until: None,
            parent: None,
            concession: false,
            chosen_amount: None,
            paid_until: None,
        };
        let record_path = RecordPath::Member(MemberId::new(number).unwrap());
        files.push((record_path.to_string(), json::canonical(&Record::Member(member))));
    }
    files
}

fn statement() -> String {
    let mut text = "OFXHEADER:100\nCHARSET:1252\n\n<OFX><CURDEF>GBP\n".to_owned();
    for line in 0..MEMBERS * MONTHS {
        let (member, month) = (1 + line % MEMBERS, 1 + line / MEMBERS);
        writeln!(
            text,
            "<STMTTRN><DTPOSTED>2025{month:02}02<TRNAMT>25.00<FITID>F{line}<NAME>SM{member:04}"
        )
        .unwrap();
    }
    text + "</OFX>\n"
}
