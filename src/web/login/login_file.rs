//! Reads the logins and tokens again when their file changes: who is no longer in it is out at once.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use tokio::sync::mpsc::Sender;

use crate::{
    config::WebConfig,
    disk::watch::Watch,
    web::{Event, Site},
};

/// The file of the configuration.
pub(in crate::web) struct LoginFile {
    path: PathBuf,
    read: Option<SystemTime>,
    watch: Watch,
}

impl LoginFile {
    /// Watches a file that was read just now; `hint` is sent to when it may have changed.
    pub(in crate::web) fn new(path: PathBuf, hint: Sender<()>) -> Self {
        let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
        let watch = Watch::folder(&folder, move || {
            let _ = hint.try_send(()); // one hint is as good as many
        });
        Self { read: modified(&path), path, watch }
    }

    /// Reads the file again if it has changed. Listeners stay as they are.
    pub(in crate::web) fn look(&mut self, site: &Site) {
        self.watch.renew();
        let changed = modified(&self.path);
        if changed == self.read {
            return;
        }
        self.read = changed;
        match WebConfig::read(&self.path) {
            Ok(config) => {
                site.logins.replace(Arc::new(config));
                site.tell(&Event::Note { words: "the logins and tokens were read again".into() });
            }
            Err(error) => site.tell(&Event::Trouble {
                words: format!("the logins and tokens stay as they were: {error}"),
            }),
        }
    }
}

fn modified(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|it| it.modified()).ok()
}
