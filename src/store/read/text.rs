//! Texts for people that lie beside the records, such as the house rules.

use crate::{
    domain::model::Finding,
    store::{
        Revision,
        objects::{record::damaged, tree::Mode},
    },
};

/// The greatest length of such a text in bytes.
const MOST: usize = 64 * 1024;

/// A text, as it lies in a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredText {
    /// The id of git's object, which changes with the text.
    pub version: String,
    /// The text; what is not UTF-8 is replaced.
    pub text: String,
}

impl Revision<'_> {
    /// Reads a text at a path, if there is a plain file of at most 64 KiB.
    ///
    /// # Errors
    /// The repository is damaged there.
    pub fn text(&self, path: &str) -> Result<Option<StoredText>, Finding> {
        let Some((mode, id)) = self.find(path)? else { return Ok(None) };
        if !matches!(mode, Mode::File | Mode::Executable) {
            return Ok(None);
        }
        let bytes = self.database.short_file(id, MOST).map_err(|it| damaged(path, &it))?;
        Ok(bytes.map(|bytes| StoredText {
            version: id.to_string(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }))
    }
}
