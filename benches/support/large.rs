//! Large spaces for measurements, made once and kept in `target/`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use space::{
    domain::model::{Code, Credential, Grant, Member, MemberId, Record, RecordPath, SpaceKey},
    store::{Author, InitOptions, Store, json},
};

/// The time of all measurements.
pub(crate) fn now() -> Timestamp {
    "2026-01-05T18:00:00Z".parse().unwrap()
}

pub(crate) fn author() -> Author {
    Author { name: "Ada Admin".into(), email: "ada@example.org".into() }
}

pub(crate) fn key() -> SpaceKey {
    SpaceKey::from_bytes([7; 32])
}

/// Returns a bare, packed space with the given number of members, each with one credential.
pub(crate) fn space(members: u64) -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
    let path = home.join(format!("space-{members}"));
    if Store::open(&path).is_ok() {
        return path;
    }
    let _ = fs::remove_dir_all(&path); // half of one, or none
    let mut files = basis();
    for number in 1..=members {
        for (record_path, record) in folder(number) {
            files.push((record_path.to_string(), json::canonical(&record)));
        }
    }
    let options = InitOptions { bare: true, key: Some(key()), ..InitOptions::default() };
    Store::init(&path, &files, &author(), &options, now()).unwrap();
    // Packed like git does when it collects garbage.
    let mut git = std::process::Command::new("git");
    let packed = git.args(["repack", "-adq"]).current_dir(&path).status();
    assert!(packed.unwrap().success(), "git repack");
    path
}

/// Copies a space, so that it can be written to.
pub(crate) fn copy(of: &Path, to: &Path) {
    for item in fs::read_dir(of).unwrap().map(Result::unwrap) {
        let target = to.join(item.file_name());
        if item.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&item.path(), &target);
        } else {
            fs::copy(item.path(), target).unwrap();
        }
    }
}

/// A member and a credential, whose numbers are spread by a multiplication instead of randomness.
pub(crate) fn folder(number: u64) -> [(RecordPath, Record); 2] {
    const FIRST: [&str; 8] =
        ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Niklaus", "Joan", "Ken"];
    let id = MemberId::new(number).unwrap();
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let member = Member {
        name: format!("{} Number{number}", FIRST[(spread >> 40) as usize % FIRST.len()]),
        tier: "standard".parse().unwrap(),
        joined: jiff::civil::date(2015 + (spread >> 50) as i16 % 10, 3, 1),
        left: None,
        suspended: None,
        suspended_until: None,
        parent: None,
        concession: false,
        chosen_amount: None,
        paid_until: Some(jiff::civil::date(2026, 2, 1)),
    };
    let code = Code::fob(&(1_000_000 + number).to_string()).unwrap();
    let tag = format!("{:08x}-{:04x}-4000-8000-{number:012x}", spread >> 32, spread >> 16 & 0xffff);
    let grant = |facility: &str| Grant {
        facility: facility.parse().unwrap(),
        priority: 1,
        effective: "2020-01-01T00:00:00Z".parse().unwrap(),
        expiration: None,
    };
    let credential = Credential {
        kind: code.kind(),
        code: code.hash(&key()),
        grants: vec![grant("frontdoor"), grant("backdoor")],
    };
    [
        (RecordPath::Member(id), Record::Member(member)),
        (RecordPath::Credential(id, tag.parse().unwrap()), Record::Credential(credential)),
    ]
}

pub(crate) fn basis() -> Vec<(String, Vec<u8>)> {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let door = r#"{"name": "A door", "kind": "door"}"#;
    let always = r#"{"priority": 1, "timespec": "always"}"#;
    vec![
        file(
            "space.json",
            r#"{"name": "Large", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#,
        ),
        file("tiers/standard.json", r#"{"name": "Standard", "price": 2500}"#),
        file("facilities/frontdoor/facility.json", door),
        file("facilities/frontdoor/requirements/base.json", always),
        file("facilities/backdoor/facility.json", door),
        file("facilities/backdoor/requirements/back.json", always),
    ]
}
