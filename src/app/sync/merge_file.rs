//! Joins three versions of one file, for git.

use crate::{
    app::AppError,
    domain::{
        merge::{self, Question},
        model::{Advice, Record, RecordPath},
        records::Records,
    },
    store::json,
};

/// The bytes of a record's file that two sides were joined to, and what was not clear.
pub(super) type Joined = (Vec<u8>, Vec<Question>);

/// Joins the versions of a record's file; `None` if no record belongs at the path. An empty base is
/// none. Where what a record grants depends on others, those in `others` count.
///
/// # Errors
/// Fails if a version cannot be read, or if the two sides are not of one thing.
pub fn merge_file(
    path: &str,
    [base, ours, theirs]: [&[u8]; 3],
    others: Option<&dyn Records>,
) -> Result<Option<Joined>, AppError> {
    let Ok(Some(record_path)) = RecordPath::of(path) else { return Ok(None) };
    let read = |bytes: &[u8]| -> Result<Option<Record>, AppError> {
        if bytes.is_empty() {
            return Ok(None);
        }
        json::strict(&record_path, bytes).map(Some).map_err(|finding| {
            AppError::data(format!("{path} cannot be joined: one version {}", finding.message))
                .hint(
                    "mend it in the commit that has it, or write the file yourself and `git add` it",
                )
        })
    };
    let linked = if ours.is_empty() { theirs } else { ours };
    let (base, ours, theirs) = (read(base)?, read(ours)?, read(theirs)?);
    if let (None, Some(Record::Member(one)), Some(Record::Member(other))) = (&base, &ours, &theirs)
        && one.name.trim().to_lowercase() != other.name.trim().to_lowercase()
    {
        let message = format!("{path}: both sides gave this number to a new member");
        return Err(AppError::data(message).hint(Advice::JoinByProgram));
    }
    let joined = merge::record(&record_path, base.as_ref(), ours.as_ref(), theirs.as_ref());
    let Some(record) = joined.record else {
        return Err(AppError::data(format!("{path}: nothing is left of it"))
            .hint(format!("`git rm {path}`, then go on")));
    };
    let (record, questions) = match others {
        Some(others) => merge::by_hours(others, &record_path, record, joined.questions),
        None => (record, joined.questions),
    };
    Ok(Some((json::canonical_like(&record, linked), questions)))
}
