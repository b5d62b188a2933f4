//! What a question about the history is about, as people write it.

use crate::{
    app::{AppError, look_up},
    domain::{
        model::{RecordPath, Slug},
        records::Records as _,
    },
    store::{Revision, history::LogScope},
};

/// Finds out what is meant: a path, a facility, a tag, or else a member.
///
/// # Errors
/// Fails if nothing matches.
pub fn of(head: &Revision<'_>, text: &str) -> Result<LogScope, AppError> {
    if let Ok(Some(record_path)) = RecordPath::of(text) {
        return Ok(LogScope::Record(record_path));
    }
    if let Ok(name) = text.parse::<Slug>()
        && head.exists(&RecordPath::Facility(name.clone()))
    {
        return Ok(LogScope::Facility(name));
    }
    if let Some((facility, tag)) = look_up::requirement_tag(head, text)? {
        return Ok(LogScope::Record(RecordPath::Requirement(facility, tag)));
    }
    match look_up::member_id(head, text) {
        Ok(id) => Ok(LogScope::Member(id)),
        Err(error) => match look_up::credential(head, text) {
            Ok((id, tag)) => Ok(LogScope::Record(RecordPath::Credential(id, tag))),
            Err(_) => Err(error),
        },
    }
}
