//! The member that somebody means: by number, bank reference, e-mail address, fob, or name.

use crate::{
    app::AppError,
    domain::model::{Code, MemberFolder, MemberId, Record, RecordPath, folded},
    store::Revision,
};

/// Returns the number that a text stands for, whether or not somebody has it: `42`, `SM0042`.
#[must_use]
pub fn number(revision: &Revision<'_>, text: &str) -> Option<MemberId> {
    if let Ok(id) = text.parse() {
        return Some(id);
    }
    let Ok(Some(Record::Space(space))) = revision.record(&RecordPath::Space) else { return None };
    let prefix = space.reference_prefix;
    let digits = text
        .get(..prefix.len())
        .filter(|start| !prefix.is_empty() && start.eq_ignore_ascii_case(&prefix))
        .map(|start| text[start.len()..].trim_start_matches([' ', '-']))?;
    digits.parse().ok()
}

/// Returns all whose e-mail address, fob or name it is; a name also by its beginning, and without
/// its accents.
///
/// # Errors
/// Fails if contact data cannot be read, or the space's key, where a fob is meant.
pub fn matching(revision: &Revision<'_>, text: &str) -> Result<Vec<MemberFolder>, AppError> {
    if let Some(id) = holder(revision, text)? {
        return Ok(revision.member(id).0.into_iter().collect());
    }
    if text.contains('@') {
        return Ok(by_email(revision, text));
    }
    Ok(revision.find_members(text))
}

/// Returns who holds a fob with this number, as it is printed on it.
///
/// # Errors
/// Fails if the space's key cannot be read.
pub fn holder(revision: &Revision<'_>, text: &str) -> Result<Option<MemberId>, AppError> {
    let printed = text.bytes().all(|b| b.is_ascii_digit() || b == b',') || text.starts_with("0x");
    let Some(fob) = Code::fob(text).ok().filter(|_| printed) else { return Ok(None) };
    let key = revision.store().key()?;
    let holders = revision.roster().holders(&fob.hash(&key));
    Ok(holders.first().map(|(id, _)| *id))
}

fn by_email(revision: &Revision<'_>, address: &str) -> Vec<MemberFolder> {
    let wanted = folded(address.trim());
    let roster = revision.roster();
    let has = |folder: &&MemberFolder| {
        let contact = revision.record(&RecordPath::Contact(folder.id));
        let Ok(Some(Record::Contact(contact))) = contact else { return false };
        contact.email.is_some_and(|it| folded(&it) == wanted)
    };
    roster.members().filter(has).cloned().collect()
}
