//! The field `$schema` with which a record's file may begin, so that editors know its schema. It says
//! nothing about the record: it is passed over when the record is read, and kept when it is written.

use std::borrow::Cow;

/// The field's name, as it stands in a file.
const NAME: &[u8] = b"\"$schema\"";

/// Where the field is in a file, with the comma after it, and where its value is.
struct Found {
    field: std::ops::Range<usize>,
    value: std::ops::Range<usize>,
}

/// Returns a file with blanks in the place of the field, so that all else keeps its line and column.
pub(super) fn blanked(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(Found { field, .. }) = find(bytes) else { return bytes.into() };
    let mut bytes = bytes.to_vec();
    bytes[field].fill(b' ');
    bytes.into()
}

/// Adds the field of an earlier version of a file to a new one in canonical form.
pub(super) fn kept(before: &[u8], new: Vec<u8>) -> Vec<u8> {
    match find(before) {
        Some(Found { value, .. }) => added(&new, &before[value]),
        None => new,
    }
}

/// Returns a file in canonical form with the field: a path to the folder `schemas` at the top.
#[must_use]
pub fn linked(path: &str, kind: &str, bytes: &[u8]) -> Vec<u8> {
    let up = "../".repeat(path.matches('/').count());
    added(bytes, format!("\"{up}schemas/{kind}.json\"").as_bytes())
}

/// Adds the field, with a value in quotes.
fn added(canonical: &[u8], value: &[u8]) -> Vec<u8> {
    let Some(rest) = canonical.strip_prefix(b"{") else { return canonical.to_vec() };
    let empty = rest.starts_with(b"}");
    let (comma, end) = if empty { ("", "\n") } else { (",", "") };
    [b"{\n  ", NAME, b": ", value, comma.as_bytes(), end.as_bytes(), rest].concat()
}

/// Finds the field, if the file begins with it and its value is a text.
fn find(bytes: &[u8]) -> Option<Found> {
    let after =
        |at: usize| at + bytes[at..].iter().take_while(|it| it.is_ascii_whitespace()).count();
    let expect = |at: usize, text: &[u8]| bytes[at..].starts_with(text).then_some(at + text.len());
    let name = after(expect(after(0), b"{")?);
    let begin = after(expect(after(expect(name, NAME)?), b":")?);
    let mut end = expect(begin, b"\"")?;
    loop {
        match bytes.get(end)? {
            b'"' => break,
            b'\\' => end += 2,
            b'\n' => return None,
            _ => end += 1,
        }
    }
    let value = begin..end + 1;
    serde_json::from_slice::<Cow<'_, str>>(&bytes[value.clone()]).ok()?;
    let next = after(value.end);
    let field = match bytes.get(next)? {
        b',' => {
            // A comma before the end stays, and is refused.
            let more = bytes.get(after(next + 1)) == Some(&b'"');
            name..if more { next + 1 } else { value.end }
        }
        b'}' => name..value.end,
        // No comma: that is what is wrong with it.
        _ => return None,
    };
    Some(Found { field, value })
}

#[cfg(test)]
mod tests {
    use crate::{domain::model::RecordPath, store::json};

    fn path() -> RecordPath {
        RecordPath::of("tiers/guest.json").unwrap().unwrap()
    }

    const PLAIN: &str = "{\n  \"name\": \"Guest\",\n  \"price\": null,\n  \"year\": null,\n  \"concessions\": false\n}\n";

    #[test]
    fn it_is_passed_over_when_read_and_kept_when_written() {
        let plain = json::strict(&path(), PLAIN.as_bytes()).unwrap();
        let linked = super::linked("tiers/guest.json", "tier", PLAIN.as_bytes());
        let text = String::from_utf8(linked.clone()).unwrap();
        assert!(
            text.starts_with("{\n  \"$schema\": \"../schemas/tier.json\",\n  \"name\""),
            "{text}"
        );
        assert_eq!(json::strict(&path(), &linked).unwrap(), plain);
        assert_eq!(json::canonical_like(&plain, &linked), linked);
        assert_eq!(json::canonical_like(&plain, PLAIN.as_bytes()), PLAIN.as_bytes());
        for odd in [
            "{\"$schema\":\"x\",\"name\":\"Guest\",\"price\":null}",
            "{ \"$schema\" : \"a\\\"b\" , \"name\": \"Guest\", \"price\": null}",
        ] {
            assert!(json::strict(&path(), odd.as_bytes()).is_ok(), "{odd}");
            let kept = json::canonical_like(&plain, odd.as_bytes());
            assert_eq!(json::canonical_like(&plain, &kept), kept);
            assert_eq!(json::strict(&path(), &kept).unwrap(), plain);
        }
    }

    #[test]
    fn whatever_else_is_wrong_is_found_where_it_is() {
        let text = "{\n  \"$schema\": \"x\",\n  \"nam\": \"Guest\",\n  \"price\": null\n}\n";
        let finding = json::strict(&path(), text.as_bytes()).unwrap_err();
        assert_eq!(
            (finding.line, finding.message.contains("did you mean `name`")),
            (Some(3), true)
        );
        for wrong in [
            "{\"$schema\": 1, \"name\": \"G\", \"price\": null}",
            "{\"$schema\": \"x\", \"$schema\": \"x\", \"name\": \"G\", \"price\": null}",
            "{\"name\": \"G\", \"$schema\": \"x\", \"price\": null}",
            "{\"$schema\": \"x\",}",
            "{\"$schema\": \"x\" \"name\": \"G\", \"price\": null}",
            "{\"$schema\": \"\\u12\", \"name\": \"G\", \"price\": null}",
            "{\"$schema\": \"x",
            "{\"$schema\"",
            "{",
            "",
        ] {
            assert!(json::strict(&path(), wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
