//! Socket Mode: commands and presses come over a web socket that this program opens, so no address of its own is
//! needed.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::oneshot,
    time::timeout,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use super::{
    blocks::blocks,
    connection::Connection,
    envelope::{Envelope, Heard},
    escape::escape,
    objects::Opened,
};
use crate::integrations::{
    chat::{Answer, ChatError, ChatOptions, patience},
    http::{Call, Client, NoReply, secure},
    tls,
};

/// How many deliveries are remembered: the same one may come again.
const REMEMBERED: usize = 1_000;

/// Why listening has ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Listening {
    /// The line is to be opened again, at once.
    Again,
    /// Whoever asked for it has ended it.
    Ended,
}

/// Opens a line and listens until it ends. `hear` is told what is heard, after it was acknowledged;
/// `seen` are the deliveries of this line and of those before it.
///
/// # Errors
/// The line cannot be opened, or is dead.
pub fn listen(
    options: &ChatOptions,
    seen: &mut VecDeque<String>,
    mut end: oneshot::Receiver<()>,
    mut hear: impl FnMut(Heard),
) -> Result<Listening, ChatError> {
    let app = options.app_secret.clone().ok_or_else(|| {
        ChatError::Denied("no token of the app is configured, so no commands are heard".into())
    })?;
    let connection = Connection::new(ChatOptions { secret: app, ..options.clone() })?;
    let Opened { url } = connection.once("apps.connections.open", &[])?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| ChatError::Down(error.to_string()))?;
    runtime.block_on(async {
        let work = async {
            let opened = timeout(options.longest, open(&url)).await;
            let mut line = opened.map_err(|_| dead("the web socket is not opened"))??;
            follow(&mut line, options.silence, seen, &mut hear).await
        };
        tokio::select! {
            _ = &mut end => Ok(Listening::Ended),
            ended = work => ended,
        }
    })
}

/// Answers a command or a press, so that only who typed or pressed sees it.
///
/// # Errors
/// The chat does not answer, or refuses.
pub fn answer(options: &ChatOptions, answer_to: &str, it: &Answer) -> Result<(), ChatError> {
    let client = Client::new(options.longest);
    let client = client.map_err(|NoReply(why)| ChatError::Denied(why))?;
    secure::check(answer_to).map_err(ChatError::Denied)?;
    let mut body = json!({
        "response_type": "ephemeral", "text": escape(&it.text), "mrkdwn": false,
        "replace_original": it.instead,
    });
    if !it.buttons.is_empty() {
        body["blocks"] = blocks(&it.text, &it.buttons);
    }
    let call = Call {
        method: "POST",
        url: answer_to.to_owned(),
        headers: vec![("content-type", "application/json".to_owned())],
        body: body.to_string().into_bytes(),
    };
    let reply = patience::ask(&client, &call, options.pause)?;
    match reply.status {
        200..300 => Ok(()),
        status => Err(ChatError::Refused(format!("Slack refuses an answer with status {status}"))),
    }
}

/// Both kinds of lines.
trait Line: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}

type Socket = WebSocketStream<Box<dyn Line>>;

/// Opens the web socket; in the clear only to this machine.
async fn open(url: &str) -> Result<Socket, ChatError> {
    let as_http = url.replacen("ws", "http", 1);
    secure::check(&as_http).map_err(ChatError::Denied)?;
    let parsed = reqwest::Url::parse(&as_http).map_err(|error| dead(&error.to_string()))?;
    let host = parsed.host_str().unwrap_or_default().to_owned();
    let port = parsed.port_or_known_default().unwrap_or(443);
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let stream = TcpStream::connect((bare.as_str(), port)).await;
    let stream = stream.map_err(|error| dead(&error.to_string()))?;
    let line: Box<dyn Line> = if parsed.scheme() == "https" {
        let config = tls::client(None).map_err(ChatError::Denied)?;
        let name = ServerName::try_from(bare).map_err(|error| dead(&error.to_string()))?;
        let connector = TlsConnector::from(Arc::clone(&config));
        let line = connector.connect(name, stream).await;
        Box::new(line.map_err(|error| dead(&error.to_string()))?)
    } else {
        Box::new(stream)
    };
    let (socket, _) = client_async(url, line).await.map_err(|error| dead(&error.to_string()))?;
    Ok(socket)
}

/// Listens until the line is to be opened again.
async fn follow(
    line: &mut Socket,
    silence: Duration,
    seen: &mut VecDeque<String>,
    hear: &mut impl FnMut(Heard),
) -> Result<Listening, ChatError> {
    loop {
        let next = timeout(silence, line.next()).await;
        let message = match next.map_err(|_| dead("Slack gives no sign of life"))? {
            None | Some(Ok(Message::Close(_))) => return Ok(Listening::Again),
            Some(message) => message.map_err(|error| dead(&error.to_string()))?,
        };
        let Message::Text(text) = message else { continue };
        // What cannot be read is of a kind that we do not know.
        let Ok(envelope) = serde_json::from_str::<Envelope>(&text) else { continue };
        if envelope.kind == "disconnect" {
            return Ok(Listening::Again);
        }
        let heard = envelope.heard();
        // What is no delivery needs no acknowledgement.
        let Some(id) = envelope.envelope_id else {
            heard.into_iter().for_each(&mut *hear);
            continue;
        };
        let acknowledged = json!({ "envelope_id": id }).to_string();
        line.send(Message::text(acknowledged)).await.map_err(|error| dead(&error.to_string()))?;
        if seen.contains(&id) {
            continue;
        }
        seen.push_back(id);
        if seen.len() > REMEMBERED {
            seen.pop_front();
        }
        heard.into_iter().for_each(&mut *hear);
    }
}

fn dead(why: &str) -> ChatError {
    ChatError::Down(format!("Slack's line for commands: {why}"))
}
