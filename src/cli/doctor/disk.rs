//! Checks free space and write permission.

use std::{fs, io, path::Path};

use super::diagnosis::Diagnosis;
use crate::{
    disk::durable,
    store::{
        Store,
        journal::{Filter, Tail},
    },
};

/// The free space below which the next months are in danger, in MB.
const MIN_FREE_MB: u64 = 200;

/// Examines the disks of the repository and of the journal.
pub(super) fn examine(store: &Store, journal: &Path) -> Vec<Diagnosis> {
    let mut diagnoses =
        vec![free_space("disk", store.dir()), writable("repository's folder", store.dir())];
    if durable::is_unjournaled(store.dir()) {
        diagnoses.push(Diagnosis::warning(
            "file system",
            "it keeps no journal, so that a power cut may damage any file on it",
            "use ext4 with its journal: tune2fs -O has_journal, while it is not mounted",
        ));
    }
    if !journal.starts_with(store.dir()) {
        diagnoses.push(free_space("journal's disk", journal));
    }
    if journal.exists() {
        diagnoses.push(writable("journal's folder", journal));
    }
    diagnoses.push(match Tail::new(journal.to_owned(), Filter::default()).poll() {
        Ok((all, findings)) if findings.is_empty() => {
            Diagnosis::ok("journal", format!("{} activities", all.len()))
        }
        Ok((_, findings)) => Diagnosis::warning(
            "journal",
            format!("{}; {} such lines", findings[0], findings.len()),
            "nothing: a power cut caused it, and the other lines are intact",
        ),
        Err(error) => Diagnosis::from_error("journal", error),
    });
    diagnoses
}

#[cfg(unix)]
fn free_space(what: &str, path: &Path) -> Diagnosis {
    let existing = path.ancestors().find(|it| it.exists()).unwrap_or(path);
    match rustix::fs::statvfs(existing) {
        Ok(system) if system.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY) => {
            Diagnosis::error(what, "is mounted read-only", "look for the cause in the system log")
        }
        Ok(system) => {
            let free = system.f_bavail.saturating_mul(system.f_frsize) / 1_000_000;
            let found = format!("{free} MB free");
            if free < MIN_FREE_MB {
                Diagnosis::error(
                    what,
                    found,
                    "free some space; `space activity compress` packs old months",
                )
            } else {
                Diagnosis::ok(what, found)
            }
        }
        Err(error) => {
            Diagnosis::error(what, format!("{}: {error}", path.display()), "look at the disk")
        }
    }
}

#[cfg(not(unix))]
fn free_space(what: &str, path: &Path) -> Diagnosis {
    Diagnosis::ok(what, path.display().to_string())
}

fn writable(what: &str, path: &Path) -> Diagnosis {
    let probe = path.join(".doctor");
    let written = fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe));
    match written {
        Ok(()) => Diagnosis::ok(what, format!("{} is writable", path.display())),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Diagnosis::error(
            what,
            format!("this user cannot write to {}", path.display()),
            "run this as the user that runs the door, or make the folder writable for that user",
        ),
        Err(error) => {
            Diagnosis::error(what, format!("{}: {error}", path.display()), "look at the disk")
        }
    }
}
