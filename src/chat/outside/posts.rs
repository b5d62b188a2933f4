//! Posts: one thread for each chat, so that none waits for another.

use std::{
    collections::BTreeMap,
    sync::mpsc::{Sender, channel},
};

use super::Inbox;
use crate::service::start_thread as thread;
use crate::{
    app::{AppError, chat},
    chat::{Input, Job},
    config::ServicesConfig,
    domain::model::Slug,
    integrations::chat::{ChatError, poster},
};

/// Where posts go.
pub(in crate::chat) struct Posts(BTreeMap<Slug, Sender<Job>>);

impl Posts {
    /// Starts a thread for each chat.
    ///
    /// # Errors
    /// A token cannot be read, or an address cannot be used.
    pub(in crate::chat) fn start(inbox: &Inbox, config: &ServicesConfig) -> Result<Self, AppError> {
        let mut senders = BTreeMap::new();
        for (name, it) in &config.chats {
            let mut poster = poster(chat::options(it)?).map_err(chat::trouble)?;
            let (sender, jobs) = channel::<Job>();
            let inbox = inbox.clone();
            let started = thread(&format!("posts {name}"), move || {
                for job in jobs {
                    let key = job.outgoing.key.clone();
                    let input = match job.look_since {
                        None => Input::Posted(key, poster.post(&job.outgoing)),
                        Some(since) => Input::Arrived(key, poster.arrived(&job.outgoing, since)),
                    };
                    if !inbox.tell(input) {
                        return;
                    }
                }
            });
            started.map_err(|error| AppError::internal(error.to_string()))?;
            senders.insert(name.clone(), sender);
        }
        Ok(Self(senders))
    }

    /// Hands over a post.
    pub(in crate::chat) fn send(&self, job: Job) {
        if let Some(sender) = self.0.get(&job.chat) {
            let _ = sender.send(job); // at the end, nobody posts any more
        }
    }
}

/// Says that a post was not even tried, since it could not be remembered.
pub(in crate::chat) fn untried(job: Job) -> Input {
    let key = job.outgoing.key;
    match job.look_since {
        None => Input::Posted(key, Err(ChatError::Busy { seconds: 10 })),
        Some(_) => {
            let words = "what is on its way cannot be remembered".to_owned();
            Input::Arrived(key, Err(ChatError::Down(words)))
        }
    }
}
