//! Exchanges messages through queues of AWS SQS, standard or FIFO.
//!
//! Requests are made by AWS's own library, which is asynchronous; a runtime of our own waits for it.
//! Times and limits are from the SQS API reference.

mod askew;
mod batch;
mod connection;
mod failure;
mod request;
mod url;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::runtime::Runtime;

use self::{
    batch::{AT_ONCE, Batches},
    connection::{Connection, End},
};
use super::{Incoming, Outgoing, Queue, QueueError, Receipt, SqsOptions};

/// How long SQS waits for a message at most.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// How many batches are under way at the same time, where their order does not matter.
const ABREAST: usize = 8;

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

    /// Returns the queue that messages come in through.
    async fn incoming(&self) -> Result<&End, QueueError> {
        Ok(&self.connection.ends().await?.0)
    }

    /// Returns the queue that messages go out through.
    async fn outgoing(&self) -> Result<&End, QueueError> {
        Ok(&self.connection.ends().await?.1)
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
        self.runtime.block_on(async {
            let (incoming, outgoing) = self.connection.ends().await?;
            request::probe(incoming).await?;
            request::probe(outgoing).await
        })
    }

    fn receive(&self, most: usize, wait: Duration) -> Result<Vec<Incoming>, QueueError> {
        let began = Instant::now();
        self.runtime.block_on(async {
            let end = self.incoming().await?;
            let mut found = Vec::new();
            while found.len() < most {
                // Once there is something, only what is there already is added to it.
                let left = match found.is_empty() {
                    true => wait.saturating_sub(began.elapsed()),
                    false => Duration::ZERO,
                };
                match request::receive(end, most - found.len(), left.min(LONGEST_WAIT)).await {
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
        let batches = Batches::new(receipts.iter().map(|it| (it.clone(), 0)));
        self.runtime
            .block_on(async { batches.each(ABREAST, self.incoming().await, request::delete).await })
    }

    fn leave(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        let batches = Batches::new(receipts.iter().map(|it| (it.clone(), 0)));
        self.runtime
            .block_on(async { batches.each(ABREAST, self.incoming().await, request::leave).await })
    }

    fn send(&self, messages: &[Outgoing], _: Timestamp) -> Vec<Result<(), QueueError>> {
        let check = |it: &Outgoing| it.check().map_err(QueueError::Refused);
        let mut results: Vec<_> = messages.iter().map(check).collect();
        let good = messages.iter().zip(&results).filter(|(_, result)| result.is_ok());
        let batches = Batches::new(good.map(|(message, _)| (message.clone(), message.body.len())));
        let sent = self.runtime.block_on(async {
            let end = self.outgoing().await;
            let in_order = end.as_ref().is_ok_and(|end| end.is_fifo());
            batches.each(if in_order { 1 } else { ABREAST }, end, request::send).await
        });
        let places = results.iter_mut().filter(|result| result.is_ok());
        places.zip(sent).for_each(|(place, result)| *place = result);
        results
    }
}
