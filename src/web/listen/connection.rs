//! Connections: how many there may be, how long their requests may take, how large they may be.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::tls::Tls;
use crate::web::login::Peer;

/// The maximum number of connections. Others wait to be accepted, so that file descriptors are left
/// for the store and the journal.
const MOST: usize = 512;

/// The maximum number of connections from one address, so that nobody takes all of them.
const MOST_OF_ONE: usize = 128;

/// How long the head of a request may take, which is also how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(15);

/// How long it may take to agree on keys.
const HANDSHAKE: Duration = Duration::from_secs(10);

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
    let service = TowerToHyperService::new(router.layer(Extension(peer)));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    drop(served); // who hangs up in the middle is no trouble of ours
}
