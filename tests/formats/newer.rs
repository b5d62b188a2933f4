//! Data of a newer format, with random fields that this program does not know.

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use space::{
    app::check,
    domain::model::{Change, Code, FORMAT, Finding, FindingCode, Newer, RecordPath},
    store::{Author, StoreError},
};

use crate::repository::{ADA, Files, GRACE, Repository, decision, files, index};

/// An unknown field, and where to insert it: the index of the object, and of the file.
#[derive(Clone, Debug)]
struct Field {
    file: prop::sample::Index,
    object: prop::sample::Index,
    name: &'static str,
    value: Value,
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    let value = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(-3)),
        Just(json!("2026-01-01")),
        Just(json!([{"unless": [1, 2]}])),
    ];
    let name = prop_oneof![Just("until"), Just("curfew"), Just("Format"), Just("grants_to")];
    let field = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), name, value);
    let field = field.prop_map(|(file, object, name, value)| Field { file, object, name, value });
    prop::collection::vec(field, 1..6)
}

/// Returns the files of this format as if a newer program had written them.
fn newer() -> Files {
    let mut files = files(FORMAT);
    let mut space: Value = serde_json::from_slice(&files["space.json"]).unwrap();
    space["format"] = json!(FORMAT + 1);
    files.insert("space.json".into(), serde_json::to_vec(&space).unwrap());
    files
}

/// Inserts the fields; returns the paths of the records that contain one.
fn sprinkle(files: &mut Files, fields: &[Field]) -> Vec<String> {
    let paths: Vec<String> = files.keys().filter(|it| it.ends_with(".json")).cloned().collect();
    let mut touched = Vec::new();
    for field in fields {
        let path = field.file.get(&paths);
        let mut value: Value = serde_json::from_slice(&files[path]).unwrap();
        let objects = objects(&value);
        let object = value.pointer_mut(field.object.get::<String>(&objects)).unwrap();
        object[field.name] = field.value.clone();
        files.insert(path.clone(), serde_json::to_vec(&value).unwrap());
        touched.push(path.clone());
    }
    touched
}

/// The fields that are maps: their entries are not fields.
const MAPS: [&str; 4] = ["/levels", "/accounts", "/activated", "/revoked_at"];

/// Lists the objects that have fields.
fn objects(value: &Value) -> Vec<String> {
    let mut open = vec![(String::new(), value)];
    let mut found = Vec::new();
    while let Some((path, it)) = open.pop() {
        match it {
            Value::Object(map) => {
                open.extend(map.iter().map(|(key, it)| (format!("{path}/{key}"), it)));
                found.extend(Some(path).filter(|path| !MAPS.iter().any(|map| path.ends_with(map))));
            }
            Value::Array(all) => {
                open.extend(all.iter().enumerate().map(|(n, it)| (format!("{path}/{n}"), it)));
            }
            _ => {}
        }
    }
    found
}

/// Lists who is admitted, and what is held unlocked, at some moments.
fn granted(repository: &Repository) -> Vec<String> {
    let codes = [Code::fob(ADA).unwrap(), Code::passcode(GRACE).unwrap()];
    let facilities = ["frontdoor", "laser", "workshop", "health-and-safety"];
    let mut granted = Vec::new();
    for at in ["2026-01-07T20:00:00Z", "2026-01-20T12:00:00Z", "2026-03-01T12:00:00Z"] {
        let now: Timestamp = at.parse().unwrap();
        let Some((index, _)) = index(repository, now) else { continue };
        for facility in facilities {
            let slug = facility.parse().unwrap();
            let holds = index.holds(&slug, now);
            granted.extend(holds.map(|hold| format!("{at} {facility} held, arm {:?}", hold.arm)));
            for code in &codes {
                if decision(&index, code, facility, now) == "granted" {
                    granted.push(format!("{at} {facility} {}", code.kind()));
                }
            }
        }
    }
    granted
}

fn found(repository: &Repository) -> Vec<Finding> {
    let store = repository.store();
    check::all(&store.read(store.head().unwrap()).unwrap())
}

/// With and without a last good version of each record in the history.
#[test]
fn unknown_fields_let_nobody_in() {
    let repository = Repository::new();
    repository.commit(&newer());
    let all = granted(&repository);
    assert!(all.len() > 5, "{all:?}");
    let config = ProptestConfig { cases: 32, ..ProptestConfig::default() };
    proptest!(config, |(fields in fields(), history in any::<bool>())| {
        repository.forget();
        if history {
            repository.commit(&files(FORMAT));
        }
        let mut files = newer();
        let touched = sprinkle(&mut files, &fields);
        repository.commit(&files);
        let some = granted(&repository);
        prop_assert!(some.iter().all(|it| all.contains(it)), "{:?}\n{:?}", some, all);
        let ignored = touched.iter().all(|path| {
            RecordPath::of(path).unwrap().unwrap().newer_fields() == Newer::Ignored
        });
        let findings = found(&repository);
        prop_assert_eq!(ignored, !findings.iter().any(Finding::is_error), "{:?}", findings);
        if ignored {
            prop_assert_eq!(&some, &all);
        }
    });
}

