//! What changes in a record, field by field.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::domain::model::{Edit, Record, RecordPath};

/// What happens to a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct RecordDifference {
    /// Its path.
    pub path: String,
    /// `added`, `removed` or `changed`.
    pub what: &'static str,
    /// The fields that changed.
    pub fields: Vec<FieldDifference>,
}

/// A field that changed. Personal data and codes are named, and never shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct FieldDifference {
    /// Its name, with dots between its parts.
    pub field: String,
    /// The value before; `None` if it was not there or is not shown.
    pub before: Option<Value>,
    /// The value afterwards; `None` if it is not there or is not shown.
    pub after: Option<Value>,
}

/// Compares a record with what an edit makes of it.
#[must_use]
pub fn record(path: &RecordPath, before: Option<&Record>, edit: &Edit) -> RecordDifference {
    let (what, after) = match (edit, before) {
        (Edit::Remove, _) => ("removed", None),
        (Edit::Put(record), None) => ("added", Some(&**record)),
        (Edit::Put(record), Some(_)) => ("changed", Some(&**record)),
    };
    let mut fields = Vec::new();
    if let (Some(before), Some(after)) = (before, after) {
        let value = |record| serde_json::to_value(record).unwrap_or_default();
        compare("", &value(before), &value(after), &mut fields);
        let is_personal = matches!(path, RecordPath::Contact(_));
        for it in fields.iter_mut().filter(|it| is_personal || it.field == "code") {
            (it.before, it.after) = (None, None);
        }
    }
    RecordDifference { path: path.to_string(), what, fields }
}

fn compare(field: &str, before: &Value, after: &Value, found: &mut Vec<FieldDifference>) {
    if before == after {
        return;
    }
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        let (before, after) = (Some(before.clone()), Some(after.clone()));
        return found.push(FieldDifference { field: field.to_owned(), before, after });
    };
    let added = new.keys().filter(|name| !old.contains_key(*name));
    for name in old.keys().chain(added) {
        let at = |of: &serde_json::Map<String, Value>| of.get(name).cloned().unwrap_or_default();
        let place = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
        compare(&place, &at(old), &at(new), found);
    }
}
