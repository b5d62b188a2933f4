//! Stands in for a payment processor on this machine: for demonstrations and tests. Nobody pays anything.
//!
//! It answers as the processor's reference describes, as far as this program asks, and fails in the ways
//! in which processors fail, if it is told to.

mod answered;
mod asked;
mod books;
mod company;
mod gocardless;
mod sender;
mod stripe;

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
    Request, Response,
    body::Incoming,
    header::{CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;

use super::{ProcessorKind, webhook};
use answered::Answered;
use asked::Asked;
use books::Books;
use company::Company;

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
    /// Once it is answered, somebody else becomes a customer there and pays: lists grow while they are read.
    Grows,
}

/// The stand-in. Clones are the same one.
#[derive(Clone, Debug)]
pub struct StandIn {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    company: &'static dyn Company,
    books: Books,
    faults: VecDeque<Option<Fault>>,
    requests: usize,
    watcher: Option<Sender<String>>,
    kind: ProcessorKind,
    /// How many events were told by webhooks.
    told: usize,
    webhooks: Option<sender::Target>,
}

impl StandIn {
    /// Begins with nothing at a moment; `secret` is the key that it accepts.
    #[must_use]
    pub fn new(kind: ProcessorKind, secret: &str, now: Timestamp) -> Self {
        let company: &dyn Company = match kind {
            ProcessorKind::Stripe => &stripe::Stripe,
            ProcessorKind::GoCardless => &gocardless::GoCardless,
        };
        let books = Books::new(secret, now);
        let shared = Shared {
            company,
            books,
            faults: VecDeque::new(),
            requests: 0,
            watcher: None,
            kind,
            told: 0,
            webhooks: None,
        };
        Self { shared: Arc::new(Mutex::new(shared)) }
    }

    /// Lets the next requests fail, one after another, or not.
    pub fn fail(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.lock().faults.extend(faults);
    }

    /// Lets pages have that many entries at most, whatever is asked for.
    pub fn page_size(&self, most: usize) {
        self.lock().books.page = Some(most);
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

    /// Returns the name of the company.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.lock().company.name()
    }

    /// Sends webhooks, which `secret` signs, to an address of this machine from now on.
    ///
    /// # Errors
    /// It is no such address.
    pub fn send_webhooks(&self, url: &str, secret: &str) -> Result<(), String> {
        self.lock().webhooks = Some(sender::Target::new(url, secret)?);
        Ok(())
    }

    /// Returns the webhooks about what happened since the last time: each body, and the value of the
    /// header with its signature by a clock.
    #[must_use]
    pub fn webhooks(&self, secret: &str, now: Timestamp) -> Vec<(String, String)> {
        let mut shared = self.lock();
        let Shared { company, books, kind, told, .. } = &mut *shared;
        let events = books.all("events");
        let bodies = company.webhooks(events.get(*told..).unwrap_or_default());
        *told = events.len();
        let signed = |body: Value| {
            let body = body.to_string();
            let signature = webhook::sign(*kind, secret, body.as_bytes(), now);
            (body, signature)
        };
        bodies.into_iter().map(signed).collect()
    }

    /// Sends the webhooks that are due; whoever does not take them asks later.
    pub async fn tell(&self) {
        let (target, kind, now) = {
            let shared = self.lock();
            (shared.webhooks.clone(), shared.kind, shared.books.now)
        };
        let Some(target) = target else { return };
        for (body, signature) in self.webhooks(&target.secret, now) {
            target.send(kind.signature_header(), &signature, &body).await;
        }
    }

    /// Lets time pass until a moment: subscriptions renew and are charged for, or end.
    pub fn advance(&self, to: Timestamp) {
        self.act(|company, books| company.advance(books, to));
    }

    /// Does on a page what a member would do there: says by what to pay, and agrees. Returns whether
    /// there is such a page.
    #[must_use]
    pub fn pay(&self, address: &str) -> bool {
        self.act(|company, books| company.pay(books, address))
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
        self.act(|company, books| company.customer(books, name, email))
    }

    /// Takes money from an account as somebody would do it by hand. It arrives at once.
    pub fn charge(&self, customer: &str, amount: i64, currency: &str) {
        self.act(|company, books| company.charge(books, customer, amount, currency));
    }

    /// Gives a payment back, or a part of it; returns whether that could be.
    #[must_use]
    pub fn refund(&self, payment: &str, amount: Option<i64>) -> bool {
        self.act(|company, books| company.refund(books, payment, amount))
    }

