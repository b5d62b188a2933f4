//! Records as bytes: strict when read, canonical when written.

use std::{collections::HashSet, marker::PhantomData};

use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _};

use super::{named::Named, schema_link};
use crate::domain::model::{Finding, FindingCode, Record, RecordPath, Template, text};

/// Reads the record that belongs at a place.
///
/// # Errors
/// What is wrong and where: invalid JSON, an unknown or missing field, a repeated key, a value of
/// the wrong type.
pub fn strict(record_path: &RecordPath, bytes: &[u8]) -> Result<Record, Finding> {
    match record_path {
        // Not JSON: the file is plain text.
        RecordPath::Template(..) => {
            Ok(Record::Template(Template(template_text(record_path, bytes)?)))
        }
        RecordPath::TranslatedTemplate(..) => {
            Ok(Record::TranslatedTemplate(Template(template_text(record_path, bytes)?)))
        }
        _ => read(record_path, record_path, &schema_link::blanked(bytes)),
    }
}

/// Formats a record as it is stored: indented by two spaces, fields in declared order, a final
/// line break.
#[must_use]
pub fn canonical(record: &Record) -> Vec<u8> {
    if let Record::Template(it) | Record::TranslatedTemplate(it) = record {
        return it.0.clone().into_bytes();
    }
    let written = serde_json::to_vec_pretty(record);
    let mut bytes = written.expect("records have text keys and no failing parts");
    bytes.push(b'\n');
    bytes
}

/// Formats a record as it is stored, with the `$schema` of the file that it replaces.
#[must_use]
pub fn canonical_like(record: &Record, before: &[u8]) -> Vec<u8> {
    schema_link::kept(before, canonical(record))
}

/// Reads a record of a known kind; `strict` with the type chosen by the caller.
pub(in crate::store) fn parse<T: DeserializeOwned>(
    record_path: &RecordPath,
    bytes: &[u8],
) -> Result<T, Finding> {
    read(record_path, PhantomData::<T>, &schema_link::blanked(bytes))
}

/// Reads what a seed describes.
fn read<'de, S: DeserializeSeed<'de> + Copy>(
    record_path: &RecordPath,
    seed: S,
    bytes: &'de [u8],
) -> Result<S::Value, Finding> {
    if bytes.len() > record_path.most_bytes() {
        return Err(too_long(record_path, record_path.most_bytes()));
    }
    let read =
        parse_to_end(seed, bytes).map_err(|error| explain(record_path, seed, bytes, error))?;
    // Structs refuse a repeated field; maps would silently keep the last one.
    if matches!(
        record_path,
        RecordPath::Space
            | RecordPath::Contact(_)
            | RecordPath::TagMessages(_)
            | RecordPath::MemberMessages(_)
            | RecordPath::Channel(_)
    ) {
        let unique = PhantomData::<UniqueKeys>;
        parse_to_end(unique, bytes).map_err(|error| explain(record_path, unique, bytes, error))?;
    }
    Ok(read)
}

/// Tells whether bytes are JSON in which no object has a key twice.
pub(in crate::store) fn has_unique_keys(bytes: &[u8]) -> bool {
    parse_to_end(PhantomData::<UniqueKeys>, bytes).is_ok()
}

/// Reads JSON with nothing after it.
fn parse_to_end<'de, S: DeserializeSeed<'de>>(
    seed: S,
    bytes: &'de [u8],
) -> Result<S::Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = seed.deserialize(Named(&mut reader))?;
    reader.end()?;
    Ok(value)
}

