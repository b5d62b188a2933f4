//! Splits requests into what SQS accepts at once, and puts the answers in order again.

use std::{collections::BTreeMap, future::Future};

use aws_sdk_sqs::types::BatchResultErrorEntry;
use tokio::task::JoinSet;

use super::{connection::End, failure};
use crate::integrations::queue::QueueError;

/// How many messages one request may be about.
pub(super) const AT_ONCE: usize = 10;

/// How many requests are under way at the same time.
pub(super) const ABREAST: usize = 8;

/// The size of all messages of one request in bytes, unless a single one is larger. SQS accepts more
/// since 2025, older servers do not.
const SIZE: usize = 256 * 1024;

/// What is to be done, in order.
#[derive(Debug)]
pub(super) struct Batches<T>(Vec<Vec<T>>);

impl<T: Clone + Send + 'static> Batches<T> {
    /// Splits items with their sizes.
    pub(super) fn new(items: impl Iterator<Item = (T, usize)>) -> Self {
        let (mut batches, mut room) = (Vec::<Vec<T>>::new(), 0);
        for (item, size) in items {
            match batches.last_mut().filter(|last| last.len() < AT_ONCE && size <= room) {
                Some(last) => {
                    last.push(item);
                    room -= size;
                }
                None => {
                    batches.push(vec![item]);
                    room = SIZE.saturating_sub(size);
                }
            }
        }
        Self(batches)
    }

    /// Returns how many items there are.
    pub(super) fn items(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Makes a request for each batch, some of them at the same time unless the queue keeps an order,
    /// and returns the results of all items in order. After a failure that is not about an item itself, no further requests are
    /// made, so that nothing overtakes what failed.
    pub(super) async fn each<F>(
        self,
        end: &End,
        request: impl Fn(End, Vec<T>) -> F + Copy + Send + Sync + 'static,
    ) -> Vec<Result<(), QueueError>>
    where
        F: Future<Output = Result<Answer, QueueError>> + Send + 'static,
    {
        let total = self.items();
        let abreast = if end.is_fifo() { 1 } else { ABREAST };
        let mut results = Vec::with_capacity(total);
        for wave in self.0.chunks(abreast) {
            let mut running = JoinSet::new();
            for (place, batch) in wave.iter().enumerate() {
                let (end, batch) = (end.clone(), batch.clone());
                running.spawn(async move { (place, one(&end, batch, &request).await) });
            }
            let mut done = BTreeMap::new();
            while let Some(finished) = running.join_next().await {
                done.extend(finished.ok());
            }
            for (place, batch) in wave.iter().enumerate() {
                let lost =
                    || vec![Err(QueueError::Later("the request was lost".into())); batch.len()];
                results.extend(done.remove(&place).unwrap_or_else(lost));
            }
            let about_all = |it: &&QueueError| !matches!(it, QueueError::Refused(_));
            let failed = results.iter().find_map(|it| it.as_ref().err().filter(about_all));
            if let Some(error) = failed.cloned() {
                results.resize(total, Err(error));
                break;
            }
        }
        results
    }
}

/// Makes one request. If SQS refuses it as a whole, for one of its messages, each gets its own.
async fn one<T: Clone, F>(
    end: &End,
    batch: Vec<T>,
    request: &impl Fn(End, Vec<T>) -> F,
) -> Vec<Result<(), QueueError>>
where
    F: Future<Output = Result<Answer, QueueError>>,
{
    let size = batch.len();
    match request(end.clone(), batch.clone()).await {
        Ok(answer) => answer.results(size),
        Err(QueueError::Refused(_)) if size > 1 => {
            let mut results = Vec::with_capacity(size);
            for item in batch {
                match request(end.clone(), vec![item]).await {
                    Ok(answer) => results.extend(answer.results(1)),
                    Err(error) => results.push(Err(error)),
                }
            }
            results
        }
        Err(error) => vec![Err(error); size],
    }
}

/// What SQS answers about each entry of a request; entries are numbered from 0.
#[derive(Debug)]
pub(super) struct Answer {
    queue: String,
    results: BTreeMap<usize, Result<(), QueueError>>,
    /// Entries about messages that nobody is hiding any more.
    visible: Vec<usize>,
}

impl Answer {
    /// Reads what was done and what failed.
    pub(super) fn new(
        queue: &str,
        done: impl Iterator<Item = String>,
        failed: Vec<BatchResultErrorEntry>,
    ) -> Self {
        let done = done.filter_map(|id| Some((id.parse().ok()?, Ok(()))));
        let mut answer =
            Self { queue: queue.to_owned(), results: done.collect(), visible: Vec::new() };
        for failure in failed {
            let Ok(number) = failure.id.parse() else { continue };
            let message = failure.message.as_deref().unwrap_or_default();
            if failure.code.contains("MessageNotInflight") {
                answer.visible.push(number);
            }
            let status = if failure.sender_fault { 400 } else { 500 };
            let error = failure::coded(queue, status, &failure.code, message);
            answer.results.insert(number, Err(error));
        }
        answer
    }

    /// Counts what is visible to others already as done.
    pub(super) fn or_visible(mut self) -> Self {
        self.results.extend(self.visible.drain(..).map(|number| (number, Ok(()))));
        self
    }

    /// Returns the results in order.
    fn results(mut self, size: usize) -> Vec<Result<(), QueueError>> {
        let silent = QueueError::Later(format!("{}: no answer about this message", self.queue));
        let mut take = |number| self.results.remove(&number).unwrap_or(Err(silent.clone()));
        (0..size).map(&mut take).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_small_enough_for_every_server() {
        let sizes = |items: Vec<usize>| {
            let batches = Batches::new(items.iter().map(|size| (*size, *size)));
            batches.0.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(sizes(vec![1; 25]), [10, 10, 5]);
        assert_eq!(sizes(vec![SIZE, 1, SIZE - 1, 1, 2 * SIZE, 1]), [1, 2, 1, 1, 1]);
        assert_eq!(sizes(Vec::new()), [0; 0]);
    }

    #[test]
    fn every_entry_has_its_answer() {
        let failed = |id: &str, code: &str, sender_fault| {
            let entry = BatchResultErrorEntry::builder().id(id).code(code);
            entry.sender_fault(sender_fault).build().unwrap()
        };
        let answer = Answer::new(
            "doors",
            ["2".to_owned()].into_iter(),
            vec![failed("0", "InternalError", false), failed("3", "MessageNotInflight", true)],
        );
        let results = answer.or_visible().results(4);
        assert!(results[0].as_ref().is_err_and(QueueError::passes), "{results:?}");
        assert!(results[1].as_ref().is_err_and(QueueError::passes), "{results:?}");
        assert_eq!(results[2..], [Ok(()), Ok(())]);
    }
}