    /// Lets the payer take a payment back.
    pub fn dispute(&self, payment: &str) {
        self.act(|company, books| company.dispute(books, payment));
    }

    /// Decides for the space what the payer took back.
    pub fn win(&self, payment: &str) {
        self.act(|company, books| company.win(books, payment));
    }

    /// Pays out what has arrived and was not paid out yet; returns the amount, if there is any.
    #[must_use]
    pub fn pay_out(&self) -> Option<i64> {
        self.act(|company, books| company.pay_out(books))
    }

    /// Lets the bank send the last payout back; returns whether that is told, and there was one.
    #[must_use]
    pub fn bounce(&self, why: &str) -> bool {
        self.act(|company, books| company.bounce(books, why))
    }

    /// Lets a bank say that there was no money for a payment that had arrived; returns whether that
    /// happens there.
    pub fn fail_late(&self, payment: &str) -> bool {
        self.act(|company, books| company.fail_late(books, payment))
    }

    /// Fails to take money from an account.
    pub fn decline(&self, customer: &str, why: &str) {
        self.act(|company, books| company.decline(books, customer, why));
    }

    /// Returns the payments, oldest first.
    #[must_use]
    pub fn payments(&self) -> Vec<Value> {
        self.act(|company, books| books.all(company.payments()).to_vec())
    }

    /// Returns what was taken from which account or is on its way, oldest first.
    #[must_use]
    pub fn taken(&self) -> Vec<(String, i64)> {
        self.act(|company, books| company.taken(books))
    }

    /// Returns what is taken from which account each month, as far as that goes on.
    #[must_use]
    pub fn going_on(&self) -> Vec<(String, i64)> {
        self.act(|company, books| company.going_on(books))
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
        let answered = self.clone().answer_one(request).await;
        let it = self.clone();
        tokio::spawn(async move { it.tell().await });
        answered
    }

    async fn answer_one(self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(Body::new(body), MOST_BYTES).await.map_err(io::Error::other)?;
        let asked = Asked::new(&parts, &body);
        let (answered, fault, wait) = {
            let mut shared = self.lock();
            shared.requests += 1;
            let Shared { company, books, faults, watcher, .. } = &mut *shared;
            if !company.is_for_programs(&asked.path) {
                return Ok(company.page(books, &asked));
            }
            let fault = faults.pop_front().flatten();
            let answered = match fault {
                Some(Fault::Busy(_)) => company.failure(429, "rate_limit", "Too many requests"),
                Some(Fault::Broken) => company.failure(500, "api_error", "Something went wrong"),
                Some(Fault::Empty) => company.empty(&asked.path),
                Some(Fault::Lost | Fault::Silent | Fault::Forgets | Fault::Grows) | None => {
                    company.answer(books, &asked)
                }
            };
            if fault == Some(Fault::Grows) {
                let somebody = company.customer(books, "Somebody Else", "else@example.org");
                company.charge(books, &somebody, 100, "GBP");
            }
            let kind = company.kind_of(&asked.path);
            if fault == Some(Fault::Forgets)
                && let Some(list) = answered.object.get("data").or(answered.object.get(kind))
                && let Some(last) = list.as_array().and_then(|it| it.last())
                && let Some(id) = last["id"].as_str()
            {
                books.remove(kind, id);
            }
            if let Some(watcher) = watcher {
                // Whoever watched may have seen enough.
                let _ = watcher.send(format!("{} {}", asked.method, asked.path));
            }
            let wait = match fault {
                Some(Fault::Busy(Some(seconds))) => company.wait(books.now, seconds),
                _ => Vec::new(),
            };
            (answered, fault, wait)
        };
        match fault {
            Some(Fault::Lost) => Err(io::ErrorKind::ConnectionReset.into()),
            Some(Fault::Silent) => std::future::pending().await,
            Some(Fault::Busy(_) | Fault::Broken | Fault::Empty | Fault::Forgets | Fault::Grows)
            | None => Ok(response(answered, wait)),
        }
    }

    fn act<T>(&self, act: impl FnOnce(&dyn Company, &mut Books) -> T) -> T {
        let mut shared = self.lock();
        let company = shared.company;
        act(company, &mut shared.books)
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn response(answered: Answered, wait: Vec<(&'static str, String)>) -> Response<Body> {
    let mut response = Response::new(Body::from(answered.object.to_string()));
    let status = hyper::StatusCode::from_u16(answered.status);
    *response.status_mut() = status.unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in wait {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}
