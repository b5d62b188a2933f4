//! How schemas are made: in the language that editors know, in words that need no source beside them,
//! and of values that are written as text in a form of their own.

use schemars::{Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::Value;

/// Returns how schemas are made, for what is read.
#[must_use]
pub fn settings() -> SchemaSettings {
    SchemaSettings::draft07().with_transform(RecursiveTransform(without_links))
}

/// Writes what a description refers to as plain text: ``[`super::Contact`]`` is `` `Contact` ``.
fn without_links(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace("[`super::", "`").replace("[`Self::", "`");
        *text = text.replace("[`", "`").replace("`]", "`");
    }
}

/// Describes such a type to whoever reads a schema: the form of its text, as a regular expression,
/// and what it is.
macro_rules! written_as {
    ($name:ident, $pattern:literal, $description:literal) => {
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "pattern": $pattern,
                    "description": $description,
                })
            }
        }
    };
}

pub(super) use written_as;
