//! A controller's request: the parameters, and the facility, if it is that one's controller that
//! asks.

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{FromRequest, Request},
    http::Method,
};

use super::params::Params;
use crate::{
    domain::model::{Facility, Slug},
    web::{Event, InForce, Site, login::Peer},
};

/// What the journal says where a controller asked.
pub(super) const READER: &str = "controller";

/// What a controller asks, of its own facility.
pub(super) struct Asked {
    /// The facility.
    pub(super) thing: Slug,
    /// The parameters.
    pub(super) params: Params,
    /// What is in force.
    pub(super) in_force: Arc<InForce>,
}

/// A request, or the reason why nothing can be asked, in words for whoever stands before the
/// controller.
pub(super) struct Question(pub(super) Result<Asked, String>);

impl FromRequest<Arc<Site>> for Question {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Self::Rejection> {
        let peer = request.extensions().get::<Peer>().copied();
        let from = peer.and_then(|it| it.asker(request.headers()));
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let params = Params::of(request).await;
        Ok(Self(Asked::new(site, from, (&method, &path), params)))
    }
}

impl Asked {
    fn new(
        site: &Site,
        from: Option<IpAddr>,
        (method, path): (&Method, &str),
        params: Params,
    ) -> Result<Self, String> {
        let in_force = site.in_force().map_err(|error| error.message)?;
        let thing = params.get("thing").ok_or("no thing was given")?;
        let known = in_force.facilities.iter().find(|(name, _)| name.as_str() == thing);
        let (name, facility) = known.ok_or("there is no such thing")?;
        let whence = || from.map_or_else(|| "a local program".to_owned(), |it| it.to_string());
        if !may_ask(facility, from) {
            site.tell(&Event::WrongController { facility: name.clone(), from: whence() });
            return Err("this is not the controller of that thing".into());
        }
        if let Some(number) = facility.controller_key {
            let key = in_force.key.as_ref().ok_or("the key of the space is not here")?;
            let key = key.for_controllers(name, number);
            let signed = site.signatures.check(&key, (method, path), &params, site.now());
            if let Err(why) = signed {
                let (facility, from) = (name.clone(), whence());
                site.tell(&Event::WrongSignature { facility, from, why });
                return Err(why.into());
            }
        }
        let thing = name.clone();
        Ok(Self { thing, params, in_force })
    }
}

/// Tells whether a facility's controller may ask from an address. One that signs need not have one.
fn may_ask(facility: &Facility, from: Option<IpAddr>) -> bool {
    match from {
        _ if facility.controllers.is_empty() => facility.controller_key.is_some(),
        Some(address) => facility.controllers.contains(&address),
        None => false,
    }
}
