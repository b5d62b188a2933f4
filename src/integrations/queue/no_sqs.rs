//! Replaces the queues of SQS in a program that was built without them.

use std::time::Duration;

use jiff::Timestamp;

use super::{Incoming, Outgoing, Queue, QueueError, Receipt, SqsOptions};
use crate::left_out;

/// Queues that cannot be reached.
#[derive(Debug)]
pub struct Sqs;

impl Sqs {
    /// Refuses.
    ///
    /// # Errors
    /// Always: this program has no SQS.
    pub fn new(_: SqsOptions) -> Result<Self, QueueError> {
        Err(missing())
    }
}

fn missing() -> QueueError {
    QueueError::Broken(format!("{}; {}", left_out::without("SQS"), left_out::INSTALL))
}

impl Queue for Sqs {
    fn place(&self) -> String {
        "SQS".into()
    }

    fn batch(&self) -> usize {
        1
    }

    fn probe(&self) -> Result<(), QueueError> {
        Err(missing())
    }

    fn receive(&self, _: usize, _: Duration) -> Result<Vec<Incoming>, QueueError> {
        Err(missing())
    }

    fn delete(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        vec![Err(missing()); receipts.len()]
    }

    fn leave(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        vec![Err(missing()); receipts.len()]
    }

    fn send(&self, messages: &[Outgoing], _: Timestamp) -> Vec<Result<(), QueueError>> {
        vec![Err(missing()); messages.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_said() {
        let options = SqsOptions {
            incoming: String::new(),
            outgoing: String::new(),
            region: None,
            endpoint: None,
            access_key: None,
        };
        let why = Sqs::new(options).map(drop).unwrap_err();
        assert!(why.to_string().contains("--features full") && !why.passes(), "{why}");
        assert_eq!(Sqs.probe(), Err(why.clone()));
        assert_eq!(Sqs.receive(1, Duration::ZERO), Err(why));
    }
}
