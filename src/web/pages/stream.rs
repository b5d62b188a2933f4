//! Answers that are sent piece by piece, as they come about.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes};
use hyper::body::Frame;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// How long a piece may wait for whoever reads: after that, nobody does.
const PATIENCE: Duration = Duration::from_secs(60);

/// The number of pieces that wait to be read.
const WAITING: usize = 4;

/// Where the pieces go.
pub(super) struct Pieces(Sender<Bytes>);

struct Received(Receiver<Bytes>);

/// Makes a body, and where its pieces go. It ends when that is dropped.
pub(super) fn body() -> (Pieces, Body) {
    let (sender, receiver) = mpsc::channel(WAITING);
    (Pieces(sender), Body::new(Received(receiver)))
}

impl Pieces {
    /// Sends a piece; false if nobody reads it.
    pub(super) async fn send(&self, piece: impl Into<Bytes>) -> bool {
        self.0.send_timeout(piece.into(), PATIENCE).await.is_ok()
    }

    /// Waits until nobody reads any more.
    pub(super) async fn gone(&self) {
        self.0.closed().await;
    }
}

impl hyper::body::Body for Received {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|it| Ok(Frame::data(it))))
    }
}
