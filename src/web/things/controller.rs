//! Which controller asks: the one whose address the facility's record names.

use axum::http::HeaderMap;

use crate::{
    app::AppError,
    domain::model::{Facility, Slug},
    web::{Event, InForce, Site, login::Peer},
};

/// Returns the facility that a controller asks for.
///
/// # Errors
/// There is no such facility, or it is not its controller that asks; that is logged.
pub(super) fn facility<'f>(
    site: &Site,
    in_force: &'f InForce,
    peer: Option<Peer>,
    headers: &HeaderMap,
    thing: Option<&str>,
) -> Result<(&'f Slug, &'f Facility), AppError> {
    let thing = thing.ok_or_else(|| AppError::user("no thing was given"))?;
    let known = in_force.facilities.iter().find(|(name, _)| name.as_str() == thing);
    let Some((name, facility)) = known else {
        return Err(AppError::user("there is no such thing"));
    };
    let from = peer.and_then(|it| it.asker(headers));
    if from.is_some_and(|it| facility.controllers.contains(&it)) {
        return Ok((name, facility));
    }
    let from = from.map_or_else(|| "a local program".to_owned(), |it| it.to_string());
    site.tell(&Event::WrongController { facility: name.clone(), from });
    Err(AppError::user("this is not the controller of that thing"))
}
