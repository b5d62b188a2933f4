//! Hints from the system's file notification that something on the disk may have changed.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Calls back when something may have changed. This is a hint, never a promise: events are lost
/// when folders are replaced or the system's queue overflows, so the caller also looks every
/// minute.
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    roots: Vec<(PathBuf, RecursiveMode)>,
    /// Events outside this folder are ignored.
    within: PathBuf,
    /// Set when a watched folder itself was replaced, because the watch stays with the old one.
    stale: Arc<AtomicBool>,
    hint: Arc<dyn Fn() + Send + Sync>,
}

impl Watch {
    /// Watches a repository for branches that move: its refs, packed or not, and HEAD. `dir` is
    /// the folder that the store keeps beside them.
    pub fn branches(dir: &Path, hint: impl Fn() + Send + Sync + 'static) -> Self {
        let git = dir.parent().unwrap_or(dir).to_owned();
        let mut roots = vec![
            (git.join("refs"), RecursiveMode::NonRecursive),
            (git.join("refs/heads"), RecursiveMode::Recursive),
            (git.clone(), RecursiveMode::NonRecursive),
        ];
        // The replacement of the whole repository shows only in the folder above it.
        roots.extend(git.parent().map(|above| (above.to_owned(), RecursiveMode::NonRecursive)));
        Self::new(roots, git, hint)
    }

    /// Watches the files in a folder, which may not be there yet.
    pub fn folder(path: &Path, hint: impl Fn() + Send + Sync + 'static) -> Self {
        let mut roots = vec![(path.to_owned(), RecursiveMode::NonRecursive)];
        // That the folder appears shows only in the one above it.
        roots.extend(path.parent().map(|above| (above.to_owned(), RecursiveMode::NonRecursive)));
        Self::new(roots, path.to_owned(), hint)
    }

    fn new(
        roots: Vec<(PathBuf, RecursiveMode)>,
        within: PathBuf,
        hint: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let stale = Arc::new(AtomicBool::new(true));
        let mut watch = Self { watcher: None, roots, within, stale, hint: Arc::new(hint) };
        watch.renew();
        watch
    }

    /// Watches again what was replaced, and what could not be watched so far. Call it after each
    /// hint and every minute; it costs nothing if there is nothing to do.
    ///
    /// Returns whether everything is watched.
    pub fn renew(&mut self) -> bool {
        if !self.stale.swap(false, Relaxed) {
            return true;
        }
        let mut watched = 0;
        self.watcher = self.start_watcher().ok();
        if let Some(watcher) = &mut self.watcher {
            // A missing folder may come back; the folder above it will show that.
            let all = self.roots.iter().map(|(root, mode)| watcher.watch(root, *mode));
            watched = all.filter(Result::is_ok).count();
        }
        let complete = watched == self.roots.len();
        self.stale.fetch_or(!complete, Relaxed);
        complete
    }

    fn start_watcher(&self) -> notify::Result<RecommendedWatcher> {
        let roots: Vec<PathBuf> = self.roots.iter().map(|(root, _)| root.clone()).collect();
        let (within, stale, hint) = (self.within.clone(), self.stale.clone(), self.hint.clone());
        let on_event = move |event: notify::Result<Event>| {
            // Reading causes events too; any event of an unknown kind counts as a change.
            let replaced = match &event {
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) if event.need_rescan() => true,
                Ok(event) if !event.paths.iter().any(|path| path.starts_with(&within)) => return,
                Ok(event) => event.paths.iter().any(|path| roots.contains(path)),
                Err(_) => true,
            };
            stale.fetch_or(replaced, Relaxed);
            hint();
        };
        notify::recommended_watcher(on_event)
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").field("roots", &self.roots).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::mpsc, time::Duration};

    use super::*;

    #[test]
    fn a_folder_that_appears_later_is_watched() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("journal");
        let (hint, hints) = mpsc::channel();
        let mut watch = Watch::folder(&folder, move || {
            let _ = hint.send(());
        });
        let wait = || hints.recv_timeout(Duration::from_secs(20)).is_ok();
        fs::create_dir(&folder).unwrap();
        assert!(wait(), "that it appears");
        assert!(watch.renew());
        hints.try_iter().for_each(drop);
        fs::write(folder.join("door-2026-01.jsonl"), "x").unwrap();
        assert!(wait(), "what is written into it");
    }
}
