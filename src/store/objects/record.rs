//! Records in the database: read as bytes or values, or reported.

use git2::Oid;
use serde::de::DeserializeOwned;

use super::{damage::Damage, database::Database, tree::Mode};
use crate::{
    domain::model::{Finding, FindingCode, RecordPath},
    store::{json, newer},
};

/// Reads a record of a known kind.
pub(in crate::store) fn read_as<T: DeserializeOwned>(
    database: Database<'_>,
    record_path: &RecordPath,
    mode: Mode,
    id: Oid,
) -> Result<T, Finding> {
    let bytes = blob(database, record_path, mode, id)?;
    newer::read(
        record_path,
        &bytes,
        || database.is_newer(),
        |bytes| json::parse(record_path, bytes),
    )
    .map(|(record, _)| record)
}

/// Reads the bytes of a record, unless it is a link, a folder or far too large.
pub(in crate::store) fn blob(
    database: Database<'_>,
    path: &RecordPath,
    mode: Mode,
    id: Oid,
) -> Result<Vec<u8>, Finding> {
    check_mode(path, mode)?;
    check_length(path, database.short_file(id, path.most_bytes()))
}

/// Reports an object that is too long for a record, or damaged.
fn check_length<T>(path: &RecordPath, read: Result<Option<T>, Damage>) -> Result<T, Finding> {
    let read = read.map_err(|damage| match damage {
        Damage::Lost(_) | Damage::Broken { .. } => damaged(path, &damage),
        Damage::Odd(why) => {
            let message = format!("is not a plain file, as a record must be: {why}");
            Finding::error(FindingCode::NoPlainFile, path, message)
        }
    })?;
    read.ok_or_else(|| json::too_long(path, path.most_bytes()))
}

/// Refuses anything but a plain file.
fn check_mode(path: impl std::fmt::Display, mode: Mode) -> Result<(), Finding> {
    let message = match mode {
        Mode::File | Mode::Executable => return Ok(()),
        Mode::Link => "is a symbolic link; a record must be a plain file",
        Mode::Module => "is a submodule; a record must be a plain file",
        Mode::Folder => "is a folder; a record must be a plain file",
    };
    Err(Finding::error(FindingCode::NoPlainFile, path, message))
}

/// Reports an object that the database has lost, or that git would not have written.
pub(in crate::store) fn damaged(path: impl std::fmt::Display, damage: &Damage) -> Finding {
    let path = path.to_string();
    // The top folder has no name.
    let path = if path.is_empty() { ".".to_owned() } else { path };
    match damage {
        Damage::Lost(_) | Damage::Broken { .. } => {
            let message = format!(
                "is damaged in the repository ({damage}); run `git fsck`, and fetch it from another \
                 clone"
            );
            Finding::error(FindingCode::Damaged, path, message)
        }
        Damage::Odd(_) => {
            let message = format!(
                "is not as git writes it ({damage}), so this commit is not used; commit the files \
                 of one that was in order: `git restore --source=COMMIT --staged --worktree :/`"
            );
            Finding::error(FindingCode::OddTree, path, message)
        }
    }
}
