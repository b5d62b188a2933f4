//! The fields of a message, with a sentence for each that is not as it should be.
//!
//! A sentence never repeats a value that may be a code.

use std::{collections::BTreeMap, fmt};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::{given_tag::GivenTag, message::Message};
use crate::domain::model::{MemberId, Priority, text};

/// The fields of a JSON object that have not been looked at yet.
pub(super) struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// Reads a JSON object in which no field is there twice.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        if text.len() > Message::LONGEST {
            return Err(format!("it is longer than {} KiB", Message::LONGEST / 1024));
        }
        let Pairs(pairs) = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                return "it is not a JSON object".to_owned();
            }
            let (line, column) = (error.line(), error.column());
            format!("it is not valid JSON: look at line {line}, column {column}")
        })?;
        let mut fields = BTreeMap::new();
        for (name, value) in pairs {
            if fields.contains_key(&name) {
                return Err(format!("`{}` is there twice", text::shown(&name)));
            }
            fields.insert(name, value);
        }
        Ok(Self(fields))
    }

    /// Takes a field; one that is `null` counts as missing.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// Takes a text that may be missing.
    pub(super) fn optional_text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("`{name}` must be a string, in quotes")),
        }
    }

    /// Takes a text.
    pub(super) fn text(&mut self, name: &str) -> Result<String, String> {
        self.optional_text(name)?.ok_or_else(|| missing(name))
    }

    /// Takes a priority.
    pub(super) fn priority(&mut self, name: &str) -> Result<Priority, String> {
        let value = self.take(name).ok_or_else(|| missing(name))?;
        let number = value.as_i64().and_then(|number| Priority::try_from(number).ok());
        number.ok_or_else(|| {
            format!("`{name}` must be a whole number from {} to {}", Priority::MIN, Priority::MAX)
        })
    }

    /// Takes a member's number, a string or an integer, that may be missing.
    pub(super) fn optional_member(&mut self, name: &str) -> Result<Option<MemberId>, String> {
        let id = match self.take(name) {
            None => return Ok(None),
            Some(Value::String(text)) if text.len() > 100 => {
                Err("a member number has at most 12 digits".to_owned())
            }
            Some(Value::String(text)) => text.parse(),
            Some(Value::Number(number)) => match number.as_u64() {
                Some(number) => MemberId::new(number),
                None => Err("a member number is a whole number, like 3870".to_owned()),
            },
            Some(_) => Err("a member number is a string or a whole number".to_owned()),
        };
        // What `parse` quotes may have line breaks in it.
        id.map(Some).map_err(|why| format!("`{name}`: {}", text::shown(&why)))
    }

    /// Takes a member's number.
    pub(super) fn member(&mut self, name: &str) -> Result<MemberId, String> {
        self.optional_member(name)?.ok_or_else(|| missing(name))
    }

    /// Takes a tag that may be missing.
    pub(super) fn optional_tag(&mut self, name: &str) -> Result<Option<GivenTag>, String> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        GivenTag::read(&text).map(Some).map_err(|why| format!("`{name}`: {why}"))
    }

    /// Takes a tag.
    pub(super) fn tag(&mut self, name: &str) -> Result<GivenTag, String> {
        self.optional_tag(name)?.ok_or_else(|| missing(name))
    }

    /// Returns the names of the fields that nobody took.
    pub(super) fn rest(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

pub(super) fn missing(name: &str) -> String {
    format!("`{name}` is missing")
}

/// The fields of an object in their order, with those that are there twice.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EachPair)
    }
}

struct EachPair;

impl<'de> Visitor<'de> for EachPair {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> String {
        Fields::read(text).err().unwrap_or_default()
    }

    #[test]
    fn only_an_object_in_which_each_field_is_there_once_is_read() {
        for text in ["[]", "\"action\"", "7", "null", "true"] {
            assert_eq!(why(text), "it is not a JSON object", "{text}");
        }
        assert_eq!(why(""), "it is not valid JSON: look at line 1, column 0");
        assert_eq!(why("{} {}"), "it is not valid JSON: look at line 1, column 4");
        assert!(why(&"[".repeat(100_000)).starts_with("it is not "));
        assert!(why(&format!("{{\"a\":{}", "[".repeat(100_000))).contains("valid JSON"));
        assert_eq!(why(r#"{"tag":"a","\u0074ag":"a"}"#), "`tag` is there twice");
        assert!(why(&" ".repeat(Message::LONGEST + 1)).contains("longer than 1024 KiB"));
        assert_eq!(why("{\"a\":null}"), "");
    }

    #[test]
    fn a_member_is_a_string_or_an_integer() {
        let member = |value: &str| {
            Fields::read(&format!("{{\"member\":{value}}}")).unwrap().member("member")
        };
        for value in ["\"3870\"", "3870", "\"03870\""] {
            assert_eq!(member(value), Ok(MemberId::new(3870).unwrap()), "{value}");
        }
        let long = format!("\"{}\"", "9".repeat(10_000));
        for value in [
            "null",
            "\"\"",
            "\"ada\"",
            "3870.0",
            "-1",
            "1e3",
            "[3870]",
            "\"../3870\"",
            "\"3870\\n\"",
            "1000000000000",
            &long,
        ] {
            let why = member(value).unwrap_err();
            assert!(why.starts_with("`member`") && why.len() < 200, "{value}: {why}");
            assert!(!why.contains('\n'), "{why}");
        }
    }

    #[test]
    fn a_priority_is_a_whole_number() {
        let priority =
            |value: &str| Fields::read(&format!("{{\"p\":{value}}}")).unwrap().priority("p");
        assert_eq!(priority("-1"), Ok(-1));
        assert_eq!(priority("null"), Err("`p` is missing".to_owned()));
        for value in ["\"3\"", "1e300", "2.5", "2147483648", "true", "{}"] {
            assert!(priority(value).unwrap_err().contains("whole number"), "{value}");
        }
    }
}
