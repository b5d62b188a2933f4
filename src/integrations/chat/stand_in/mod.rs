//! Stands in for Slack on this machine: for demonstrations and tests. Nobody reads anything.
//!
//! It answers as Slack's reference describes (docs.slack.dev), as far as this program asks, and fails in
//! the ways in which Slack fails, if it is told to. It has Socket Mode, and it takes what webhooks of
//! other chats take, too.
//!
//! What was compared with the reference, method by method:
//!
//! - All lists: `limit` below 1,000 or `invalid_limit`, `cursor`, `next_cursor` that is empty at the end,
//!   `invalid_cursor`. A 429 has `Retry-After`; a refusal is a 200 with `ok: false` and a code.
//! - `users.list`: `deleted`, `is_bot`, `is_admin`, `is_owner`, `is_email_confirmed`, `profile`.
//! - `conversations.list`: `types`; a private channel is seen by who is in it. `conversations.members`.
//! - `conversations.join`: `is_archived`, `channel_not_found`, and for a private channel
//!   `method_not_supported_for_channel_type`.
//! - `conversations.invite`: `users` with commas, `already_in_channel`, `cant_invite_self`,
//!   `not_in_channel`, `user_not_found`; one of them keeps all out, without `force`. The reference allows
//!   1,000 at a time now; a hundred is what it always allowed.
//! - `conversations.kick`: `cant_kick_from_general`, `not_in_channel`. That it fails in an archived channel
//!   is not in its list of errors.
//! - `conversations.open`: `user_not_found`, `user_disabled`. `conversations.history`: `oldest` is not
//!   included, `include_all_metadata`, `not_in_channel`.
//! - `chat.postMessage`: `text` of a message with `blocks` is for notifications, `metadata`, `no_text`,
//!   `invalid_blocks`, `invalid_blocks_format`, `is_archived`, `not_in_channel`.
//! - `apps.connections.open` takes the token of the app. Envelopes have `envelope_id`, `payload` and
//!   `accepts_response_payload`, may come again, and are acknowledged by their id within three seconds;
//!   `hello` and `disconnect` have none. Signs of life are pings.
//! - `block_actions`: `user.id`, `actions[0].value`, `container.is_ephemeral`, `response_url`, which takes
//!   five answers; `replace_original` puts an answer in the place of what only one person saw.

mod answered;
mod asked;
mod books;
mod browser;
mod methods;
mod presses;
mod shared;
mod socket;
mod sockets;
mod webhooks;

use std::{
    collections::VecDeque,
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver},
    },
    time::Duration,
};

