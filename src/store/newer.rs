//! Reads records of a newer format, leaving out unknown fields.

use serde::{Deserialize as _, de::DeserializeSeed as _};
use serde_json::Value;
use serde_path_to_error::{Deserializer, Segment, Track};

use crate::{
    domain::model::{Advice, FORMAT, Finding, FindingCode, Newer, RecordPath},
    store::{json, named::Named, schema_link},
};

/// The maximum number of unknown fields; a record with more is not one of a newer format.
const MAX_UNKNOWN: usize = 64;

/// The maximum number of fields named in a message.
const MAX_NAMED: usize = 5;

/// Reads a record with `read`. If that is refused and the data has a newer format, reads it again
/// without the unknown fields, provided that the kind of record allows it, and adds a warning
/// about what was left out.
///
/// # Errors
/// What `read` finds.
pub(in crate::store) fn read<T>(
    record_path: &RecordPath,
    bytes: &[u8],
    is_newer: impl FnOnce() -> bool,
    read: impl Fn(&[u8]) -> Result<T, Finding>,
) -> Result<(T, Option<Finding>), Finding> {
    let finding = match read(bytes) {
        Ok(record) => return Ok((record, None)),
        Err(finding) => finding,
    };
    let unknown = finding.code == FindingCode::UnknownField && json::has_unique_keys(bytes);
    if !unknown || record_path.newer_fields() == Newer::Refused || !is_newer() {
        return Err(finding);
    }
    let Some((rest, fields)) = without_unknown(record_path, &schema_link::blanked(bytes)) else {
        return Err(finding);
    };
    match read(&rest) {
        Ok(record) => Ok((record, Some(ignored_fields(record_path, &fields)))),
        // The position is known only for the original bytes.
        Err(finding) => Err(Finding { line: None, column: None, ..finding }),
    }
}

/// Reads the format in a `space.json`, whatever else it contains.
pub(in crate::store) fn format_of(bytes: &[u8]) -> Option<u32> {
    #[derive(serde::Deserialize)]
    struct FormatOnly {
        #[serde(default)]
        format: u32,
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    FormatOnly::deserialize(Named(&mut reader)).ok().map(|it| it.format)
}

/// Reports that the data has a newer format.
pub(in crate::store) fn newer_format(format: u32) -> Finding {
    let message = format!(
        "has format {format}, but this program only knows {FORMAT}: it reads what it can and \
         writes nothing"
    );
    Finding::warning(FindingCode::NewerFormat, RecordPath::Space, message)
        .advise(Advice::UpdateProgram)
}

/// Removes the unknown fields and names them; `None` if there are too many.
fn without_unknown(record_path: &RecordPath, bytes: &[u8]) -> Option<(Vec<u8>, Vec<String>)> {
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    let mut fields = Vec::new();
    while let Some(path) = first_unknown(record_path, &value) {
        if fields.len() == MAX_UNKNOWN {
            return None;
        }
        fields.push(remove(&mut value, &path)?);
    }
    Some((serde_json::to_vec(&value).ok()?, fields))
}

/// Finds the first unknown field.
fn first_unknown(record_path: &RecordPath, value: &Value) -> Option<Vec<Segment>> {
    let mut track = Track::new();
    let error = record_path.deserialize(Deserializer::new(value, &mut track)).err()?;
    let path = track.path();
    error.to_string().starts_with("unknown field `").then(|| path.iter().cloned().collect())
}

/// Removes a field and returns its name: `notices.sender`.
fn remove(value: &mut Value, path: &[Segment]) -> Option<String> {
    let (last, above) = path.split_last()?;
    let (mut at, mut name) = (value, String::new());
    for segment in above {
        (at, name) = match segment {
            Segment::Map { key } => (at.get_mut(key)?, format!("{name}{key}.")),
            Segment::Seq { index } => {
                (at.get_mut(index)?, format!("{}[{index}].", name.trim_end_matches('.')))
            }
            _ => return None,
        };
    }
    let Segment::Map { key } = last else { return None };
    at.as_object_mut()?.remove(key)?;
    Some(json::printable(&(name + key)))
}

fn ignored_fields(record_path: &RecordPath, fields: &[String]) -> Finding {
    let mut named: Vec<String> =
        fields.iter().take(MAX_NAMED).map(|it| format!("`{it}`")).collect();
    if let Some(more) = fields.len().checked_sub(MAX_NAMED).filter(|more| *more > 0) {
        named.push(format!("{more} more"));
    }
    let message = format!("is read without {}, written by a newer program", named.join(", "));
    Finding::warning(FindingCode::NewerField, record_path, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::{MemberId, Record};

    fn strict(record_path: &RecordPath, text: &str) -> Result<(Record, Option<Finding>), Finding> {
        read(record_path, text.as_bytes(), || true, |bytes| json::strict(record_path, bytes))
    }

    fn contact() -> RecordPath {
        RecordPath::Contact(MemberId::new(1).unwrap())
    }

    #[test]
    fn unknown_fields_are_left_out_and_named() {
        let text = r#"{"matrix": 1, "email": "ada@example.org", "fax": {"a": [1]}}"#;
        let (record, warning) = strict(&contact(), text).unwrap();
        let plain = json::strict(&contact(), br#"{"email": "ada@example.org"}"#).unwrap();
        assert_eq!(record, plain);
        let warning = warning.unwrap();
        assert!(!warning.is_error());
        assert_eq!(warning.message, "is read without `fax`, `matrix`, written by a newer program");
        let told = r#"{"told": [{"occasion": "a", "at": "2026-01-01T00:00:00Z", "by": "x"}]}"#;
        let notice = RecordPath::of("members/00/0001/notices/welcome.json").unwrap().unwrap();
        let (_, warning) = strict(&notice, told).unwrap();
        assert!(warning.unwrap().message.contains("`told[0].by`"));
    }

    #[test]
    fn possible_restrictions_and_other_errors_are_refused() {
        let member = RecordPath::Member(MemberId::new(1).unwrap());
        let text = r#"{"name": "Ada", "tier": "guest", "joined": "2020-01-01", "new": 1}"#;
        assert_eq!(strict(&member, text).unwrap_err().code, FindingCode::UnknownField);
        let wrong = r#"{"email": 7, "fax": 1}"#;
        assert_eq!(strict(&contact(), wrong).unwrap_err().code, FindingCode::WrongType);
        let wrong = r#"{"fax": 1, "email": 7}"#;
        assert_eq!(strict(&contact(), wrong).unwrap_err().code, FindingCode::WrongType);
        let twice = r#"{"fax": 1, "email": "a", "email": "b"}"#;
        assert!(strict(&contact(), twice).is_err());
        let many: Vec<String> = (0..=MAX_UNKNOWN).map(|n| format!("\"x{n}\": 1")).collect();
        assert!(strict(&contact(), &format!("{{{}}}", many.join(","))).is_err());
    }

    #[test]
    fn data_of_this_format_are_read_strictly() {
        let text = br#"{"email": "a", "fax": 1}"#;
        let read = read(&contact(), text, || false, |bytes| json::strict(&contact(), bytes));
        assert_eq!(read.unwrap_err().code, FindingCode::UnknownField);
    }

    #[test]
    fn the_format_is_read_whatever_else_there_is() {
        assert_eq!(format_of(br#"{"format": 7, "moon": {"full": true}}"#), Some(7));
        assert_eq!(format_of(br#"{"name": "x"}"#), Some(0));
        assert_eq!(format_of(br#"{"format": "7"}"#), None);
        assert_eq!(format_of(b"moon"), None);
    }
}
