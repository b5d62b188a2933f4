//! Stands in for Stripe on this machine: for demonstrations and tests. Nobody pays anything.
//!
//! It answers as Stripe's reference describes (docs.stripe.com/api, version 2025-03-31), as far as this
//! program asks, and fails in the ways in which Stripe fails, if it is told to.

mod answered;
mod asked;
mod books;
mod browser;
mod charges;
mod customers;
mod lists;
mod subscriptions;

use std::{
    collections::VecDeque,
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
};

use axum::body::{Body, to_bytes};
use hyper::{
    Request, Response, body::Incoming, header::CONTENT_TYPE, server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;

use answered::{Answered, failure};
use asked::Asked;
use books::Books;

/// The number of bytes of a request that are read.
const MOST_BYTES: usize = 256 * 1024;

/// How the next request fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Too many requests, with the number of seconds to wait if one is given; nothing happens.
    Busy(Option<u32>),
    /// An error of the service's own; nothing happens.
    Broken,
    /// What was asked for happens, and the connection ends before the answer.
    Lost,
    /// What was asked for happens, and there never is an answer.
    Silent,
    /// The list is empty, whatever there is.
    Empty,
    /// The last entry of the page that is answered is gone before the next one is asked for.
    Forgets,
}

/// The stand-in. Clones are the same one.
#[derive(Clone, Debug)]
pub struct StandIn {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    books: Books,
    faults: VecDeque<Option<Fault>>,
    requests: usize,
    watcher: Option<Sender<String>>,
}

impl StandIn {
    /// Begins with nothing at a moment; `secret` is the key that it accepts.
    #[must_use]
    pub fn new(secret: &str, now: Timestamp) -> Self {
        let books = Books::new(secret, now);
        let shared = Shared { books, faults: VecDeque::new(), requests: 0, watcher: None };
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

    /// Returns what tells of each request once it has had its effect: `POST /v1/customers`.
    #[must_use]
    pub fn watch(&self) -> Receiver<String> {
        let (sender, receiver) = mpsc::channel();
        self.lock().watcher = Some(sender);
        receiver
    }

    /// Lets time pass until a moment: subscriptions renew and are charged for, or end.
    pub fn advance(&self, to: Timestamp) {
        self.lock().books.advance(to);
    }

    /// Does on a page what a member would do there: says by what to pay, and agrees. Returns whether
    /// there is such a page.
    #[must_use]
    pub fn pay(&self, address: &str) -> bool {
        let session = address.rsplit('/').next().unwrap_or_default().to_owned();
        self.lock().books.complete(&session)
    }

    /// Returns all objects of a kind, oldest first: `customers`, `subscriptions`, `charges`.
    #[must_use]
    pub fn all(&self, kind: &str) -> Vec<Value> {
        self.lock().books.all(kind).to_vec()
    }

    /// Changes an object as somebody would do it by hand.
    pub fn by_hand(&self, kind: &str, id: &str, change: impl FnOnce(&mut Value)) {
        if let Some(object) = self.lock().books.object(kind, id) {
            change(object);
        }
    }

    /// Makes a customer as somebody would do it by hand, and returns its id.
    #[must_use]
    pub fn customer(&self, name: &str, email: &str) -> String {
        self.lock().books.customer_by_hand(name, email)
    }

    /// Charges an account as somebody would do it by hand.
    pub fn charge(&self, customer: &str, amount: i64, currency: &str) {
        self.lock().books.charge(customer, amount, currency);
    }

    /// Gives a charge back, or a part of it; returns whether that could be.
    #[must_use]
    pub fn refund(&self, charge: &str, amount: Option<i64>) -> bool {
        self.lock().books.refund(charge, amount).status == 200
    }

    /// Lets the owner of a card dispute a charge.
    pub fn dispute(&self, charge: &str) {
        self.lock().books.dispute(charge, "needs_response");
    }

    /// Decides a dispute for the space.
    pub fn win(&self, charge: &str) {
        self.lock().books.dispute(charge, "won");
    }

    /// Fails to charge an account.
    pub fn decline(&self, customer: &str, why: &str) {
        self.lock().books.decline(customer, why);
    }

    /// Adds an object as somebody would do it by hand.
    pub fn add_by_hand(&self, kind: &str, object: Value) {
        self.lock().books.add(kind, object);
    }

    /// Removes an object for good.
    pub fn remove(&self, kind: &str, id: &str) {
        self.lock().books.remove(kind, id);
    }

    /// Returns how many requests there were.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.lock().requests
    }

    /// Answers whoever connects, until the program ends.
    ///
    /// # Errors
    /// The system reported an error.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let own = listener.local_addr()?;
        self.lock().books.address = format!("http://{own}");
        loop {
            let (stream, _) = listener.accept().await?;
            let it = self.clone();
            let service = service_fn(move |request| {
                let it = it.clone();
                async move { it.answer(request).await }
            });
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A connection that breaks off concerns nobody but its other end.
            tokio::spawn(async { connection.await.ok() });
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(Body::new(body), MOST_BYTES).await.map_err(io::Error::other)?;
        let asked = Asked::new(&parts, &body);
        let (answered, fault) = {
            let mut shared = self.lock();
            shared.requests += 1;
            if !asked.path.starts_with("/v1/") {
                return Ok(browser::page(&mut shared.books, &asked));
            }
            let fault = shared.faults.pop_front().flatten();
            let answered = match fault {
                Some(Fault::Busy(_)) => failure(429, "rate_limit", "Too many requests"),
                Some(Fault::Broken) => failure(500, "api_error", "Something went wrong"),
                Some(Fault::Empty) => lists::empty(),
                Some(Fault::Lost | Fault::Silent | Fault::Forgets) | None => {
                    shared.books.answer(&asked)
                }
            };
            if fault == Some(Fault::Forgets)
                && let Some(last) = answered.object["data"].as_array().and_then(|it| it.last())
                && let Some(id) = last["id"].as_str()
            {
                shared.books.remove(asked.path.trim_start_matches("/v1/"), id);
            }
            if let Some(watcher) = &shared.watcher {
                // Whoever watched may have seen enough.
                let _ = watcher.send(format!("{} {}", asked.method, asked.path));
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

fn response(answered: Answered, wait: Option<u32>) -> Response<Body> {
    let mut response = Response::new(Body::from(answered.object.to_string()));
    let status = hyper::StatusCode::from_u16(answered.status);
    *response.status_mut() = status.unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("application/json"));
    if let Some(seconds) = wait {
        headers.insert(hyper::header::RETRY_AFTER, seconds.into());
    }
    response
}
