//! The schemas of records in a new space, for editors.

use crate::{domain::model::RecordPath, store::schema_link};

/// The folder of the schemas, at the top of the data.
const FOLDER: &str = "schemas";

/// Adds the schema of each kind of record to the files of a space, and has each record begin with a
/// `$schema` that names its own.
#[must_use]
pub fn with_schemas(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let link = |(path, bytes): (String, Vec<u8>)| {
        let kind = RecordPath::of(&path).ok().flatten().map(|it| it.kind());
        let bytes = match kind.filter(|kind| kind.is_json()) {
            Some(kind) => schema_link::linked(&path, &kind.word(), &bytes),
            None => bytes,
        };
        (path, bytes)
    };
    let kinds = RecordPath::KINDS.iter().filter(|kind| kind.is_json());
    let schema = kinds.map(|kind| {
        let text = format!("{:#}\n", kind.schema().as_value());
        (format!("{FOLDER}/{}.json", kind.word()), text.into_bytes())
    });
    files.into_iter().map(link).chain(schema).collect()
}