/// Reads the text of a template.
fn template_text(record_path: &RecordPath, bytes: &[u8]) -> Result<String, Finding> {
    if bytes.len() > record_path.most_bytes() {
        return Err(too_long(record_path, record_path.most_bytes()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        let message = "is not UTF-8 text; save it in that encoding";
        Finding::error(FindingCode::NoText, record_path, message)
            .at(saturate(line), saturate(column))
    })?;
    Ok(text.to_owned())
}

/// Reports a file that is too long to be a record.
pub(in crate::store) fn too_long(path: impl std::fmt::Display, most: usize) -> Finding {
    let message = format!("is not read: larger than the limit of {most} bytes");
    Finding::error(FindingCode::TooLarge, path, message)
}

fn explain<'de, S: DeserializeSeed<'de>>(
    record_path: &RecordPath,
    seed: S,
    bytes: &'de [u8],
    error: serde_json::Error,
) -> Finding {
    if bytes.starts_with("\u{feff}".as_bytes()) {
        let message = "begins with a byte order mark, which JSON does not have: save the file as \
                       UTF-8 without one";
        return Finding::error(FindingCode::NoJson, record_path, message).at(1, 1);
    }
    let (line, column) = (error.line(), error.column());
    let field = failing_field(seed, bytes);
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let (code, message) = describe(message, &field, error.is_data());
    let finding = Finding::error(code, record_path, message);
    if line == 0 {
        finding
    } else {
        finding.at(saturate(line), column_in_characters(bytes, line, column))
    }
}

/// Finds the field at which reading fails: `grants[0].priority`.
fn failing_field<'de, S: DeserializeSeed<'de>>(seed: S, bytes: &'de [u8]) -> String {
    let mut track = serde_path_to_error::Track::new();
    let reader = &mut serde_json::Deserializer::from_slice(bytes);
    let tracked = serde_path_to_error::Deserializer::new(reader, &mut track);
    match seed.deserialize(Named(tracked)) {
        Err(_) => match track.path().to_string() {
            path if path == "." || path.contains('?') => String::new(),
            path => printable(&path),
        },
        Ok(_) => String::new(),
    }
}

fn describe(message: &str, field: &str, data: bool) -> (FindingCode, String) {
    let message = printable(message);
    let at = if field.is_empty() { String::new() } else { format!("`{field}`: ") };
    if !data {
        let hint = "compare with another record of this kind";
        return (
            FindingCode::NoJson,
            format!("is not valid JSON from here on ({message}); {hint}"),
        );
    }
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let (name, expected) = rest.split_once('`').unwrap_or((rest, ""));
        let suggestion = suggestion(name, expected);
        return (FindingCode::UnknownField, format!("there is no field `{name}` here{suggestion}"));
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return (FindingCode::MissingField, format!("{at}the field {name} is missing; add it"));
    }
    if message.starts_with("duplicate ") {
        return (FindingCode::DuplicateKey, format!("{at}{message}; keep one of them"));
    }
    for (prefix, code) in
        [("invalid type: ", FindingCode::WrongType), ("invalid value: ", FindingCode::WrongValue)]
    {
        if let Some((found, expected)) =
            message.strip_prefix(prefix).and_then(|rest| rest.split_once(", expected "))
        {
            return (code, format!("{at}found {found} instead of {}", type_in_words(expected)));
        }
    }
    (FindingCode::WrongValue, format!("{at}{message}"))
}

fn suggestion(name: &str, expected: &str) -> String {
    let fields = || expected.split('`').skip(1).step_by(2);
    let nearest = fields()
        .max_by(|a, b| strsim::jaro_winkler(name, a).total_cmp(&strsim::jaro_winkler(name, b)));
    match nearest {
        Some(field) if strsim::jaro_winkler(name, field) > 0.8 => {
            format!("; did you mean `{field}`?")
        }
        _ => {
            let all: Vec<&str> = fields().collect();
            format!("; the valid fields are: {}", all.join(", "))
        }
    }
}

fn type_in_words(expected: &str) -> &str {
    match expected {
        "i16" | "i32" | "i64" => "a whole number",
        "u16" | "u32" | "u64" => "a whole number, zero or more",
        "a boolean" => "true or false",
        "a string" => "a text in quotes",
        "a map" => "an object { … }",
        "a sequence" => "a list [ … ]",
        _ if expected.starts_with("struct ") => "an object { … }",
        other => other,
    }
}

/// Makes text from elsewhere safe for a terminal, without shortening it.
pub(in crate::store) fn printable(foreign: &str) -> String {
    foreign.chars().take(300).map(|c| if text::is_control(c) { '\u{fffd}' } else { c }).collect()
}

fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Converts a column in bytes to one in characters.
fn column_in_characters(bytes: &[u8], line: usize, column: usize) -> u32 {
    let row = bytes.split(|b| *b == b'\n').nth(line - 1).unwrap_or_default();
    let before = &row[..column.min(row.len())];
    let starts = before.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    saturate(starts.max(1))
}

/// Any JSON without repeated keys.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl<'de> serde::de::Visitor<'de> for Visitor {
    type Value = UniqueKeys;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<UniqueKeys, A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !keys.insert(key.clone()) {
                return Err(A::Error::custom(format!("duplicate field `{key}`")));
            }
            map.next_value::<UniqueKeys>()?;
        }
        Ok(UniqueKeys)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<UniqueKeys, A::Error> {
        while seq.next_element::<UniqueKeys>()?.is_some() {}
        Ok(UniqueKeys)
    }

    fn visit_bool<E>(self, _: bool) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_i64<E>(self, _: i64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_u64<E>(self, _: u64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_f64<E>(self, _: f64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_str<E>(self, _: &str) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_unit<E>(self) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }
}
