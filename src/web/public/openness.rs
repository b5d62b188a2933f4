//! Whether the space is open: by a switch, or by the doors that are held unlocked.
//!
//! The doors are asked whenever something happened and every few seconds, never because somebody
//! looks.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{
    known::{Known, Last},
    space_api,
};
use crate::{
    config::PublicStatus,
    control::Request,
    domain::{
        access::Demand,
        model::Slug,
        people::{People, Presence},
    },
    store::journal::{self, Filter},
    web::{Event, Site},
};

/// How long the doors are left alone after they were asked.
const REST: Duration = Duration::from_secs(2);

/// After how long to look again, whatever happened: a switch announces nothing.
const AGAIN: Duration = Duration::from_secs(15);

/// For how long a number of people counts.
const COUNTED: SignedDuration = SignedDuration::from_mins(1);

/// What is known, and the document that was made of it: however many ask, it is read from memory.
#[derive(Debug, Default)]
pub(super) struct Openness {
    known: Mutex<Known>,
    document: Mutex<Option<Arc<str>>>,
}

impl Openness {
    /// Returns what is known.
    pub(super) fn known(&self) -> Known {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the document, if it was made already.
    pub(super) fn document(&self) -> Option<Arc<str>> {
        self.document.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, site: &Site, public: &PublicStatus) {
        let document = space_api::of(site, public, &self.known()).ok();
        let document = document.and_then(|it| serde_json::to_string(&it).ok()).map(Arc::from);
        *self.document.lock().unwrap_or_else(PoisonError::into_inner) = document;
    }
}

/// Looks whenever something may have changed, for as long as the program runs.
pub(super) async fn watch(site: Arc<Site>, openness: Arc<Openness>) {
    let mut changes = site.changes();
    loop {
        changes.mark_unchanged();
        let public = site.logins.config().public.clone();
        if let Some(public) = public {
            let openness = Arc::clone(&openness);
            let looked = site.work(move |site| {
                look(site, &public, &openness);
                Ok(())
            });
            let _ = looked.await; // it has no errors of its own
        }
        tokio::time::sleep(REST).await;
        let _ = tokio::time::timeout(AGAIN, changes.changed()).await;
    }
}

fn look(site: &Site, public: &PublicStatus, openness: &Openness) {
    let doors = doors(site);
    let open = match &public.switch {
        Some(path) => switched(path),
        None => held(site, public, &doors),
    };
    let file = file(site);
    let told = openness.known().last;
    let before = told.or_else(|| serde_json::from_slice(&fs::read(&file).ok()?).ok());
    let last = open.map(|open| match before {
        Some(before) if before.open == open => before,
        _ => Last { open, since: site.now() },
    });
    if let Some(now) = last.filter(|_| last != before)
        && let Err(error) = keep(&file, now)
    {
        let words = format!("cannot write {}: {error}", file.display());
        site.tell(&Event::Trouble { words });
    }
    let locked = doors.into_iter().map(|door| (door.name, door.locked)).collect();
    let people = public.people.then(|| people(site, openness.known().people)).flatten();
    *openness.known.lock().unwrap_or_else(PoisonError::into_inner) = Known { last, locked, people };
    openness.keep(site, public);
    if told.map(|it| it.open) != open {
        site.tell(&Event::Open { open });
    }
}

/// A door, as the running program tells it.
struct Door {
    name: String,
    facility: String,
    held: bool,
    locked: bool,
}

fn doors(site: &Site) -> Vec<Door> {
    let answers = site.ask_doors(&Request::Status {}).into_iter();
    let all = answers.filter_map(|(_, answer)| answer.ok()?.get("doors")?.as_array().cloned());
    let text = |door: &Value, key: &str| Some(door.get(key)?.as_str()?.to_owned());
    let door = |door: Value| {
        let state = text(&door, "state")?;
        let (held, locked) = (state == "held", state.starts_with("locked"));
        Some(Door { name: text(&door, "door")?, facility: text(&door, "facility")?, held, locked })
    };
    all.flatten().filter_map(door).collect()
}

/// Returns how many people are in, and when that was found out: a minute ago at most.
fn people(site: &Site, before: Option<(Timestamp, People)>) -> Option<(Timestamp, People)> {
    let now = site.now();
    let recent = |at: Timestamp| now.duration_since(at).abs() < COUNTED;
    if let Some(recent) = before.filter(|(at, _)| recent(*at)) {
        return Some(recent);
    }
    let filter = Filter { from: Some(Presence::since(now)), ..Filter::default() };
    let mut presence = Presence::default();
    let read = journal::each(&site.journals, &filter, |activity| {
        presence.add(&activity);
        true
    });
    read.ok().map(|_| (now, presence.at(now)))
}

/// Reads the switch: `open` or `closed`. Anything else is as if nobody knew.
fn switched(path: &Path) -> Option<bool> {
    match fs::read_to_string(path).ok()?.trim().to_lowercase().as_str() {
        "open" => Some(true),
        "closed" => Some(false),
        _ => None,
    }
}

/// Tells whether one of the facilities is held unlocked: by what its doors say, or by the
/// requirements if none of its doors answers.
fn held(site: &Site, public: &PublicStatus, doors: &[Door]) -> Option<bool> {
    let in_force = site.in_force().ok()?;
    let is_held = |facility: &Slug| {
        let mut own = doors.iter().filter(|door| door.facility == facility.as_str()).peekable();
        match own.peek() {
            Some(_) => own.any(|door| door.held),
            None => in_force.index.demand(facility, site.now()) == Demand::Held,
        }
    };
    let facilities = &public.open_while_held;
    (!facilities.is_empty()).then(|| facilities.iter().any(is_held))
}

/// The file in which the last change outlives this program.
fn file(site: &Site) -> PathBuf {
    site.store.dir().join("web-open.json")
}

fn keep(file: &Path, last: Last) -> std::io::Result<()> {
    let draft = file.with_extension("json.new");
    fs::write(&draft, serde_json::to_vec(&last)?)?;
    fs::rename(draft, file)
}
