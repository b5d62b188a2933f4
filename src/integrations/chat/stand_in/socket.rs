//! Socket Mode: whoever opens a web socket hears what people type and press.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE},
};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, handshake::derive_accept_key, protocol::Role},
};

use super::shared::Shared;

/// Opens a line.
pub(super) fn open(mut request: Request<Incoming>, shared: Arc<Mutex<Shared>>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let Some(key) = request.headers().get(SEC_WEBSOCKET_KEY) else {
        *response.status_mut() = StatusCode::BAD_REQUEST;
        return response;
    };
    let accept = derive_accept_key(key.as_bytes());
    let (sender, receiver) = unbounded_channel();
    lock(&shared).sockets.add(sender);
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrade.await {
            let line = TokioIo::new(upgraded);
            let line = WebSocketStream::from_raw_socket(line, Role::Server, None).await;
            talk(line, receiver, &shared).await;
        }
    });
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(CONNECTION, hyper::header::HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, hyper::header::HeaderValue::from_static("websocket"));
    if let Ok(accept) = accept.parse() {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    response
}

/// Sends what people type, until the line ends.
async fn talk<S>(
    mut line: WebSocketStream<S>,
    mut typed: UnboundedReceiver<String>,
    shared: &Mutex<Shared>,
) where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let hello = json!({
        "type": "hello", "num_connections": 1, "debug_info": { "host": "stand-in" },
        "connection_info": { "app_id": "A0SPACE" },
    });
    if line.send(Message::text(hello.to_string())).await.is_err() {
        return;
    }
    let signs = lock(shared).signs;
    loop {
        let sign = async {
            match signs {
                Some(pause) => tokio::time::sleep(pause).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = sign => {
                if line.send(Message::Ping("sign".into())).await.is_err() {
                    return;
                }
            }
            next = typed.recv() => {
                let Some(text) = next else { return };
                let ends = text.contains("\"disconnect\"");
                if line.send(Message::text(text)).await.is_err() || ends {
                    return;
                }
            }
            heard = line.next() => match heard {
                Some(Ok(Message::Text(text))) => lock(shared).take(&text),
                Some(Ok(Message::Pong(_))) => lock(shared).answered_signs += 1,
                Some(Ok(_)) => {}
                _ => return,
            },
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
