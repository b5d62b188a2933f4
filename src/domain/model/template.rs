//! The words of a kind of notice: `templates/<kind>.txt` and `templates/<kind>.html`.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The text of a template as stored; a separate check looks at what it uses.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Template(pub String);

/// Which form of a message a file is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TemplateForm {
    /// The subject in the first line, an empty line, then the plain text.
    Text,
    /// The same as HTML.
    Html,
}

impl TemplateForm {
    /// Both forms.
    pub const ALL: [Self; 2] = [Self::Text, Self::Html];

    /// Returns the file extension.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Html => "html",
        }
    }
}

impl fmt::Display for TemplateForm {
    /// Writes the file extension.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ending())
    }
}
