//! `space key show`: shows which key is here, and whether it is the right one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::look_up,
    cli::{CliError, Context},
};

#[derive(Serialize, JsonSchema)]
pub(super) struct Shown {
    file: String,
    id: String,
    expected: Option<String>,
}

/// Shows the id of the key, never the key.
///
/// # Errors
/// Fails if there is no key here, or the wrong one.
pub(super) fn run(ctx: &Context) -> Result<(), CliError> {
    let store = ctx.store()?;
    let key = store.key()?;
    let shown = Shown {
        file: store.dir().join("key").display().to_string(),
        id: key.id(),
        expected: look_up::space(&store.read(store.head()?)?)?.key_id,
    };
    let right = match &shown.expected {
        Some(_) => "yes", // `key()` refuses a wrong one
        None => "unknown: space.json names no key",
    };
    ctx.record(
        &shown,
        &[
            ("key", shown.id.clone()),
            ("right one", right.into()),
            ("stored in", shown.file.clone()),
        ],
    )
}
