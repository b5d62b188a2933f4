//! What other programs report that failed, such as a backup: a file for each, until it is taken on.

use std::{fs, io, path::PathBuf, sync::Arc, time::Duration};

use super::Inbox;
use crate::service::start_thread as thread;
use crate::{
    app::AppError,
    chat::{Happened, Input},
    clock,
    disk::durable,
    domain::{
        model::{PostKind, text},
        posts::PostFacts,
    },
    store::Store,
};

/// How often is looked for new ones.
const PERIOD: Duration = Duration::from_millis(250);

/// The number of characters of what is reported.
const LONGEST: usize = 300;

/// The number of reports that may wait; more of them say nothing new.
const MOST: usize = 100;

fn folder(store: &Store) -> PathBuf {
    store.dir().join("chat-failures")
}

/// Reports that something failed, for the running program to post.
///
/// # Errors
/// It cannot be written, or too many wait already.
pub fn report_failure(store: &Store, words: &str) -> Result<(), AppError> {
    let folder = folder(store);
    let write = || -> io::Result<bool> {
        fs::create_dir_all(&folder)?;
        if fs::read_dir(&folder)?.count() >= MOST {
            return Ok(false);
        }
        let path = folder.join(format!("{}.txt", uuid::Uuid::new_v4()));
        durable::replace(
            &path,
            &path.with_extension("new"),
            text::line(words, LONGEST).as_bytes(),
        )?;
        durable::flush(&path)?;
        Ok(true)
    };
    match write() {
        Ok(true) => Ok(()),
        Ok(false) => Err(AppError::user("too many failures wait to be posted already")),
        Err(error) => {
            Err(AppError::internal(format!("cannot write {}: {error}", folder.display())))
        }
    }
}

/// Starts to look for reports.
pub(super) fn start(inbox: Inbox, store: Arc<Store>) -> io::Result<()> {
    thread("failures", move || {
        let folder = folder(&store);
        while !inbox.is_ending() {
            let files = fs::read_dir(&folder).into_iter().flatten().flatten();
            let mut paths: Vec<PathBuf> = files.map(|it| it.path()).collect();
            paths.retain(|it| it.extension().is_some_and(|it| it == "txt"));
            paths.sort();
            for path in paths {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let Ok(words) = fs::read_to_string(&path) else { continue };
                let facts = PostFacts { words, ..PostFacts::default() };
                let (key, kind) = (format!("failure:{name}"), PostKind::Failure);
                // It is taken away once it is remembered; until then it comes again.
                if !inbox.tell(Input::Reported(Happened { key, kind, facts }, path)) {
                    return;
                }
            }
            clock::pause(PERIOD);
        }
    })
}
