//! Webhooks of payment processors: `POST /webhooks/<service>`.
//!
//! A webhook is a knock: once its signature is believed, the processor is asked what happened since the
//! last time, as `space service receive` does. So nothing depends on what it says, on the order in which
//! webhooks come, or on how often; and what was missed is found.

mod knocks;

use std::{str::FromStr as _, sync::Arc};

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};

use super::{Event, Site};
use crate::{
    app::{AppError, service},
    config::ServicesConfig,
    domain::model::Slug,
    integrations::processor::webhook,
    store::ErrorKind,
};
use knocks::Knocks;

/// The number of bytes of a webhook that are read: as many events as GoCardless sends at once fit.
const MOST_BYTES: usize = 1024 * 1024;

/// Returns what is served to processors.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/webhooks/{service}", post(hear))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(Extension(Arc::new(Knocks::default())))
}

/// Hears a webhook, and answers once what happened is recorded: a processor sends it again otherwise.
async fn hear(
    State(site): State<Arc<Site>>,
    Extension(knocks): Extension<Arc<Knocks>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = |status: u16, words: String| {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, words).into_response()
    };
    let none = || answer(404, "there is no such service".to_owned());
    let Ok(name) = Slug::from_str(&name) else { return none() };
    let config = match ServicesConfig::of_machine() {
        Ok(config) => Arc::new(config),
        Err(error) => {
            site.tell(&Event::Trouble { words: error.to_string() });
            return answer(500, "the services cannot be used".to_owned());
        }
    };
    let Some(processor) = config.processors.get(&name) else { return none() };
    let secret = match processor.webhook_secret() {
        Ok(Some(secret)) => secret,
        Ok(None) => return none(),
        Err(error) => {
            site.tell(&Event::Trouble { words: error.to_string() });
            return answer(500, "the services cannot be used".to_owned());
        }
    };
    let kind = service::kind(processor.kind);
    let signature = headers.get(kind.signature_header()).and_then(|it| it.to_str().ok());
    if let Err(why) = webhook::verify(kind, &secret, signature, &body, site.now()) {
        knocks.refused(&site, &name, &why.to_string());
        return answer(kind.forged_status(), format!("not believed: {why}"));
    }
    match knocks.knock(&site, &config, &name).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(AppError { kind: ErrorKind::Busy | ErrorKind::Internal, message, .. }) => {
            site.tell(&Event::Trouble { words: format!("{name}: {message}") });
            answer(503, "try again later".to_owned())
        }
        Err(error) => {
            site.tell(&Event::Trouble { words: format!("{name}: {}", error.message) });
            answer(500, "what happened could not be recorded".to_owned())
        }
    }
}
