//! Tells pages that are open that something has happened (server-sent events), so that their script
//! shows them anew.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::stream;
use crate::web::{Site, assets};

/// The least time between two hints, so that a busy door does not keep every browser busy.
const REST: Duration = Duration::from_millis(250);

/// How often a page is hinted at whose content changes without anybody saying so.
const OFTEN: Duration = Duration::from_secs(3);

/// How often something is sent in any case, so that neither end takes the other for gone.
const ALIVE: Duration = Duration::from_secs(15);

/// The script of a page with live parts: elements with an `id` and `data-live`.
pub(super) fn script() -> Markup {
    html! { script src=(assets::LIVE.url) defer {} }
}

/// Sends a hint whenever something may have changed; with the query `often`, also every few seconds.
pub(super) async fn events(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let often = query.as_deref() == Some("often");
    let (pieces, body) = stream::body();
    let mut changes = site.changes();
    tokio::spawn(async move {
        let mut tick = interval(if often { OFTEN } else { ALIVE });
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tick.tick().await; // the first one comes at once
        // The browser comes again after so many milliseconds, if it loses the connection.
        let mut more = pieces.send("retry: 3000\n\n").await;
        while more {
            let hint = tokio::select! {
                () = pieces.gone() => break,
                changed = changes.changed() => changed.is_ok(),
                _ = tick.tick() => often,
            };
            more = pieces.send(if hint { "data: change\n\n" } else { ":\n\n" }).await;
            sleep(REST).await;
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // A proxy would wait for more.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, body).into_response()
}
