//! A bounded queue of activities that were appended but not yet written, and of those waiting for
//! it.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

use super::state::{JournalState, JournalTrouble};
use crate::domain::model::Activity;

/// How long to wait after a failure before trying again, unless something is appended before.
const RETRY: Duration = Duration::from_secs(5);

/// The maximum number of activities in memory; beyond it, the oldest are dropped.
const CAPACITY: usize = 100_000;

/// The maximum number of activities in one write.
const BATCH: usize = 1024;

/// The queue between those who append and the threads that write.
pub(super) struct Outbox {
    inner: Mutex<Inner>,
    work: Condvar,
    done: Condvar,
    report: Mutex<Box<dyn Fn(String) + Send>>,
}

/// Called once an activity is on the disk, or has failed to get there; tells whether it is.
pub(super) type Settled = Box<dyn FnOnce(bool) + Send>;

/// Every append and every request to try again gets the next number.
#[derive(Default)]
struct Inner {
    waiting: VecDeque<(u64, Activity)>,
    /// Who is told once what number is settled, by rising numbers.
    told: VecDeque<(u64, Settled)>,
    newest: u64,
    /// Everything up to this number was written, or failed.
    written: u64,
    tried: u64,
    /// Everything up to this number was flushed, or failed.
    settled: u64,
    /// Whether there is something to do before [`RETRY`] is over.
    due: bool,
    closing: bool,
    /// Whether earlier writes may not have reached the disk, and have to be repeated.
    rewrite: bool,
    failures: u64,
    trouble: Option<JournalTrouble>,
    /// The time of the last activity appended.
    last: Timestamp,
    /// The number of activities that the writer is working on.
    in_progress: usize,
    /// The number of lines written, and how many of them are on the disk.
    lines: u64,
    flushed: u64,
    dropped: u64,
    /// The number of activities dropped since the current trouble began.
    dropped_now: u64,
    bytes: u64,
}

/// The next activities to write.
pub(super) struct Batch {
    pub(super) lines: Vec<(u64, Activity)>,
    /// Whether earlier writes have to be repeated.
    pub(super) rewrite: bool,
    up_to: u64,
}

/// The position up to which activities were written, and the number of failures before.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    up_to: u64,
    failures: u64,
    lines: u64,
    at: Timestamp,
}

impl Outbox {
    pub(super) fn new(report: impl Fn(String) + Send + 'static) -> Self {
        Self {
            inner: Mutex::default(),
            work: Condvar::new(),
            done: Condvar::new(),
            report: Mutex::new(Box::new(report)),
        }
    }

    pub(super) fn append(&self, activity: Activity, settled: Option<Settled>) {
        let mut inner = self.lock();
        inner.newest += 1;
        inner.due = true;
        inner.last = activity.time;
        let number = inner.newest;
        inner.waiting.push_back((number, activity));
        inner.told.extend(settled.map(|it| (number, it)));
        inner.drop_oldest();
        self.work.notify_one();
    }

    /// Waits until everything appended so far is written, and tells whether it is.
    pub(super) fn wait_until_written(&self, at_most: Duration) -> bool {
        let inner = self.lock();
        let wanted = inner.newest;
        let busy = |inner: &mut Inner| inner.tried < wanted;
        let waited = self.done.wait_timeout_while(inner, at_most, busy);
        waited.unwrap_or_else(PoisonError::into_inner).0.written >= wanted
    }

    /// Waits until everything appended so far is on the disk, or has failed to get there.
    pub(super) fn flush(&self) {
        let mut inner = self.lock();
        if inner.trouble.is_some() {
            // Somebody waiting is a reason to try again, unless a write is already under way.
            inner.newest += 1;
            inner.due = true;
            self.work.notify_one();
        }
        let wanted = inner.newest;
        let busy = |inner: &mut Inner| inner.settled < wanted;
        drop(self.done.wait_while(inner, busy));
    }

    pub(super) fn close(&self) {
        let mut inner = self.lock();
        (inner.closing, inner.due) = (true, true);
        self.work.notify_one();
    }

    pub(super) fn state(&self) -> JournalState {
        let inner = self.lock();
        JournalState {
            pending: inner.waiting.len() + inner.in_progress,
            unflushed: (inner.waiting.len() + inner.in_progress) as u64
                + inner.lines.saturating_sub(inner.flushed),
            dropped: inner.dropped,
            bytes: inner.bytes,
            trouble: inner.trouble.clone(),
        }
    }

