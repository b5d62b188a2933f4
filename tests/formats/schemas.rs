//! The schemas of records say what the reader reads: no less, and no more where they can tell.

use std::{collections::BTreeMap, fs, path::PathBuf};

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};
use space::{
    domain::model::{FORMAT, FindingCode, RecordPath},
    store::json,
};

use crate::repository;

/// Everything in the template and in the repository of this format that is a JSON record.
fn records() -> Vec<(String, RecordPath, Value)> {
    let mut files = repository::files(FORMAT);
    files.extend(template());
    let record = |(path, bytes): (String, Vec<u8>)| {
        let record_path = RecordPath::of(&path).unwrap()?;
        record_path.kind().is_json().then(|| {
            let value = serde_json::from_slice(&bytes).unwrap();
            (path, record_path, value)
        })
    };
    files.into_iter().filter_map(record).collect()
}

fn template() -> Vec<(String, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data-template");
    let (mut found, mut open) = (Vec::new(), vec![root.clone()]);
    while let Some(next) = open.pop() {
        if next.is_dir() {
            open.extend(fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let path = next.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            found.push((path, fs::read(&next).unwrap()));
        }
    }
    found
}

/// The schema of each kind, by its word.
fn validators() -> BTreeMap<String, Validator> {
    let build = |schema: &Value| {
        assert!(jsonschema::meta::is_valid(schema), "{schema}");
        assert!(!schema.to_string().contains("[`"), "a link into the source: {schema}");
        jsonschema::options().should_validate_formats(true).build(schema).unwrap()
    };
    let kinds = RecordPath::KINDS.iter().filter(|kind| kind.is_json());
    kinds.map(|kind| (kind.word(), build(kind.schema().as_value()))).collect()
}

/// Compares what the reader and the schema say to a value; tells whether the reader takes it.
fn compare(record_path: &RecordPath, value: &Value, validator: &Validator) -> bool {
    let read = json::strict(record_path, value.to_string().as_bytes());
    let valid = validator.is_valid(value);
    match &read {
        Ok(_) => assert!(valid, "{record_path}: only the schema refuses {value}"),
        Err(finding) => {
            use FindingCode as Code;
            let tells =
                matches!(finding.code, Code::UnknownField | Code::MissingField | Code::WrongType);
            assert!(!(tells && valid), "{record_path}: only the reader refuses {value}: {finding}");
        }
    }
    read.is_ok()
}

#[test]
fn every_record_is_as_its_schema_says() {
    let validators = validators();
    let mut kinds: Vec<String> = Vec::new();
    for (path, record_path, value) in records() {
        let kind = record_path.kind().word();
        assert!(compare(&record_path, &value, &validators[&kind]), "{path} is not read");
        kinds.push(kind);
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), validators.len(), "a kind without a record: {kinds:?}");
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let validators = validators();
    let wrong = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1),
        json!(1.5),
        json!(70_000),
        json!("x"),
        json!("2026-03-02"),
        json!([]),
        json!([1]),
        json!({}),
        json!({ "x": 1 }),
    ];
    let (mut read, mut refused) = (0, 0);
    for (_, record_path, value) in records() {
        let validator = &validators[&record_path.kind().word()];
        let mut count = |value: &Value| match compare(&record_path, value, validator) {
            true => read += 1,
            false => refused += 1,
        };
        for pointer in pointers(&value) {
            for wrong in &wrong {
                count(&with(&value, &pointer, wrong.clone()));
            }
        }
        for pointer in pointers(&value) {
            count(&without(&value, &pointer));
            if value.pointer(&pointer).unwrap().is_object() {
                count(&with_more(&value, &pointer));
            }
        }
    }
    assert!(read > 100 && refused > 1_000, "{read} were read, {refused} refused");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_the_reader_takes_the_schema_takes(
        which in any::<prop::sample::Index>(),
        wheres in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
    ) {
        let (records, validators) = (records(), validators());
        let (_, record_path, value) = which.get(&records);
        let mut value = value.clone();
        for (to, from) in wheres {
            let pointers = pointers(&value);
            let other = value.pointer(from.get(pointers.as_slice()).as_str()).unwrap().clone();
            value = with(&value, to.get(pointers.as_slice()).as_str(), other);
        }
        compare(record_path, &value, &validators[&record_path.kind().word()]);
    }
}

/// Returns where the values are in a value, itself first.
fn pointers(value: &Value) -> Vec<String> {
    fn collect(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, it)| collect(it, &format!("{at}/{i}"), all));
            }
            Value::Object(fields) => fields.iter().for_each(|(name, it)| {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(it, &format!("{at}/{name}"), all);
            }),
            _ => {}
        }
    }
    let mut all = Vec::new();
    collect(value, "", &mut all);
    all
}

fn with(value: &Value, pointer: &str, new: Value) -> Value {
    let mut value = value.clone();
    *value.pointer_mut(pointer).unwrap() = new;
    value
}

/// Leaves out one field, or one item of a list.
fn without(value: &Value, pointer: &str) -> Value {
    let mut value = value.clone();
    let Some((parent, name)) = pointer.rsplit_once('/') else { return value };
    match value.pointer_mut(parent).unwrap() {
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        Value::Object(fields) => drop(fields.remove(&name.replace("~1", "/").replace("~0", "~"))),
        _ => {}
    }
    value
}

fn with_more(value: &Value, pointer: &str) -> Value {
    let mut value = value.clone();
    value.pointer_mut(pointer).unwrap()["nonsense"] = json!(1);
    value
}
