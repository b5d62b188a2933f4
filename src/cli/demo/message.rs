//! One round trip of a message: a membership system gives somebody a fob, and hears that they came.

use std::{fs, path::Path, sync::Arc, time::Duration};

use jiff::Timestamp;
use serde_json::json;

use crate::{
    app::queue,
    bridge::{Event, Receiver, Sender},
    cli::{CliError, advice},
    config::BridgeConfig,
    domain::model::CommitId,
    store::{Store, journal},
};

/// The number of the fob that the message gives.
pub(super) const FOB: &str = "4711";

/// How long to wait for a message that is already there.
const PATIENCE: Duration = Duration::from_secs(10);

/// A bridge whose messages go through folders.
pub(super) struct Courier {
    store: Arc<Store>,
    config: BridgeConfig,
}

impl Courier {
    /// Opens the space.
    ///
    /// # Errors
    /// Fails if it cannot be opened.
    pub(super) fn new(dir: &Path) -> Result<Self, CliError> {
        let config = BridgeConfig { wait_seconds: 0, ..BridgeConfig::default() };
        Ok(Self { store: Arc::new(Store::open(dir)?), config })
    }

    /// Writes a message as the membership system would, and returns it.
    ///
    /// # Errors
    /// Fails if the disk fails.
    pub(super) fn write(&self) -> Result<String, CliError> {
        let message = json!({
            "action": "activate", "code": FOB, "facility": "frontdoor", "codetype": "fob",
            "member": 3870, "priority": 2, "tag": "5b8f0c9e-3d4c-4f7e-9f0a-6c2f7f1f0a11",
            "effective": "2020-01-01T00:00:00Z", "expiration": "2100-01-01T00:00:00Z",
        })
        .to_string();
        let folder = self.store.dir().join("messages/in");
        let draft = folder.join("0001.new");
        fs::create_dir_all(&folder)?;
        fs::write(&draft, &message)?;
        fs::rename(draft, folder.join("0001.json"))?;
        Ok(message)
    }

    /// Receives the message, and returns what the bridge tells and the commit.
    ///
    /// # Errors
    /// Fails if the message is not applied.
    pub(super) fn receive(&self, now: Timestamp) -> Result<(Vec<String>, CommitId), CliError> {
        let queue = queue::open(&self.config, &self.store)?;
        let mut receiver =
            Receiver::new(Arc::clone(&self.store), queue, self.config.clone(), advice::words);
        receiver.ready(now).map_err(CliError::internal)?;
        let fail =
            |error: crate::integrations::queue::QueueError| CliError::internal(error.to_string());
        let received = receiver.gather(PATIENCE).map_err(fail)?;
        let (mut told, mut made) = (Vec::new(), None);
        receiver.handle(received, now, &mut |event| {
            if let Event::Applied { commit, .. } = &event {
                made = *commit;
            }
            told.push(event.to_string());
        });
        let commit = made.ok_or_else(|| CliError::internal(told.join("\n")))?;
        Ok((told, commit))
    }

    /// Sends what happened, and returns what the bridge tells and the newest message.
    ///
    /// # Errors
    /// Fails if nothing is sent.
    pub(super) fn send(&self, since: Timestamp) -> Result<(String, String), CliError> {
        let (cursor, journal) = (Sender::cursor(&self.store), journal::folder(self.store.dir()));
        let queue = queue::open(&self.config, &self.store)?;
        let mut told = String::new();
        Sender::new(cursor, journal, queue, self.config.clone())
            .round(since, &mut |event| told = event.to_string());
        let folder = fs::read_dir(self.store.dir().join("messages/out"))?;
        let newest = folder.filter_map(|it| Some(it.ok()?.path())).max();
        let newest = newest.ok_or_else(|| CliError::internal("no activity was sent"))?;
        Ok((told, fs::read_to_string(newest)?))
    }
}
