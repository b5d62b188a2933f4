//! Finds an application by its id or by a name.

use crate::{
    app::joining,
    cli::{CliError, Context},
    domain::model::{Application, Waiting, text::shown},
    store::Store,
};

/// Returns the application that a text stands for.
///
/// # Errors
/// Fails if none matches, or if several do.
pub(super) fn one(
    ctx: &Context,
    store: &Store,
    text: &str,
) -> Result<Waiting<Application>, CliError> {
    let all = joining::applications(store).all(ctx.now);
    let wanted = text.trim().to_lowercase();
    let fits = |it: &Waiting<Application>| {
        it.id == wanted || it.content.name.to_lowercase().starts_with(&wanted)
    };
    let mut found = all.into_iter().filter(fits);
    let first = found.next().filter(|_| !wanted.is_empty());
    let first = first.ok_or_else(|| {
        let words = format!("there is no application `{}`", shown(text));
        CliError::user(words).hint("`space join list` lists them")
    })?;
    match found.next() {
        None => Ok(first),
        Some(_) => Err(CliError::user(format!("`{}` matches several applications", shown(text)))
            .hint("give the id; `space join list` lists them")),
    }
}
