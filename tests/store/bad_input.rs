//! Files that are not records: they cause findings, never a crash, and never wider access.

use space::{
    domain::model::{Finding, Record, RecordPath, Slot, Slug, Tag},
    store::{Revision, json},
};

use crate::support::{Fixture, id};

const BASE: &str = "facilities/frontdoor/requirements/base.json";

fn commit(space: &Fixture, path: &str, bytes: &[u8]) {
    let file = space.path().join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, bytes).unwrap();
    space.git(&["add", "-A"]);
    space.git(&["commit", "-qm", "by hand"]);
}

fn newest(space: &Fixture) -> Revision<'_> {
    space.store.read(space.store.head().unwrap()).unwrap()
}

fn requirement(revision: &Revision<'_>) -> Slot<i32> {
    let (basis, _) = revision.basis();
    let folder = &basis.facilities[&"frontdoor".parse::<Slug>().unwrap()];
    match folder.requirements.get(&"base".parse::<Tag>().unwrap()) {
        None => Slot::Absent,
        Some(Slot::Read(it)) => Slot::Read(it.priority),
        Some(_) => Slot::Unreadable,
    }
}

fn all(revision: &Revision<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let strays = revision.files(|_, record: Result<Record, Finding>| findings.extend(record.err()));
    findings.extend(strays);
    findings
}

#[test]
fn a_broken_requirement_keeps_its_last_good_version() {
    let space = Fixture::new();
    let good = space.store.head().unwrap();
    for text in
        ["{", "", r#"{"priority": -1}"#, r#"{"priority": -1, "timespec": "always", "x": 1}"#]
    {
        commit(&space, BASE, text.as_bytes());
        let revision = newest(&space);
        assert_eq!(requirement(&revision), Slot::Read(1), "{text}");
        let (_, findings) = revision.basis();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, BASE);
        assert!(findings[0].message.contains(&good.short()), "{}", findings[0]);
    }
    commit(&space, BASE, br#"{"priority": 4, "timespec": "always"}"#);
    assert_eq!(requirement(&newest(&space)), Slot::Read(4));
    // An old commit is judged by its own history.
    let past = space.store.resolve("HEAD~1").unwrap();
    assert_eq!(requirement(&space.store.read(past).unwrap()), Slot::Read(1));
}

#[test]
fn what_was_removed_does_not_come_back_broken() {
    let space = Fixture::new();
    space.git(&["rm", "-q", BASE]);
    space.git(&["commit", "-qm", "removed"]);
    assert_eq!(requirement(&newest(&space)), Slot::Absent);
    commit(&space, BASE, b"{");
    assert_eq!(requirement(&newest(&space)), Slot::Unreadable);
}

#[test]
fn a_broken_member_or_credential_grants_nothing_and_is_reported() {
    let space = Fixture::new();
    commit(&space, "members/00/0001/member.json", b"{\"name\": 7}");
    commit(&space, "members/00/0001/credentials/T1.json", b"[]");
    let (folder, findings) = newest(&space).member(id(1));
    let folder = folder.unwrap();
    assert_eq!((folder.member, folder.credentials.len()), (Slot::Unreadable, 0));
    let paths: Vec<_> = findings.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["members/00/0001/credentials/T1.json", "members/00/0001/member.json"]);
}

#[test]
#[cfg(unix)]
fn links_strays_and_odd_names_are_findings() {
    use std::os::unix::{ffi::OsStrExt as _, fs::PermissionsExt as _};
    let space = Fixture::new();
    let at = |path: &str| space.path().join(path);
    std::os::unix::fs::symlink("member.json", at("members/00/0002/contact.json")).unwrap();
    std::os::unix::fs::symlink("/etc", at("tiers/etc")).unwrap();
    std::fs::create_dir_all(at("members/01/0042")).unwrap();
    std::fs::write(at("members/01/0042/member.json"), "{}").unwrap();
    std::fs::write(at("members/00/0002/notes.txt"), "").unwrap();
    std::fs::write(at("tiers").join(std::ffi::OsStr::from_bytes(b"caf\xe9.json")), "{}").unwrap();
    std::fs::set_permissions(at("tiers/standard.json"), std::fs::Permissions::from_mode(0o755))
        .unwrap();
    space.git(&["add", "-A"]);
    space.git(&["commit", "-qm", "odd"]);
    let mut found: Vec<_> =
        all(&newest(&space)).iter().map(|it| (it.code.as_str(), it.path.clone())).collect();
    found.sort();
    let expected = [
        ("executable", "tiers/standard.json"),
        ("misplaced", "members/00/0002/notes.txt"),
        ("misplaced", "members/01/0042/member.json"),
        ("misplaced", "tiers/etc"),
        ("no-plain-file", "members/00/0002/contact.json"),
        ("no-utf8-name", "tiers/caf\u{fffd}.json"),
    ];
    assert_eq!(found, expected.map(|(code, path)| (code, path.to_owned())));
    let (members, findings) = newest(&space).members(|folder| folder.id);
    assert_eq!(members, [id(1), id(2)]);
    assert_eq!(findings.len(), 1);
}

