//! Values that a shell completes besides commands: members, facilities, tiers and tags.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
    sync::OnceLock,
};

use clap::Command;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::{
    domain::{
        model::{MemberFolder, Slug, Tag},
        records::Records as _,
    },
    store::{Revision, Store},
};

/// The most candidates to offer; nobody looks through more.
const MOST: usize = 50;

/// The shell that asks. clap removes the variable before it calls the completers.
static SHELL: OnceLock<Option<OsString>> = OnceLock::new();

/// Completes the line and ends the process, if a shell is asking.
pub(in crate::cli) fn complete_if_asked(command: fn() -> Command) {
    SHELL.get_or_init(|| std::env::var_os("COMPLETE"));
    clap_complete::CompleteEnv::with_factory(command).complete();
}

/// Completes members by number or by any word of the name, and shows the other as help.
#[must_use]
pub(in crate::cli) fn members() -> ArgValueCompleter {
    completer(|head, typed| {
        let number = typed.starts_with(|c: char| c.is_ascii_digit());
        let named = |folder: &MemberFolder| {
            let (id, name) = (folder.id.to_string(), &folder.member.get()?.name);
            if number {
                return id.starts_with(typed).then(|| (id, name.to_owned()));
            }
            let lower = name.to_lowercase();
            let words = lower.split_whitespace().any(|word| word.starts_with(typed));
            (words || lower.starts_with(typed)).then(|| (escaped(name), id))
        };
        head.roster().members().filter_map(named).take(MOST).collect()
    })
}

/// Completes facilities.
#[must_use]
pub(in crate::cli) fn facilities() -> ArgValueCompleter {
    completer(|head, typed| beginning(typed, head.basis().0.facilities.keys().map(Slug::as_str)))
}

/// Completes tiers.
#[must_use]
pub(in crate::cli) fn tiers() -> ArgValueCompleter {
    completer(|head, typed| beginning(typed, head.basis().0.tiers.keys().map(Slug::as_str)))
}

/// Completes meters.
#[must_use]
pub(in crate::cli) fn meters() -> ArgValueCompleter {
    completer(|head, typed| beginning(typed, head.meters().iter().map(Slug::as_str)))
}

/// Completes zones.
#[must_use]
pub(in crate::cli) fn zones() -> ArgValueCompleter {
    completer(|head, typed| beginning(typed, head.zones().iter().map(Slug::as_str)))
}

/// Completes channels of chats.
#[must_use]
pub(in crate::cli) fn channels() -> ArgValueCompleter {
    completer(|head, typed| beginning(typed, head.channels().iter().map(Slug::as_str)))
}

/// Completes tags of requirements, with the facility as help.
#[must_use]
pub(in crate::cli) fn requirements() -> ArgValueCompleter {
    completer(|head, typed| {
        let of = |facility: Slug| {
            let tags = head.requirements(&facility).into_iter();
            tags.map(move |tag| (tag, facility.to_string()))
        };
        tagged(typed, head.facilities().into_iter().flat_map(of))
    })
}

/// Completes tags of credentials, with the member as help.
#[must_use]
pub(in crate::cli) fn credentials() -> ArgValueCompleter {
    completer(|head, typed| {
        let roster = head.roster();
        let of = |folder: &MemberFolder| {
            let name =
                folder.member.get().map_or_else(|| folder.id.to_string(), |it| it.name.clone());
            let tags: Vec<_> =
                folder.credentials.iter().map(|(tag, _)| (tag.clone(), name.clone())).collect();
            tags
        };
        tagged(typed, roster.members().flat_map(of))
    })
}

/// Values, each with its help.
type Found = Vec<(String, String)>;

fn beginning<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Found {
    let fitting = names.filter(|name| name.starts_with(typed));
    fitting.map(|name| (name.to_owned(), String::new())).collect()
}

fn tagged(typed: &str, tags: impl Iterator<Item = (Tag, String)>) -> Found {
    let fitting = tags.filter(|(tag, _)| tag.as_str().to_lowercase().starts_with(typed));
    fitting.take(MOST).map(|(tag, whose)| (tag.to_string(), whose)).collect()
}

/// Makes a completer. Completion never fails: without a space there is nothing to complete.
fn completer(find: fn(&Revision<'_>, &str) -> Found) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy().replace(['\\', '"', '\''], "").to_lowercase();
        let found = || {
            let store = Store::open(&repo()).ok()?;
            let head = store.read(store.head().ok()?).ok()?;
            Some(find(&head, &typed))
        };
        found().unwrap_or_default().into_iter().map(candidate).collect()
    })
}

fn candidate((value, help): (String, String)) -> CompletionCandidate {
    CompletionCandidate::new(value).help((!help.is_empty()).then(|| help.into()))
}

/// Returns the folder named on the line so far, or else in the environment.
fn repo() -> PathBuf {
    let line: Vec<OsString> = std::env::args_os().collect();
    let named = line.windows(2).rev().find(|pair| pair[0] == "-C" || pair[0] == "--repo");
    let named = named.map(|pair| pair[1].clone()).or_else(|| std::env::var_os("SPACE_REPO"));
    named.map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// Escapes a name so that the shell takes it for one word; bash does not do that itself.
fn escaped(name: &str) -> String {
    if SHELL.get().and_then(Option::as_ref).is_none_or(|shell| shell != "bash") {
        return name.to_owned();
    }
    let mut written = String::new();
    for c in name.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"-_.,".contains(c) {
            written.push('\\');
        }
        written.push(c);
    }
    written
}
