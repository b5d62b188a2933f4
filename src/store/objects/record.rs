//! Records in the database: read as bytes or values, or reported.

use git2::Oid;
use serde::de::DeserializeOwned;

use super::{database::Database, tree::Mode};
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
    path: impl std::fmt::Display,
    mode: Mode,
    id: Oid,
) -> Result<Vec<u8>, Finding> {
    plain(&path, mode)?;
    short(path, database.read_short(id, json::LONGEST))
}

/// Reports an object that is too large for a record, or damaged.
fn short<T>(
    path: impl std::fmt::Display,
    read: Result<Option<T>, git2::Error>,
) -> Result<T, Finding> {
    read.map_err(|error| damaged(&path, &error))?.ok_or_else(|| json::too_long(path))
}

/// Refuses anything but a plain file.
fn plain(path: impl std::fmt::Display, mode: Mode) -> Result<(), Finding> {
    let message = match mode {
        Mode::File | Mode::Executable => return Ok(()),
        Mode::Link => "is a symbolic link; a record must be a plain file",
        Mode::Module => "is a submodule; a record must be a plain file",
        Mode::Folder => "is a folder; a record must be a plain file",
    };
    Err(Finding::error(FindingCode::NoPlainFile, path, message))
}

/// Reports an object missing from the database.
pub(in crate::store) fn damaged(path: impl std::fmt::Display, error: &git2::Error) -> Finding {
    let message = format!(
        "is damaged in the repository ({}); run git fsck, and fetch the object from another clone",
        error.message()
    );
    Finding::error(FindingCode::Damaged, path, message)
}
