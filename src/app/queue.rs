//! What messages go through, by the configuration of this machine.

use std::sync::Arc;

use crate::{
    app::AppError,
    config::{BridgeConfig, QueueConfig, SqsQueues},
    integrations::queue::{Folder, FolderOptions, Memory, Queue, Sqs, SqsOptions},
    store::Store,
};

/// Opens the queues.
///
/// # Errors
/// Fails if this program was built without such queues, or if their settings cannot be used.
pub fn open(config: &BridgeConfig, store: &Store) -> Result<Arc<dyn Queue>, AppError> {
    Ok(match &config.queue {
        QueueConfig::Folder(folders) => {
            let messages = store.dir().join("messages");
            let incoming = folders.incoming.clone().unwrap_or_else(|| messages.join("in"));
            let outgoing = folders.outgoing.clone().unwrap_or_else(|| messages.join("out"));
            Arc::new(Folder::new(FolderOptions::new(incoming, outgoing)))
        }
        QueueConfig::Sqs(queues) => Arc::new(sqs(queues)?),
        QueueConfig::Memory {} => Arc::new(Memory::pair().0),
    })
}

fn sqs(queues: &SqsQueues) -> Result<Sqs, AppError> {
    let SqsQueues { incoming, outgoing, region, endpoint } = queues.clone();
    let options = SqsOptions { incoming, outgoing, region, endpoint, access_key: None };
    Sqs::new(options).map_err(|error| AppError::internal(error.to_string()))
}
