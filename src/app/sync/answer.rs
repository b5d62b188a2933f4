//! Answers a question that came up when two sides were joined.

use serde::de::DeserializeSeed as _;
use serde_json::Value;

use crate::{
    app::AppError,
    domain::{
        model::{Change, RecordPath, Subject},
        ops::Plan,
    },
    store::{Revision, WaitingQuestion},
};

/// Which value is to stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The one of the side that joined.
    Ours,
    /// The one that was there first.
    Theirs,
    /// Another one.
    Value(Value),
}

/// Plans what an answer changes; nothing, if that value stands already.
///
/// # Errors
/// Fails if the record is no longer there, or cannot have this value.
pub fn answer(
    head: &Revision<'_>,
    waiting: &WaitingQuestion,
    answer: &Answer,
) -> Result<Option<Plan>, AppError> {
    let question = &waiting.question;
    let wanted = match answer {
        Answer::Ours => question.ours.clone(),
        Answer::Theirs => question.theirs.clone(),
        Answer::Value(value) => Some(value.clone()),
    };
    let path = RecordPath::of(&question.path).ok().flatten();
    let path = path.ok_or_else(|| AppError::data(format!("{} is no record", question.path)))?;
    let gone = || AppError::user(format!("{path} is no longer there, so nothing can be answered"));
    let record = head.record(&path).ok().flatten().ok_or_else(gone)?;
    let mut value = serde_json::to_value(&record)
        .map_err(|error| AppError::internal(format!("{path}: {error}")))?;
    set(&mut value, &question.field, wanted);
    let new = path
        .deserialize(value)
        .map_err(|error| AppError::user(format!("{} cannot be that: {error}", question.field)))?;
    if new == record {
        return Ok(None);
    }
    let subject = match path.member() {
        Some(id) => Subject::new("sync: answer a question about").and(id),
        None => Subject::new("sync: answer a question"),
    };
    let change = Change::new(subject, format!("sync.resolve {path}"));
    Ok(Some(change.put(path, new).into()))
}

fn set(value: &mut Value, field: &str, wanted: Option<Value>) {
    if field.is_empty() {
        *value = wanted.unwrap_or_default();
        return;
    }
    let (mut at, mut names) = (value, field.split('.').peekable());
    while let Some(name) = names.next() {
        let Value::Object(fields) = at else { return };
        if names.peek().is_none() {
            match wanted {
                Some(it) => drop(fields.insert(name.to_owned(), it)),
                None => drop(fields.remove(name)),
            }
            return;
        }
        at = fields.entry(name).or_insert_with(|| Value::Object(serde_json::Map::new()));
    }
}
