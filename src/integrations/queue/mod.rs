//! Exchanges messages with a membership system: through AWS SQS, a folder, or memory.
//!
//! Every queue delivers at least once, and not always in order.

mod bell;
mod error;
mod flight;
mod folder;
mod memory;
mod message;
#[cfg(any(test, not(feature = "sqs")))]
pub mod no_sqs;
#[cfg(feature = "sqs")]
mod sqs;
mod sqs_options;

use std::time::Duration;

use jiff::Timestamp;

pub use self::{
    error::QueueError,
    folder::{Folder, FolderOptions},
    memory::Memory,
    message::{Incoming, LARGEST, Outgoing, Receipt},
    sqs_options::SqsOptions,
};

#[cfg(not(feature = "sqs"))]
pub use self::no_sqs::Sqs;
#[cfg(feature = "sqs")]
pub use self::sqs::Sqs;

/// Two directions of messages: those that come in are received and then deleted or left, and those
/// that go out are sent. Both directions may use the same queue on the other side; then the groups of
/// the messages tell them apart.
///
/// Any number of threads may use it at once, and each call blocks until it is done.
pub trait Queue: Send + Sync {
    /// Returns where the messages come from and go to, in words.
    fn place(&self) -> String;

    /// Returns how many messages are best received, deleted or sent in one call. More are allowed,
    /// but take more than one exchange with the other side.
    fn batch(&self) -> usize;

    /// Tests whether messages could be received and sent now, without doing either.
    ///
    /// # Errors
    /// Why they could not.
    fn probe(&self) -> Result<(), QueueError>;

    /// Returns up to `most` messages, the oldest first as far as the queue has an order. If there
    /// are none, it waits for the first one, but not longer than `wait`; then it returns none.
    ///
    /// Nobody else receives these messages until they are left, or until the queue's own patience
    /// with us is over, usually after half a minute. To find what is behind messages for others,
    /// receive again before leaving them. In a FIFO queue, that finds no more of the same group: its
    /// next messages are kept back as long as some are hidden.
    ///
    /// # Errors
    /// Why nothing could be received.
    fn receive(&self, most: usize, wait: Duration) -> Result<Vec<Incoming>, QueueError>;

    /// Deletes messages for ever. The results have the order of the receipts. A message that was
    /// not deleted is received again.
    fn delete(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>>;

    /// Leaves messages to others, who can receive them at once. So can we: whoever receives again
    /// without a pause gets the same messages in a circle. The results have the order of the
    /// receipts. A message that could not be left is there again when the queue's patience is over.
    fn leave(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>>;

    /// Sends messages; `at` is the time of sending. The results have the order of the messages. Each
    /// message with `Ok` is safely in the hands of the other side. One without may be there too: it
    /// is sent again with the same id.
    fn send(&self, messages: &[Outgoing], at: Timestamp) -> Vec<Result<(), QueueError>>;
}