#[test]
fn members_come_in_whatever_the_settings_say_besides() {
    let repository = Repository::new();
    let mut files = newer();
    let mut space: Value = serde_json::from_slice(&files["space.json"]).unwrap();
    space["moon"] = json!({"full": true});
    space["notices"]["sender"] = json!("x");
    files.insert("space.json".into(), serde_json::to_vec(&space).unwrap());
    repository.commit(&files);
    let now: Timestamp = "2026-01-20T12:00:00Z".parse().unwrap();
    let (index, findings) = index(&repository, now).unwrap();
    assert_eq!(decision(&index, &Code::fob(ADA).unwrap(), "frontdoor", now), "granted");
    let expected: Vec<_> = findings.iter().map(|it| (it.code, it.is_error())).collect();
    assert_eq!(expected, [(FindingCode::NewerField, false), (FindingCode::NewerFormat, false)]);
    assert!(
        findings[0].message.contains("`moon`") && findings[0].message.contains("`notices.sender`")
    );
}

/// Each record that may one day restrict access, and what is shut while it has unknown fields.
#[test]
fn a_newer_field_that_may_restrict_access_shuts() {
    let cases = [
        ("members/00/0001/member.json", "", "frontdoor"),
        ("members/00/0001/credentials/ada-fob.json", "", "frontdoor"),
        ("members/00/0001/credentials/ada-fob.json", "/grants/1", "frontdoor"),
        ("members/00/0001/inductions/laser.json", "", "laser"),
        ("members/00/0001/inductions/health-and-safety.json", "", "laser"),
        ("tiers/standard.json", "", "frontdoor"),
        ("facilities/frontdoor/facility.json", "", "frontdoor"),
        ("facilities/frontdoor/requirements/frontdoor-always.json", "", "frontdoor"),
    ];
    let (ada, now) = (Code::fob(ADA).unwrap(), "2026-01-20T12:00:00Z".parse().unwrap());
    for (path, at, facility) in cases {
        let repository = Repository::new();
        let mut files = newer();
        let mut value: Value = serde_json::from_slice(&files[path]).unwrap();
        value.pointer_mut(at).unwrap()["weekends"] = json!(false);
        files.insert(path.into(), serde_json::to_vec(&value).unwrap());
        repository.commit(&files);
        let (index, findings) = index(&repository, now).unwrap();
        assert_ne!(decision(&index, &ada, facility, now), "granted", "{path}");
        assert!(findings.iter().any(|it| it.is_error() && it.path == path), "{findings:?}");
    }
}

#[test]
fn in_data_of_this_format_such_a_field_is_an_error() {
    let repository = Repository::new();
    let mut files = files(FORMAT);
    let contact = "members/00/0001/contact.json";
    files.insert(contact.into(), br#"{"email": "ada@example.org", "fax": 1}"#.to_vec());
    repository.commit(&files);
    let codes = |repository| -> Vec<_> {
        found(repository).iter().map(|it| (it.code, it.is_error())).collect()
    };
    assert_eq!(codes(&repository), [(FindingCode::UnknownField, true)]);
    files.insert("space.json".into(), newer()["space.json"].clone());
    repository.commit(&files);
    let expected = [(FindingCode::NewerField, false), (FindingCode::NewerFormat, false)];
    assert_eq!(codes(&repository), expected);
}

/// Cached data of an older commit, in memory or in a file, was read more strictly.
#[test]
fn a_cache_of_an_older_format_is_read_again() {
    let repository = Repository::new();
    let mut files = files(FORMAT);
    let payment = "members/00/0001/payments/2026-01-06-back.json";
    let mut value: Value = serde_json::from_slice(&files[payment]).unwrap();
    value["purpose"] = json!("dues");
    files.insert(payment.into(), serde_json::to_vec(&value).unwrap());
    repository.commit(&files);
    let store = repository.store();
    let unreadable = || store.read(store.head().unwrap()).unwrap().each_payment(|_, _, _| {});
    assert_eq!(unreadable(), 1);
    files.insert("space.json".into(), newer()["space.json"].clone());
    repository.commit(&files);
    assert_eq!(unreadable(), 0);
}

#[test]
fn nothing_is_written_to_it() {
    let repository = Repository::new();
    let now = Timestamp::UNIX_EPOCH;
    let author = Author { name: "Ada".into(), email: "ada@example.org".into() };
    let record_path: RecordPath = RecordPath::of("tiers/guest.json").unwrap().unwrap();
    let change = Change::new("tier: remove guest", "tier.remove guest").remove(record_path);
    repository.commit(&newer());
    let store = repository.store();
    let head = store.head().unwrap();
    let refused = [
        store.apply(&change, head, &author, now).map(drop).unwrap_err(),
        store.check(&change, now).map(drop).unwrap_err(),
    ];
    for error in refused {
        assert!(matches!(error, StoreError::NewerFormat(2)), "{error}");
        assert!(error.hint().is_some());
    }
    assert_eq!(store.head().unwrap(), head);
}

/// Like undoing an undo would.
#[test]
fn no_change_makes_data_of_a_newer_format() {
    let repository = Repository::new();
    let author = Author { name: "Ada".into(), email: "ada@example.org".into() };
    repository.commit(&files(FORMAT));
    let store = repository.store();
    let head = store.head().unwrap();
    let newer = space::store::json::strict(&RecordPath::Space, &newer()["space.json"]).unwrap();
    let change = Change::new("space: edit", "space.edit").put(RecordPath::Space, newer);
    let error = store.apply(&change, head, &author, Timestamp::UNIX_EPOCH).unwrap_err();
    assert!(matches!(error, StoreError::NewerFormat(2)), "{error}");
}
