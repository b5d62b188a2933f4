//! The words of a kind of notice: `templates/<kind>.txt` and `templates/<kind>.html`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A file of words, as it stands; what it may say is checked apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Template(pub String);

/// Which of the two forms of a message a file is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TemplateForm {
    /// The subject in the first line, an empty line, and the plain text.
    Text,
    /// The same for programs that show HTML.
    Html,
}

impl TemplateForm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Text, Self::Html];

    /// Returns the ending of the file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Html => "html",
        }
    }
}

impl fmt::Display for TemplateForm {
    /// Writes the ending of the file's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ending())
    }
}
