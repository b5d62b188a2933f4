//! Messages that were received together, each once.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::{
    config::BridgeConfig,
    domain::messages::Message,
    integrations::queue::{Incoming, Receipt},
};

/// What was received at once.
#[derive(Debug, Default)]
pub(super) struct ReceivedBatch {
    /// Those that may be for us, in the order in which they were sent.
    pub(super) messages: Vec<Message>,
    /// Those that are of another group.
    pub(super) others: Vec<String>,
    /// Those that are not text, and why.
    pub(super) broken: Vec<(String, String)>,
    /// What deletes or leaves each message; one that was delivered twice has several.
    receipts: HashMap<String, Vec<Receipt>>,
}

impl ReceivedBatch {
    /// Sorts what was received.
    pub(super) fn new(received: Vec<Incoming>, config: &BridgeConfig, now: Timestamp) -> Self {
        let mut all = Self::default();
        for it in received {
            let receipts = all.receipts.entry(it.id.clone()).or_default();
            receipts.push(it.receipt.clone());
            if receipts.len() > 1 {
                continue;
            }
            if !config.is_ours(it.group.as_deref()) {
                all.others.push(it.id);
                continue;
            }
            match it.text() {
                Ok(text) => all.messages.push(Message {
                    text: text.to_owned(),
                    sent: it.sent.unwrap_or(now),
                    id: it.id,
                }),
                Err(why) => all.broken.push((it.id, why)),
            }
        }
        all.messages.sort_by_key(|it| it.sent);
        all
    }

    /// Returns what deletes or leaves a message.
    pub(super) fn receipts(&self, id: &str) -> &[Receipt] {
        self.receipts.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns the number of messages.
    pub(super) fn len(&self) -> usize {
        self.receipts.len()
    }
}
