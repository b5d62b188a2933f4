//! "I lost my fob": what it opens ends at once.

use axum::response::{IntoResponse as _, Redirect, Response};

use crate::{
    domain::{model::Tag, ops},
    web::{fields::Fields, members::session::Visit},
};

/// Ends what a fob or passcode of whoever is logged in opens. One that is gone or has ended already
/// changes nothing: pressing twice is no mistake.
pub(super) async fn lost(visit: Visit, fields: Fields) -> Response {
    let tag = fields.text("tag").parse::<Tag>();
    let done = visit.own(move |own| {
        let Ok(tag) = tag else { return Ok(()) };
        match ops::credential::lose(&own.head, own.id, &tag, own.now) {
            Ok(plan) => own.carry_out(&plan),
            Err(_) => Ok(()),
        }
    });
    match done.await {
        Ok(()) => Redirect::to("/profile").into_response(),
        Err(instead) => instead,
    }
}
