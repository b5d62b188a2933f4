//! What webhooks set off: a service is asked what happened, once for all who knocked meanwhile.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Mutex as Turn;

use crate::{
    app::{
        AppError,
        service::{self, Follower, Refusals},
    },
    config::ServicesConfig,
    domain::model::Slug,
    web::{Event, Site},
};

/// The services that are knocked at.
#[derive(Default)]
pub(super) struct Knocks {
    doors: Mutex<BTreeMap<Slug, Arc<Door>>>,
}

#[derive(Default)]
struct Door {
    /// How often somebody knocked.
    knocks: Mutex<u64>,
    /// Whoever asks the service; the others wait.
    turn: Turn<Asked>,
    refused: Mutex<Refusals>,
}

/// What is kept from one time to the next.
#[derive(Default)]
struct Asked {
    /// How many knocks were heard before the service was asked last.
    heard: u64,
    /// A connection that is open, and the configuration that it was opened by.
    follower: Option<(Arc<ServicesConfig>, Follower)>,
}

impl Knocks {
    fn door(&self, name: &Slug) -> Arc<Door> {
        let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(doors.entry(name.clone()).or_default())
    }

    /// Records what happened at a service, and returns once that is durable.
    ///
    /// # Errors
    /// The service does not answer, somebody else is receiving, or nothing can be committed.
    pub(super) async fn knock(
        &self,
        site: &Arc<Site>,
        config: &Arc<ServicesConfig>,
        name: &Slug,
    ) -> Result<(), AppError> {
        let door = self.door(name);
        let own = count(&door);
        let mut turn = door.turn.lock().await;
        if turn.heard >= own {
            return Ok(()); // somebody asked after this one had knocked
        }
        let mut asked = std::mem::take(&mut *turn);
        let (heard, config, name) = (known(&door), Arc::clone(config), name.clone());
        let done = site.work(move |site| {
            let outcome = receive(site, &config, &name, &mut asked);
            match &outcome {
                Ok(()) => asked.heard = heard,
                Err(_) => asked.follower = None, // whatever was wrong, it is opened anew
            }
            Ok((outcome, asked))
        });
        let (outcome, asked) = done.await?;
        *turn = asked;
        outcome
    }

    /// Tells that a webhook was not believed; who sends many of them is told of as one.
    pub(super) fn refused(&self, site: &Site, name: &Slug, why: &str) {
        let door = self.door(name);
        let mut refused = door.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(words) = refused.add(name, why, site.now()) {
            site.tell(&Event::Trouble { words });
            if let Err(error) = refused.keep(&site.store, name) {
                site.tell(&Event::Trouble { words: error.to_string() });
            }
        }
    }
}

fn count(door: &Door) -> u64 {
    let mut knocks = door.knocks.lock().unwrap_or_else(PoisonError::into_inner);
    *knocks += 1;
    *knocks
}

fn known(door: &Door) -> u64 {
    *door.knocks.lock().unwrap_or_else(PoisonError::into_inner)
}

fn receive(
    site: &Site,
    config: &Arc<ServicesConfig>,
    name: &Slug,
    asked: &mut Asked,
) -> Result<(), AppError> {
    if asked.follower.as_ref().is_none_or(|(before, _)| before != config) {
        let head = site.store.read(site.store.head()?)?;
        let follower = service::open(config, Some(name.as_str()), &head)?;
        asked.follower = Some((Arc::clone(config), follower));
    }
    let Some((_, follower)) = &mut asked.follower else {
        return Err(AppError::internal("there is no connection"));
    };
    let receipt = service::receive(&site.store, follower, None, site.now())?;
    for words in receipt.held {
        site.tell(&Event::Trouble { words: format!("{name}: {words}") });
    }
    Ok(())
}
