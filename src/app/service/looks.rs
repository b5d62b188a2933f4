//! What a person should look at, by what this machine found last at each processor.

use std::collections::BTreeMap;

use super::{Inbox, Part as _, ServiceState};
use crate::{app::AppError, domain::model::Slug, store::Store};

/// Returns it in sentences, for the processors of which there is any.
///
/// # Errors
/// It cannot be read.
pub fn looks(
    store: &Store,
    names: impl IntoIterator<Item = Slug>,
) -> Result<BTreeMap<Slug, Vec<String>>, AppError> {
    let mut all = BTreeMap::new();
    for name in names {
        let state: ServiceState = store.service_state(&name)?;
        let inbox = Inbox::read(store, &name)?;
        let trouble = state.trouble.or(inbox.trouble).into_iter();
        let words: Vec<String> = trouble.chain(state.drift).chain(inbox.held).collect();
        if !words.is_empty() {
            all.insert(name, words);
        }
    }
    Ok(all)
}
