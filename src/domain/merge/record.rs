//! Joins three versions of one record.

use serde::de::DeserializeSeed as _;
use serde_json::Value;

use super::{Question, rule, suspension, value::Joining};
use crate::domain::model::{Record, RecordPath};

/// What three versions of a record become.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergedRecord {
    /// The record; `None` if it is removed.
    pub record: Option<Record>,
    /// What a person should look at.
    pub questions: Vec<Question>,
}

/// Joins a record: the version that both sides started from, ours, and theirs; `None` where there is
/// none. What one side removed stays removed.
#[must_use]
pub fn record(
    path: &RecordPath,
    base: Option<&Record>,
    ours: Option<&Record>,
    theirs: Option<&Record>,
) -> MergedRecord {
    let known =
        |record: Option<&Record>| MergedRecord { record: record.cloned(), questions: vec![] };
    if ours == base || ours == theirs {
        return known(theirs);
    }
    if theirs == base {
        return known(ours);
    }
    let (Some(ours), Some(theirs)) = (ours, theirs) else {
        return known(if base.is_some() { None } else { ours.or(theirs) });
    };
    let mut questions = Vec::new();
    let mut joining = Joining { path: path.to_string(), questions: &mut questions };
    let mut values = [base.map(to_value), Some(to_value(ours)), Some(to_value(theirs))];
    values.iter_mut().flatten().for_each(suspension::fold);
    let [Some(our), Some(their)] = [&values[1], &values[2]] else { return known(Some(theirs)) };
    let joined = match path {
        RecordPath::Credential(..) => credential(&mut joining, values[0].as_ref(), our, their),
        _ => joining.join(rule::of(path), "", [values[0].as_ref(), Some(our), Some(their)]),
    };
    let joined = joined.map(suspension::unfolded);
    match joined.and_then(|it| read(path, it)) {
        Some(record) => MergedRecord { record: Some(record), questions },
        // The two do not go together: one of them stands as it is.
        None => {
            questions.clear();
            let mut joining = Joining { path: path.to_string(), questions: &mut questions };
            let _ = joining.choose(None, true, "", Some(our), Some(their));
            let ours_stands = questions.first().is_some_and(|it| it.ours_stands);
            let stands = if ours_stands { ours } else { theirs };
            MergedRecord { record: Some(stands.clone()), questions }
        }
    }
}

/// Joins a credential. Its type and code are one thing: what was granted to one code is not granted to
/// another that nobody had then.
fn credential(
    joining: &mut Joining<'_>,
    base: Option<&Value>,
    ours: &Value,
    theirs: &Value,
) -> Option<Value> {
    let code = |value: &Value| (value.get("type").cloned(), value.get("code").cloned());
    let (one, other, before) = (code(ours), code(theirs), base.map(code));
    if one == other || before.as_ref().is_some_and(|it| *it == one || *it == other) {
        return joining.join(rule::of_credential(), "", [base, Some(ours), Some(theirs)]);
    }
    if base.is_none() {
        return joining.choose(None, true, "", Some(ours), Some(theirs));
    }
    let stands = joining.choose(None, true, "code", one.1.as_ref(), other.1.as_ref());
    let (kind, code) = if stands == one.1 { one } else { other };
    let with = |value: &Value| {
        let mut value = value.clone();
        value["type"] = kind.clone().unwrap_or_default();
        value["code"] = code.clone().unwrap_or_default();
        value
    };
    let (ours, theirs) = (with(ours), with(theirs));
    joining.join(rule::of_credential(), "", [base, Some(&ours), Some(&theirs)])
}

fn to_value(record: &Record) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

fn read(path: &RecordPath, value: Value) -> Option<Record> {
    path.deserialize(value).ok()
}