#[test]
fn a_huge_file_is_not_read() {
    let space = Fixture::new();
    commit(&space, "members/00/0002/contact.json", &vec![b' '; 100 << 20]);
    let findings = all(&newest(&space));
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code.as_str(), "too-large");
}

#[test]
fn ten_thousand_broken_records_are_ten_thousand_findings() {
    let space = Fixture::new();
    for number in 10_000..20_000_u64 {
        let file = space.path().join(RecordPath::Member(id(number)).to_string());
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, "{\"name\": \"half").unwrap();
    }
    space.git(&["add", "-A"]);
    space.git(&["commit", "-qm", "broken"]);
    let revision = newest(&space);
    assert_eq!(all(&revision).len(), 10_000);
    let (members, findings) = revision.members(|folder| folder.member);
    assert_eq!((members.len(), findings.len()), (10_002, 10_000));
}

#[test]
fn findings_say_where_and_what_to_do() {
    let record_path = RecordPath::Member(id(1));
    let text = "{\n  \"name\": \"Ädä\", \"teir\": \"standard\",\n  \"joined\": \"2020-01-01\"\n}";
    let finding = json::strict(&record_path, text.as_bytes()).unwrap_err();
    assert_eq!((finding.line, finding.code.as_str()), (Some(2), "unknown-field"));
    assert!(finding.message.contains("`teir`") && finding.message.contains("`tier`"), "{finding}");
    let column = usize::try_from(finding.column.unwrap()).unwrap();
    let line: Vec<char> = text.lines().nth(1).unwrap().chars().collect();
    let before: String = line[..column].iter().collect();
    assert!(before.ends_with("\"teir\""), "{before}");
}

#[test]
fn each_kind_of_mistake_has_its_words() {
    let record_path = RecordPath::Credential(id(1), "T1".parse().unwrap());
    let code = "0123456789abcdef0123456789abcdef";
    let with = |grants: &str| format!(r#"{{"type": "fob", "code": "{code}", "grants": {grants}}}"#);
    for (text, expected, part) in [
        (with("7"), "wrong-type", "`grants`: found integer `7` instead of a list"),
        (
            with(r#"[{"facility": "a b"}]"#),
            "wrong-value",
            "`grants[0].facility`: `a b` is not a valid short",
        ),
        (with("[]").replace("fob", "card"), "wrong-value", "`type`"),
        (with("[]").replace(code, "15408774"), "wrong-value", "keyed hash"),
        (with("[]").replace("grants", "grant"), "unknown-field", "did you mean `grants`"),
        (with("[], \"grants\": []"), "duplicate-key", "grants"),
        (with("[").replace("}}", ""), "no-json", "is not valid JSON"),
        (String::new(), "no-json", "EOF"),
    ] {
        let finding = json::strict(&record_path, text.as_bytes()).unwrap_err();
        assert_eq!(finding.code.as_str(), expected, "{text}: {finding}");
        assert!(finding.message.contains(part), "{finding}");
    }
    let member = r#"{"name": "Ada", "tier": "standard", "joined": "2026-01-01", "x": 1}"#;
    for (field, part) in [
        (r#""suspended": {"since": "2026-01-01", "reason": "loud"}"#, "`suspension_reason`"),
        (r#""concession": "student""#, "`concession_reason`"),
    ] {
        let text = member.replace(r#""x": 1"#, field);
        let finding = json::strict(&RecordPath::Member(id(1)), text.as_bytes()).unwrap_err();
        assert_eq!(finding.code.as_str(), "wrong-value", "{finding}");
        assert!(finding.message.contains("put the reason into contact.json"), "{finding}");
        assert!(finding.message.contains(part), "{finding}");
        assert!(!finding.message.contains("student") && !finding.message.contains("loud"));
    }
    let twice = r#"{"accounts": {"chat": "a", "chat": "b"}}"#;
    let finding = json::strict(&RecordPath::Contact(id(1)), twice.as_bytes()).unwrap_err();
    assert_eq!((finding.code.as_str(), finding.line), ("duplicate-key", Some(1)));
    let missing = json::strict(&record_path, br#"{"type": "fob"}"#).unwrap_err();
    assert_eq!(missing.code.as_str(), "missing-field");
}