use axum::body::{Body, to_bytes};
use hyper::{
    Request, Response, body::Incoming, header::CONTENT_TYPE, server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub use self::shared::Fault;

use self::{asked::Asked, books::Books, shared::Shared};

/// The number of bytes of a request that are read.
const MOST_BYTES: usize = 256 * 1024;

/// How often a line gives a sign of life.
const SIGNS: Duration = Duration::from_secs(10);

/// The stand-in. Clones are the same one.
#[derive(Clone, Debug)]
pub struct StandIn {
    shared: Arc<Mutex<Shared>>,
}

impl StandIn {
    /// Begins with nobody at a moment; `secret` is the token that it accepts, and `app_secret` the one
    /// for commands.
    #[must_use]
    pub fn new(secret: &str, app_secret: &str, now: Timestamp) -> Self {
        let shared = Shared {
            books: Books::new(secret, app_secret, now),
            faults: VecDeque::new(),
            requests: Vec::new(),
            watcher: None,
            sockets: sockets::Sockets::default(),
            signs: Some(SIGNS),
            answered_signs: 0,
            acknowledged: Vec::new(),
        };
        Self { shared: Arc::new(Mutex::new(shared)) }
    }

    /// Lets the next requests fail, one after another, or not.
    pub fn fail(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.lock().faults.extend(faults);
    }

    /// Lets nothing fail any more.
    pub fn fail_no_more(&self) {
        self.lock().faults.clear();
    }

    /// Returns what tells of each request once it has had its effect: `chat.postMessage`.
    #[must_use]
    pub fn watch(&self) -> Receiver<String> {
        let (sender, receiver) = mpsc::channel();
        self.lock().watcher = Some(sender);
        receiver
    }

    /// Returns the methods that were asked for since the last time.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().requests)
    }

    /// Adds somebody to the workspace, with a confirmed address, and returns the id.
    #[must_use]
    pub fn person(&self, name: &str, email: Option<&str>) -> String {
        self.lock().books.person(name, email)
    }

    /// Changes an account as somebody would do it by hand: `is_admin`, `deleted`,
    /// `is_email_confirmed`.
    pub fn set(&self, account: &str, field: &str, value: Value) {
        self.lock().books.set(account, field, value);
    }

    /// Adds a channel, and returns the id.
    #[must_use]
    pub fn channel(&self, name: &str, private: bool) -> String {
        self.lock().books.channel(name, private)
    }

    /// Brings somebody into a channel, or out of it, as somebody would do it by hand.
    pub fn put(&self, channel: &str, account: &str, inside: bool) {
        self.lock().books.put(channel, account, inside);
    }

    /// Archives a channel.
    pub fn archive(&self, channel: &str) {
        self.lock().books.archive(channel);
    }

    /// Accepts the token no longer.
    pub fn revoke(&self) {
        self.lock().books.revoked = true;
    }

    /// Returns how many entries a page has at most; a test does not need a thousand of them.
    pub fn pages_of(&self, entries: usize) {
        self.lock().books.page = entries;
    }

    /// Returns who is in a channel, by name, without this program.
    #[must_use]
    pub fn inside(&self, channel: &str) -> Vec<String> {
        self.lock().books.inside(channel)
    }

    /// Returns the texts in a channel or, of somebody who is written to alone, by their id; as they
    /// were sent.
    #[must_use]
    pub fn texts(&self, channel: &str) -> Vec<String> {
        self.lock().books.texts(channel)
    }

    /// Lets somebody type a command; returns whether anybody listens.
    #[must_use]
    pub fn command(&self, account: &str, text: &str) -> bool {
        let mut shared = self.lock();
        let envelope = shared.books.command(account, text);
        shared.sockets.send(&envelope)
    }

    /// Lets somebody press a button that they see, by what it says; returns whether there is one, and
    /// anybody listens.
    #[must_use]
    pub fn press(&self, account: &str, label: &str) -> bool {
        let mut shared = self.lock();
        let envelope = shared.books.press(account, label);
        envelope.is_some_and(|it| shared.sockets.send(&it))
    }

    /// Lets them press the same button once more, before they see an answer.
    #[must_use]
    pub fn press_again(&self) -> bool {
        let mut shared = self.lock();
        let envelope = shared.books.press_again();
        shared.sockets.send(&envelope)
    }

    /// Delivers the last command or press once more, as Slack does if it believes that it was lost.
    #[must_use]
    pub fn deliver_again(&self) -> bool {
        let shared = self.lock();
        let envelope = shared.books.last_delivery.clone();
        shared.sockets.send(&envelope)
    }

    /// Returns how many deliveries were acknowledged.
    #[must_use]
    pub fn acknowledged(&self) -> usize {
        self.lock().acknowledged.len()
    }

    /// Lets lines that are opened from now on give signs of life so often, or never.
    pub fn sign_every(&self, pause: Option<Duration>) {
        self.lock().signs = pause;
    }

    /// Returns how many signs of life were answered.
    #[must_use]
    pub fn answered_signs(&self) -> usize {
        self.lock().answered_signs
    }

    /// Says where web sockets are opened, if not at the address of the stand-in.
    pub fn sockets_at(&self, url: &str) {
        self.lock().books.sockets = Some(url.to_owned());
    }

    /// Ends every line for commands, as Slack does every few hours.
    pub fn hang_up(&self) {
        self.lock().sockets.hang_up();
    }

    /// Returns what was answered to commands and presses: to whom, and what only they see or saw.
    #[must_use]
    pub fn answers(&self) -> Vec<(String, String)> {
        let shared = self.lock();
        let all = shared.books.answers.iter();
        all.map(|it| (it.whose.clone(), it.text.clone())).collect()
    }

    /// Answers whoever connects, until the program ends.
    ///
    /// # Errors
    /// The system reported an error.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let own = listener.local_addr()?;
        self.lock().books.address = own.to_string();
        loop {
            let (stream, _) = listener.accept().await?;
            let it = self.clone();
            let service = service_fn(move |request| {
                let it = it.clone();
                async move { it.answer(request).await }
            });
            let connection = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades();
            // A connection that breaks off concerns nobody but its other end.
            tokio::spawn(async { connection.await.ok() });
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        if request.uri().path().starts_with("/socket/") {
            return Ok(socket::open(request, Arc::clone(&self.shared)));
        }
        let (parts, body) = request.into_parts();
        let body = to_bytes(Body::new(body), MOST_BYTES).await.map_err(io::Error::other)?;
        let asked = Asked::new(&parts, &body);
        let (answered, fault) = {
            let mut shared = self.lock();
            if let Some(page) = browser::page(&mut shared, &asked) {
                return Ok(page);
            }
            let what = asked.what();
            shared.requests.push(what.clone());
            let fault = shared.faults.pop_front().flatten();
            let answered = match fault {
                Some(Fault::Busy(_)) => (429, json!({ "ok": false, "error": "ratelimited" })),
                Some(Fault::Broken) => (500, json!({ "ok": false, "error": "internal_error" })),
                Some(Fault::Empty) => (200, methods::empty(&asked)),
                Some(Fault::Lost | Fault::Silent | Fault::Forgets) | None => {
                    shared.books.answer(&asked)
                }
            };
            if fault == Some(Fault::Forgets) {
                shared.books.forget_cursors();
            }
            if let Some(watcher) = &shared.watcher {
                // Whoever watched may have seen enough.
                let _ = watcher.send(what);
            }
            (answered, fault)
        };
        match fault {
            Some(Fault::Lost) => Err(io::ErrorKind::ConnectionReset.into()),
            Some(Fault::Silent) => std::future::pending().await,
            Some(Fault::Busy(seconds)) => Ok(response(answered, seconds)),
            Some(Fault::Broken | Fault::Empty | Fault::Forgets) | None => {
                Ok(response(answered, None))
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn response((status, answer): (u16, Value), wait: Option<u32>) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.to_string()));
    let status = hyper::StatusCode::from_u16(status);
    *response.status_mut() = status.unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("application/json"));
    if let Some(seconds) = wait {
        headers.insert(hyper::header::RETRY_AFTER, seconds.into());
    }
    response
}
