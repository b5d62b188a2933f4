//! Socket Mode: whoever opens a web socket hears what people type.

use axum::body::Body;
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE},
};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, handshake::derive_accept_key, protocol::Role},
};

/// Opens a line.
pub(super) fn open(
    mut request: Request<Incoming>,
    keep: impl FnOnce(UnboundedSender<String>),
) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let Some(key) = request.headers().get(SEC_WEBSOCKET_KEY) else {
        *response.status_mut() = StatusCode::BAD_REQUEST;
        return response;
    };
    let accept = derive_accept_key(key.as_bytes());
    let (sender, receiver) = unbounded_channel();
    keep(sender);
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrade.await {
            let line = TokioIo::new(upgraded);
            talk(WebSocketStream::from_raw_socket(line, Role::Server, None).await, receiver).await;
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
async fn talk<S>(mut line: WebSocketStream<S>, mut typed: UnboundedReceiver<String>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let hello = json!({
        "type": "hello", "num_connections": 1, "debug_info": { "host": "stand-in" },
        "connection_info": { "app_id": "A0SPACE" },
    });
    if line.send(Message::text(hello.to_string())).await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            next = typed.recv() => {
                let Some(text) = next else { return };
                let ends = text.contains("\"disconnect\"");
                if line.send(Message::text(text)).await.is_err() || ends {
                    return;
                }
            }
            heard = line.next() => match heard {
                Some(Ok(_)) => {} // that it has arrived
                _ => return,
            },
        }
    }
}
