//! Connections: how many there may be, how long their requests may take, how large they may be.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Extension, Router};
use hyper::{
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tower_http::timeout::RequestBodyDeadlineLayer;

use super::{patient::Patient, tls::Tls};
use crate::web::login::Peer;

/// The maximum number of connections. Others wait to be accepted, so that file descriptors are left
/// for the store and the journal.
const MOST: usize = 512;

/// The maximum number of connections from one address, so that nobody takes all of them.
const MOST_OF_ONE: usize = 128;

/// How long the head of a request may take, which is also how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(15);

/// How long the body of a request may take to arrive.
const BODY: Duration = Duration::from_secs(60);

/// How long it may take to agree on keys.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How long, after the last answer, what is still being sent is taken.
const LINGER: Duration = Duration::from_secs(2);

/// How much of it is taken, in bytes.
const LINGER_BYTES: u64 = 4 * 1024 * 1024;

/// The maximum number of header lines.
const HEADERS: usize = 64;

/// The maximum size of the head of a request, in bytes.
const HEAD_BYTES: usize = 16 * 1024;

/// All connections of a program.
#[derive(Clone)]
pub(in crate::web) struct Connections {
    places: Arc<Semaphore>,
    by_address: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A connection's place, given back when this is dropped.
pub(super) struct Place {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Connections {
    /// Starts with none.
    pub(in crate::web) fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(MOST)), by_address: Arc::default() }
    }

    /// Waits until there is room for one more.
    pub(super) async fn place(&self) -> Place {
        // It is never closed, so there is always a permit.
        Place { _permit: Arc::clone(&self.places).acquire_owned().await.ok() }
    }

    /// Waits until some files may be closed: there are too many.
    pub(super) async fn rest(&self) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    /// Serves a connection of the network, unless that address has too many.
    pub(super) fn start_tcp(
        &self,
        stream: TcpStream,
        tls: Option<Tls>,
        peer: Peer,
        router: Router,
        place: Place,
    ) {
        let counted = peer.address.filter(|_| !peer.behind_proxy).map(|it| self.count(it));
        if let Some(None) = counted {
            return;
        }
        let _ = stream.set_nodelay(true); // it only costs time
        tokio::spawn(async move {
            match tls {
                Some(tls) => {
                    if let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await {
                        converse(stream, peer, router).await;
                    }
                }
                None => converse(stream, peer, router).await,
            }
            drop((place, counted));
        });
    }

    /// Serves a connection of this machine.
    pub(super) fn start(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: Peer,
        router: Router,
        place: Place,
    ) {
        tokio::spawn(async move {
            converse(stream, peer, router).await;
            drop(place);
        });
    }

    fn count(&self, address: IpAddr) -> Option<Counted> {
        let mut all = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(address).or_default();
        (*count < MOST_OF_ONE).then(|| {
            *count += 1;
            Counted { all: Arc::clone(&self.by_address), address }
        })
    }
}

/// A connection that is counted for its address, until this is dropped.
struct Counted {
    all: Arc<Mutex<HashMap<IpAddr, usize>>>,
    address: IpAddr,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.address);
            }
        }
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    router: Router,
) {
    let router = router.layer(RequestBodyDeadlineLayer::new(BODY)).layer(Extension(peer));
    let service = TowerToHyperService::new(router);
    let service = service_fn(move |request| Box::pin(service.call(request)));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Patient::new(stream)), service)
        .without_shutdown();
    // Who hangs up in the middle is no trouble of ours.
    if let Ok(parts) = served.await {
        linger(parts.io.into_inner()).await;
    }
}

/// Says that this was all, and takes what is still being sent for a short while: to hang up at once
/// would also take back an answer that has not been read yet, such as that a body is too large.
async fn linger(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let rest = async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(LINGER_BYTES), &mut tokio::io::sink()).await
    };
    let _ = timeout(LINGER, rest).await; // after that, nobody is waiting for anything
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use axum::{body::Body, routing::post};
    use tokio::io::{DuplexStream, duplex};

    use super::*;

    /// Serves one connection to somebody whose other end this returns; a second future ends with it.
    fn served() -> (DuplexStream, Pin<Box<dyn Future<Output = Duration>>>) {
        let (ours, theirs) = duplex(1024);
        let large = || async { Body::from(vec![b'x'; 1 << 20]) };
        let echo = |text: String| async move { text };
        let router = Router::new().route("/", post(echo).get(large));
        let peer = Peer { address: None, behind_proxy: false };
        let began = tokio::time::Instant::now();
        let end = async move {
            converse(theirs, peer, router).await;
            began.elapsed()
        };
        (ours, Box::pin(end))
    }

    /// The clock stands still and moves on by itself when everybody waits.
    #[tokio::test(start_paused = true)]
    async fn who_never_finishes_a_head_is_hung_up_on() {
        for text in ["", "G", "GET / HTTP/1.1\r\nHost: x\r\n"] {
            let (mut ours, end) = served();
            ours.write_all(text.as_bytes()).await.unwrap();
            let after = end.await;
            assert!((HEAD..HEAD * 2).contains(&after), "{text:?}: {after:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_sends_a_body_byte_by_byte_is_hung_up_on() {
        let (mut ours, end) = served();
        let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n";
        ours.write_all(head.as_bytes()).await.unwrap();
        let (mut from, mut to) = tokio::io::split(ours);
        let trickle = async {
            while to.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        };
        let read = async {
            let mut answer = String::new();
            from.read_to_string(&mut answer).await.unwrap();
            answer
        };
        let (after, answer, ()) = tokio::join!(end, read, trickle);
        assert!((BODY..BODY + HEAD * 2).contains(&after), "{after:?}");
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_take_the_answer_is_hung_up_on() {
        let (mut ours, end) = served();
        ours.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let after = end.await;
        assert!(after < Duration::from_secs(150), "{after:?}");
        let mut answer = Vec::new();
        ours.read_to_end(&mut answer).await.unwrap();
        assert!(answer.len() <= 1024, "the rest was never sent");
    }

    #[tokio::test(start_paused = true)]
    async fn who_sends_too_much_still_reads_the_answer() {
        let (ours, end) = served();
        let (mut from, mut to) = tokio::io::split(ours);
        let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n";
        let send = async {
            to.write_all(head.as_bytes()).await.unwrap();
            to.write_all(&[b'x'; 3_000_000]).await.unwrap();
            to.shutdown().await.unwrap();
        };
        let read = async {
            let mut answer = String::new();
            from.read_to_string(&mut answer).await.unwrap();
            answer
        };
        let (_, answer, ()) = tokio::join!(end, read, send);
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_quick_gets_an_answer() {
        let (mut ours, end) = served();
        let request =
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";
        ours.write_all(request.as_bytes()).await.unwrap();
        end.await;
        let mut answer = String::new();
        ours.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("\r\n\r\nhi"), "{answer}");
    }
}
