//! Checks free space and write permission.

use std::{fs, io, path::Path};

use super::verdict::Verdict;
use crate::store::{
    Store,
    journal::{Filter, Tail},
};

/// The free space below which the next months are in danger, in MB.
const LITTLE: u64 = 200;

/// Examines the disks of the repository and of the journal.
pub(super) fn look(store: &Store, journal: &Path) -> Vec<Verdict> {
    let mut verdicts =
        vec![room("disk", store.dir()), writable("repository's folder", store.dir())];
    if !journal.starts_with(store.dir()) {
        verdicts.push(room("journal's disk", journal));
    }
    if journal.exists() {
        verdicts.push(writable("journal's folder", journal));
    }
    verdicts.push(match Tail::new(journal.to_owned(), Filter::default()).poll() {
        Ok((all, findings)) if findings.is_empty() => {
            Verdict::good("journal", format!("{} activities", all.len()))
        }
        Ok((_, findings)) => Verdict::odd(
            "journal",
            format!("{}; {} such lines", findings[0], findings.len()),
            "nothing: a power cut caused it, and the other lines are intact",
        ),
        Err(error) => Verdict::of_error("journal", error),
    });
    verdicts
}

#[cfg(unix)]
fn room(what: &str, path: &Path) -> Verdict {
    let existing = path.ancestors().find(|it| it.exists()).unwrap_or(path);
    match rustix::fs::statvfs(existing) {
        Ok(system) if system.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY) => {
            Verdict::bad(what, "is mounted read-only", "look for the cause in the system log")
        }
        Ok(system) => {
            let free = system.f_bavail.saturating_mul(system.f_frsize) / 1_000_000;
            let found = format!("{free} MB free");
            if free < LITTLE {
                Verdict::bad(
                    what,
                    found,
                    "free some space; `space activity compress` packs old months",
                )
            } else {
                Verdict::good(what, found)
            }
        }
        Err(error) => {
            Verdict::bad(what, format!("{}: {error}", path.display()), "look at the disk")
        }
    }
}

#[cfg(not(unix))]
fn room(what: &str, path: &Path) -> Verdict {
    Verdict::good(what, path.display().to_string())
}

fn writable(what: &str, path: &Path) -> Verdict {
    let probe = path.join(".doctor");
    let tried = fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe));
    match tried {
        Ok(()) => Verdict::good(what, format!("{} is writable", path.display())),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Verdict::bad(
            what,
            format!("this user cannot write to {}", path.display()),
            "run this as the user that runs the door, or make the folder writable for that user",
        ),
        Err(error) => {
            Verdict::bad(what, format!("{}: {error}", path.display()), "look at the disk")
        }
    }
}
