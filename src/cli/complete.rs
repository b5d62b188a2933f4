//! What a shell completes besides commands: names of members, facilities and tiers.

use std::{ffi::OsStr, path::PathBuf};

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::{domain::model::Slug, store::Store};

/// Completes members by name or number; shows the number beside the name.
#[must_use]
pub(super) fn members() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy().to_lowercase();
        with_store(|store| {
            let head = store.read(store.head().ok()?).ok()?;
            let roster = head.roster();
            let found = roster.members().iter().filter_map(|folder| {
                let (id, name) = (folder.id.to_string(), &folder.member.get()?.name);
                let (value, help) = if id.starts_with(&typed) && !typed.is_empty() {
                    (id, name.clone())
                } else if name.to_lowercase().starts_with(&typed) {
                    (name.clone(), id)
                } else {
                    return None;
                };
                Some(CompletionCandidate::new(value).help(Some(help.into())))
            });
            Some(found.take(50).collect())
        })
    })
}

/// Completes facilities.
#[must_use]
pub(super) fn facilities() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        with_store(|store| {
            let (basis, _) = store.read(store.head().ok()?).ok()?.basis();
            Some(beginning(typed, basis.facilities.keys()))
        })
    })
}

/// Completes tiers.
#[must_use]
pub(super) fn tiers() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        with_store(|store| {
            let (basis, _) = store.read(store.head().ok()?).ok()?.basis();
            Some(beginning(typed, basis.tiers.keys()))
        })
    })
}

fn beginning<'a>(typed: &OsStr, names: impl Iterator<Item = &'a Slug>) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    names
        .filter(|name| name.as_str().starts_with(typed.as_ref()))
        .map(|name| CompletionCandidate::new(name.as_str()))
        .collect()
}

/// Completing is a courtesy: where there is no space, there is nothing to complete.
fn with_store(
    find: impl Fn(&Store) -> Option<Vec<CompletionCandidate>>,
) -> Vec<CompletionCandidate> {
    let dir = std::env::var_os("SPACE_REPO").map_or_else(|| PathBuf::from("."), PathBuf::from);
    Store::open(&dir).ok().and_then(|store| find(&store)).unwrap_or_default()
}
