//! `/verify`: may the holder of this token use this thing?

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Request, State},
};
use serde_json::json;

use super::{answer::Answer, controller, params::Params};
use crate::{
    app::AppError,
    domain::{
        access::{Side, attempt},
        model::{AccessResult, Activity, Code},
    },
    web::{Site, login::Peer},
};

/// Decides, journals the attempt, and answers.
pub(super) async fn verify(
    State(site): State<Arc<Site>>,
    peer: Option<Extension<Peer>>,
    request: Request,
) -> Answer {
    let headers = request.headers().clone();
    let params = Params::of(request).await;
    let peer = peer.map(|Extension(it)| it);
    let denied = |error: AppError| Answer(json!({ "access": 0, "error": error.message }));
    let in_force = match site.in_force() {
        Ok(in_force) => in_force,
        Err(error) => return denied(error),
    };
    let thing = controller::facility(&site, &in_force, peer, &headers, params.get("thing"));
    let (name, _) = match thing {
        Ok(thing) => thing,
        Err(error) => return denied(error),
    };
    let code = match params.get("token").map(Code::fob) {
        Some(Ok(code)) => code,
        Some(Err(why)) => return denied(AppError::user(why)),
        None => return denied(AppError::user("no token was given")),
    };
    let known = in_force.key.as_ref().map(|key| (&*in_force.index, code.hash(key)));
    let activity = attempt(known, name, Side::Entry, &code, site.now());
    let activity = Activity { reader: Some("controller".into()), ..activity };
    let (result, reason, member) = (activity.result, activity.reason, activity.member);
    site.record(activity).await;
    let person = member.and_then(|id| in_force.name_of(&site.store, id));
    let mut answer = json!({
        "access": u8::from(result == AccessResult::Granted),
        "person": { "name": person.as_deref().unwrap_or_default() },
    });
    if result != AccessResult::Granted {
        answer["error"] = reason.words().into();
    }
    Answer(answer)
}
