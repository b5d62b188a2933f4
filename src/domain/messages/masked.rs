//! The text of a message for the diagnostic log, without any code that may be in it.

use serde_json::{Map, Value};

use super::message::Message;
use crate::domain::model::text;

/// The fields that are logged as they are; any other may be a code under a wrong name.
const PLAIN: [&str; 13] = [
    "action",
    "facility",
    "codetype",
    "oldtype",
    "newtype",
    "member",
    "priority",
    "requiredpriority",
    "tag",
    "effective",
    "expiration",
    "timespec",
    "description",
];

/// The maximum number of characters that are logged.
const MOST: usize = 2000;

/// Returns the text of a message in one line, with every code masked. In what is not a JSON object
/// any digit may belong to a code.
#[must_use]
pub fn masked(text: &str) -> String {
    // Many files end with a line break, which is nothing to log.
    let text = text.trim();
    let object = (text.len() <= Message::LONGEST)
        .then(|| serde_json::from_str::<Map<String, Value>>(text).ok())
        .flatten();
    let plain = match object {
        Some(mut fields) => {
            for (name, value) in &mut fields {
                let nested = value.is_array() || value.is_object();
                if !value.is_null() && (nested || !PLAIN.contains(&name.as_str())) {
                    *value = "****".into();
                }
            }
            let named = fields.into_iter().map(|(name, value)| {
                let known = PLAIN.contains(&name.as_str());
                (if known { name } else { without_digits(&name) }, value)
            });
            Value::Object(named.collect()).to_string()
        }
        None => without_digits(text),
    };
    let mut line: String = plain
        .chars()
        .take(MOST)
        .map(|c| if text::is_control(c) { '\u{fffd}' } else { c })
        .collect();
    if plain.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line
}

fn without_digits(said: &str) -> String {
    // Only as much as is logged, of a text of any length.
    said.chars().take(MOST + 1).map(|c| if c.is_numeric() { '*' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_logged_wherever_it_is() {
        for text in [
            r#"{"action":"activate","code":"4455661","tag":"T1"}"#,
            r#"{"action":"activate","code":4455661}"#,
            r#"{"action":"activate","code":["4455661"]}"#,
            r#"{"action":"activate","Code":"4455661","code":"1"}"#,
            r#"{"action":"modify","oldcode":"4455661","newcode":"4455661"}"#,
            r#"{"action":"activate","pin":{"code":"4455661"}}"#,
            r#"{"action":{"code":"4455661"}}"#,
            r#"{"4455661":"x"}"#,
            r#"{"action":"activate","code":"4455661""#,
            r#"["code","4455661"]"#,
            "4455661",
            "code=٤٤٥٥٦٦١",
        ] {
            let line = masked(text);
            assert!(!line.contains("4455661") && !line.contains('٤'), "{line}");
        }
        assert_eq!(masked("[]\n"), "[]");
        assert_eq!(
            masked(r#"{"action":"activate","code":"4455661","tag":"T1","member":3870}"#),
            r#"{"action":"activate","code":"****","member":3870,"tag":"T1"}"#
        );
    }

    #[test]
    fn it_is_one_line_of_bounded_length() {
        let deep = "[".repeat(1 << 20);
        for text in [deep.as_str(), "a\nb\u{1b}[2J", &"ä".repeat(1 << 20)] {
            let line = masked(text);
            assert!(line.chars().count() <= MOST + 1, "{}", line.len());
            assert!(!line.contains(text::is_control), "{line}");
        }
    }
}