    /// Waits for something to write; `None` once everything possible is done.
    pub(super) fn next_batch(&self) -> Option<Batch> {
        let mut inner = self.lock();
        while !inner.due {
            if inner.closing {
                return None;
            }
            let wait = if inner.trouble.is_some() { RETRY } else { Duration::MAX };
            let waited = self.work.wait_timeout(inner, wait);
            let (awake, time) = waited.unwrap_or_else(PoisonError::into_inner);
            inner = awake;
            if time.timed_out() {
                break;
            }
        }
        let count = inner.waiting.len().min(BATCH);
        let lines: Vec<_> = inner.waiting.drain(..count).collect();
        inner.due = !inner.waiting.is_empty();
        inner.in_progress = lines.len();
        let up_to = match lines.last() {
            Some((number, _)) if inner.due => *number,
            _ => inner.newest,
        };
        Some(Batch { lines, rewrite: std::mem::take(&mut inner.rewrite), up_to })
    }

    /// Records that a batch was written, and returns the mark for its flush.
    pub(super) fn record_written(&self, batch: &Batch, bytes: usize) -> Mark {
        let mut inner = self.lock();
        inner.count_written(batch.lines.len(), bytes);
        (inner.written, inner.tried) = (batch.up_to, inner.tried.max(batch.up_to));
        self.done.notify_all();
        inner.mark(batch.up_to)
    }

    /// Puts back the part of a batch that could not be written, all except the first `lines`;
    /// returns the mark for the flush of those.
    pub(super) fn record_failure(
        &self,
        batch: Batch,
        lines: usize,
        bytes: usize,
        words: String,
    ) -> Mark {
        let mut inner = self.lock();
        inner.count_written(lines, bytes);
        let since = batch.lines.get(lines).map_or(inner.last, |(_, activity)| activity.time);
        for entry in batch.lines.into_iter().skip(lines).rev() {
            inner.waiting.push_front(entry);
        }
        inner.drop_oldest();
        let mark = inner.mark(0);
        // Nobody should have to wait for the next attempt to learn the result.
        (inner.tried, inner.settled, inner.due) = (inner.newest, inner.newest, false);
        let told = inner.settle(u64::MAX);
        self.record_trouble(inner, since, words);
        told.into_iter().for_each(|it| it(false));
        mark
    }

    /// Records that everything up to a mark is on the disk.
    pub(super) fn record_flushed(&self, mark: &Mark) {
        let mut inner = self.lock();
        inner.flushed = inner.flushed.max(mark.lines);
        let over = mark.failures == inner.failures && inner.waiting.is_empty();
        if over && inner.trouble.take().is_some() {
            let words = match std::mem::take(&mut inner.dropped_now) {
                0 => "the journal can be written again; nothing was lost".to_owned(),
                lost => format!(
                    "the journal can be written again; {lost} activities were lost, because only \
                     {CAPACITY} fit in memory"
                ),
            };
            drop(inner);
            self.report(words);
            inner = self.lock();
        }
        inner.settled = inner.settled.max(mark.up_to);
        let told = inner.settle(mark.up_to);
        let durable = mark.failures == inner.failures;
        drop(inner);
        self.done.notify_all();
        told.into_iter().for_each(|it| it(durable));
    }

    /// Records that what was written up to a mark may not have reached the disk, and reports the
    /// reason unless it is already known.
    pub(super) fn record_flush_failure(&self, mark: &Mark, words: Option<String>) {
        let mut inner = self.lock();
        inner.settled = inner.settled.max(mark.up_to);
        let told = inner.settle(mark.up_to);
        self.done.notify_all();
        match words {
            Some(words) => {
                inner.rewrite = true;
                self.record_trouble(inner, mark.at, words);
            }
            None => drop(inner),
        }
        told.into_iter().for_each(|it| it(false));
    }

    /// Sends a message to the operator.
    pub(super) fn report(&self, words: String) {
        (self.report.lock().unwrap_or_else(PoisonError::into_inner))(words);
    }

    fn record_trouble(&self, mut inner: MutexGuard<'_, Inner>, since: Timestamp, words: String) {
        inner.failures += 1;
        let first = inner.trouble.is_none();
        let since = inner.trouble.as_ref().map_or(since, |trouble| trouble.since);
        inner.trouble = Some(JournalTrouble { words: words.clone(), since });
        drop(inner);
        if first {
            self.report(words);
        }
        self.done.notify_all();
        self.work.notify_one(); // so that the writer does not wait for ever
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn mark(&self, up_to: u64) -> Mark {
        Mark { up_to, failures: self.failures, lines: self.lines, at: self.last }
    }

    /// Returns those who wait for a number up to this one.
    fn settle(&mut self, up_to: u64) -> Vec<Settled> {
        let count = self.told.partition_point(|(number, _)| *number <= up_to);
        self.told.drain(..count).map(|(_, told)| told).collect()
    }

    fn count_written(&mut self, lines: usize, bytes: usize) {
        self.in_progress = 0;
        self.lines += lines as u64;
        self.bytes += bytes as u64;
    }

    /// Drops the oldest activities in favour of the newest.
    fn drop_oldest(&mut self) {
        while self.waiting.len() > CAPACITY {
            self.waiting.pop_front();
            self.dropped += 1;
            self.dropped_now += 1;
        }
    }
}
