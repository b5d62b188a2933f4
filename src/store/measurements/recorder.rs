//! Collects measurements in memory, and writes them once a minute.

use std::{collections::BTreeMap, path::PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::{block, month_file};
use crate::{
    domain::{
        meters::Measurement,
        model::{Base, Slug},
    },
    store::{
        StoreError,
        disk::{durable, io_at},
    },
};

/// How long measurements wait before they are written.
const WAIT: SignedDuration = SignedDuration::from_mins(1);

/// The most measurements that wait, while the disk takes none.
const MOST: usize = 500_000;

/// Measurements on their way to the disk. A kill loses those of the last minute.
#[derive(Debug)]
pub struct Recorder {
    folder: PathBuf,
    waiting: BTreeMap<(Slug, Base), Vec<Measurement>>,
    count: usize,
    since: Option<Timestamp>,
    dropped: u64,
}

impl Recorder {
    /// Starts with none; the folder is created when it is needed.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder, waiting: BTreeMap::new(), count: 0, since: None, dropped: 0 }
    }

    /// Takes a measurement. If too many wait because the disk takes none, the oldest of this meter are
    /// dropped.
    pub fn add(&mut self, meter: &Slug, base: Base, measurement: Measurement, now: Timestamp) {
        self.since.get_or_insert(now);
        let waiting = self.waiting.entry((meter.clone(), base)).or_default();
        if self.count >= MOST {
            // A hundred at a time, so that dropping them costs little.
            let gone = waiting.len().min(100);
            waiting.drain(..gone);
            self.count -= gone;
            self.dropped += gone as u64;
            if gone == 0 {
                self.dropped += 1;
                return;
            }
        }
        waiting.push(measurement);
        self.count += 1;
    }

    /// Tells whether it is time to write. After a clock that went back, it is.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.since.is_some_and(|since| now.duration_since(since).abs() >= WAIT)
    }

    /// Returns how many measurements wait.
    #[must_use]
    pub const fn waiting(&self) -> usize {
        self.count
    }

    /// Returns how many had to be dropped since the last call.
    pub fn dropped(&mut self) -> u64 {
        std::mem::take(&mut self.dropped)
    }

    /// Writes what waits, and flushes all of it once. Returns how many measurements are on the disk now.
    ///
    /// # Errors
    /// A file cannot be written; its measurements wait for the next time, a minute later, and those of the
    /// others are written.
    pub fn write(&mut self, now: Timestamp) -> Result<usize, StoreError> {
        let (mut written, mut failed) = (0, None);
        let all = std::mem::take(&mut self.waiting);
        for ((meter, base), mut measurements) in all {
            measurements.sort_by_key(|it| it.millis);
            // Of two at the same moment, the later one counts.
            measurements.reverse();
            measurements.dedup_by_key(|it| it.millis);
            measurements.reverse();
            let mut rest = measurements.as_slice();
            while let Some(first) = rest.first() {
                let month = month_file::month_of(first.millis);
                let end = rest.partition_point(|it| month_file::month_of(it.millis) <= month);
                let (these, others) = rest.split_at(end);
                let mut bytes = Vec::new();
                block::write(base, these, &mut bytes);
                let path = month_file::path(&self.folder, &meter, month);
                match month_file::append(&path, &bytes) {
                    Ok(()) => written += these.len(),
                    Err(error) => {
                        failed.get_or_insert(error);
                        let waiting = self.waiting.entry((meter.clone(), base)).or_default();
                        waiting.extend(these);
                    }
                }
                rest = others;
            }
        }
        self.count = self.waiting.values().map(Vec::len).sum();
        self.since = (self.count > 0).then_some(now);
        if written > 0 {
            durable::flush_all(&self.folder).map_err(io_at(&self.folder))?;
        }
        failed.map_or(Ok(written), Err)
    }
}
