//! Finds a number in a JSON document.

use serde_json::Value;

use super::{Fault, Number};
use crate::domain::model::Quantity;

/// Reads a document.
pub(super) fn parse(text: &str) -> Result<Value, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::NotJson { line: error.line(), column: error.column() })
}

/// Reads what a value says; `None` if it is `null`.
pub(super) fn number(value: &Value, measures: Quantity) -> Result<Option<Number>, Fault> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Number::parse(text, measures).map(Some),
        Value::Bool(on) => Ok(Some(Number::plain(f64::from(u8::from(*on))))),
        other => Number::parse(&other.to_string(), measures).map(Some),
    }
}

/// Returns a value, or one of several if there are channels.
pub(super) fn of_channel(value: &Value, channel: u8) -> Option<&Value> {
    match value {
        Value::Array(all) => all.get(usize::from(channel)),
        one if channel == 0 => Some(one),
        _ => None,
    }
}
