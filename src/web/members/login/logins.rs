//! The services that members may log in by, and the logins that are under way.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{brake::Brake, handshakes::Handshakes};
use crate::{
    config::{MembersConfig, ProviderConfig, ProviderConfigKind},
    domain::model::Slug,
    integrations::identity::{
        IdentityError, Provider, ProviderKind, ProviderOptions, StandIn, provider,
    },
};

/// The id and the secret of the client at the stand-in, which is on this machine.
const STAND_IN: (&str, &str) = ("space", "stand-in");

/// How members log in here.
#[derive(Default)]
pub(in crate::web) struct MemberLogins {
    config: MembersConfig,
    services: BTreeMap<Slug, Service>,
    handshakes: Mutex<Handshakes>,
    brake: Mutex<Brake>,
}

/// A service that says who somebody is.
pub(super) struct Service {
    /// What its button says.
    pub(super) title: String,
    /// How to ask it.
    pub(super) provider: Box<dyn Provider>,
}

impl MemberLogins {
    /// Takes what is configured. What cannot be used is returned in words, and left out.
    pub(in crate::web) async fn new(config: MembersConfig) -> (Self, Vec<String>) {
        let (mut services, mut troubles) = (BTreeMap::new(), Vec::new());
        for (name, it) in &config.providers {
            match make(it).await {
                Ok(provider) => {
                    let title = it.title.clone().unwrap_or_else(|| name.to_string());
                    services.insert(name.clone(), Service { title, provider });
                }
                Err(why) => troubles.push(format!("nobody can log in by {name}: {why}")),
            }
        }
        (Self { config, services, ..Self::default() }, troubles)
    }

    /// Returns whom to ask, if that is configured.
    pub(super) fn ask(&self) -> Option<String> {
        self.config.ask.clone()
    }

    pub(super) fn services(&self) -> impl Iterator<Item = (&Slug, &Service)> {
        self.services.iter()
    }

    pub(super) fn service(&self, name: &str) -> Option<(&Slug, &Service)> {
        self.services.iter().find(|(it, _)| it.as_str() == name)
    }

    pub(super) fn handshakes(&self) -> MutexGuard<'_, Handshakes> {
        self.handshakes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::web::members) fn brake(&self) -> MutexGuard<'_, Brake> {
        self.brake.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn make(config: &ProviderConfig) -> Result<Box<dyn Provider>, String> {
    let words = |error: IdentityError| error.to_string();
    if config.kind == ProviderConfigKind::StandIn {
        let people = config.people.iter().map(|(name, emails)| {
            (name.clone(), emails.iter().map(|it| (it.clone(), true)).collect())
        });
        let client = (STAND_IN.0.to_owned(), STAND_IN.1.to_owned());
        let url = serve(StandIn::new(client.clone(), people)).await.map_err(|it| it.to_string())?;
        let kind = ProviderKind::GitHub { pages: url.clone(), api: url };
        let (client_id, client_secret) = client;
        return provider(ProviderOptions { kind, client_id, client_secret }).map_err(words);
    }
    let client_secret = config.secret().map_err(|error| error.to_string())?;
    let kind = match (config.kind, &config.issuer) {
        (ProviderConfigKind::Openid, Some(issuer)) => {
            ProviderKind::OpenId { issuer: issuer.clone() }
        }
        _ => ProviderKind::github(),
    };
    let client_id = config.client_id.clone();
    provider(ProviderOptions { kind, client_id, client_secret }).map_err(words)
}

/// Serves a stand-in on this machine, and returns where.
async fn serve(stand_in: StandIn) -> std::io::Result<String> {
    let listener = tokio::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { stand_in.serve(listener).await });
    Ok(url)
}
