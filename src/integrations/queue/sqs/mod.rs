//! Exchanges messages through queues of AWS SQS, standard or FIFO.
//!
//! Requests are made by AWS's own library, which is asynchronous; a runtime of our own waits for it.
//! Nothing here may be called from within another runtime.
//! Times and limits are from the SQS API reference.

mod askew;
mod batch;
mod connection;
mod failure;
mod request;
mod url;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::runtime::Runtime;

use self::{
    batch::{ABREAST, AT_ONCE, Answer, Batches},
    connection::{Connection, End, Ends, LONGEST_WAIT},
};
use super::{Incoming, Outgoing, Queue, QueueError, Receipt, SqsOptions};

/// Queues of SQS.
#[derive(Debug)]
pub struct Sqs {
    runtime: Runtime,
    connection: Connection,
}

impl Sqs {
    /// Takes the queues, which are first contacted when they are used.
    ///
    /// # Errors
    /// The system has no resources left.
    pub fn new(options: SqsOptions) -> Result<Self, QueueError> {
        // No thread of its own: whoever calls does the work.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| QueueError::Later(format!("SQS: {error}")))?;
        Ok(Self { runtime, connection: Connection::new(options) })
    }

    /// Makes requests about one of the queues for all items, and returns the result of each.
    fn each<T, F>(
        &self,
        items: impl Iterator<Item = (T, usize)>,
        end: impl Fn(&Ends) -> &End,
        request: impl Fn(End, Vec<T>) -> F + Copy + Send + Sync + 'static,
    ) -> Vec<Result<(), QueueError>>
    where
        T: Clone + Send + 'static,
        F: Future<Output = Result<Answer, QueueError>> + Send + 'static,
    {
        let batches = Batches::new(items);
        self.runtime.block_on(async {
            let ends = match self.connection.ends().await {
                Ok(ends) => ends,
                Err(error) => return vec![Err(error); batches.items()],
            };
            let results = batches.each(end(&ends), request).await;
            self.connection.learn(results.iter().filter_map(|it| it.as_ref().err())).await;
            results
        })
    }

    /// Waits for a request about the queues as such.
    fn whole<T>(
        &self,
        request: impl AsyncFnOnce(&Ends) -> Result<T, QueueError>,
    ) -> Result<T, QueueError> {
        self.runtime.block_on(async {
            let result = request(&*self.connection.ends().await?).await;
            self.connection.learn(result.as_ref().err().into_iter()).await;
            result
        })
    }
}

impl Queue for Sqs {
    fn place(&self) -> String {
        let (incoming, outgoing) = self.connection.names();
        match incoming == outgoing {
            true => format!("SQS queue {incoming}"),
            false => format!("SQS queues {incoming} and {outgoing}"),
        }
    }

    fn batch(&self) -> usize {
        AT_ONCE * ABREAST
    }

    fn probe(&self) -> Result<(), QueueError> {
        self.whole(async |ends| {
            request::probe(&ends.incoming).await?;
            request::probe(&ends.outgoing).await
        })
    }

    fn receive(&self, most: usize, wait: Duration) -> Result<Vec<Incoming>, QueueError> {
        let began = Instant::now();
        self.whole(async |ends| {
            let mut found = Vec::new();
            while found.len() < most {
                // Once there is something, only what is there already is added to it.
                let left = match found.is_empty() {
                    true => wait.saturating_sub(began.elapsed()),
                    false => Duration::ZERO,
                };
                let (room, patience) = (most - found.len(), left.min(LONGEST_WAIT));
                match request::receive(&ends.incoming, room, patience).await {
                    Ok(more) if more.is_empty() && (!found.is_empty() || left <= LONGEST_WAIT) => {
                        break;
                    }
                    Ok(more) => found.extend(more),
                    // What was received so far must not be lost sight of.
                    Err(_) if !found.is_empty() => break,
                    Err(error) => return Err(error),
                }
            }
            Ok(found)
        })
    }

    fn delete(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        let receipts = receipts.iter().map(|it| (it.clone(), 0));
        self.each(receipts, |ends| &ends.incoming, request::delete)
    }

    fn leave(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        let receipts = receipts.iter().map(|it| (it.clone(), 0));
        self.each(receipts, |ends| &ends.incoming, request::leave)
    }

    fn send(&self, messages: &[Outgoing], _: Timestamp) -> Vec<Result<(), QueueError>> {
        let check = |it: &Outgoing| it.check().map_err(QueueError::Refused);
        let mut results: Vec<_> = messages.iter().map(check).collect();
        let good = messages.iter().zip(&results).filter(|(_, result)| result.is_ok());
        let good = good.map(|(message, _)| (message.clone(), message.body.len()));
        let sent = self.each(good, |ends| &ends.outgoing, request::send);
        let places = results.iter_mut().filter(|result| result.is_ok());
        places.zip(sent).for_each(|(place, result)| *place = result);
        results
    }
}
