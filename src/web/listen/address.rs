//! An address that is listened at.

use axum::Router;
use tokio::net::TcpListener;

#[cfg(unix)]
use super::unix::SocketFile;
use super::{connection::Connections, tls::Tls};
use crate::{config::Listener, web::login::Peer};

/// An address that is listened at, with what is served there.
pub(in crate::web) struct Bound {
    socket: Socket,
    behind_proxy: bool,
}

enum Socket {
    Tcp(TcpListener, Option<Tls>),
    #[cfg(unix)]
    Unix(SocketFile),
}

impl Bound {
    /// Listens.
    ///
    /// # Errors
    /// The address is in use or not of this machine, or the certificate cannot be used.
    pub(in crate::web) async fn open(listener: &Listener) -> Result<Self, String> {
        let socket = match (listener.address, &listener.unix) {
            (Some(address), _) => {
                let keys = listener.certificate.as_deref().zip(listener.key.as_deref());
                let tls = keys.map(|(certificate, key)| Tls::read(certificate, key)).transpose()?;
                let bound = TcpListener::bind(address).await;
                Socket::Tcp(bound.map_err(|error| format!("{address}: {error}"))?, tls)
            }
            #[cfg(unix)]
            (None, Some(path)) => Socket::Unix(
                SocketFile::open(path).map_err(|error| format!("{}: {error}", path.display()))?,
            ),
            #[cfg(not(unix))]
            (None, Some(_)) => return Err("this system has no Unix sockets".into()),
            (None, None) => return Err("a listener has neither an address nor a socket".into()),
        };
        Ok(Self { socket, behind_proxy: listener.behind_proxy })
    }

    /// Returns the URL, or the path of the socket.
    pub(in crate::web) fn shown(&self) -> String {
        match &self.socket {
            Socket::Tcp(listener, tls) => {
                let scheme = if tls.is_some() { "https" } else { "http" };
                let address = listener.local_addr();
                address.map_or_else(|error| error.to_string(), |it| format!("{scheme}://{it}"))
            }
            #[cfg(unix)]
            Socket::Unix(socket) => socket.path().display().to_string(),
        }
    }

    /// Accepts connections for ever.
    pub(in crate::web) async fn serve(self, router: Router, connections: Connections) {
        let behind_proxy = self.behind_proxy;
        loop {
            let place = connections.place().await;
            match &self.socket {
                Socket::Tcp(listener, tls) => match listener.accept().await {
                    Ok((stream, from)) => {
                        let peer = Peer { address: Some(from.ip()), behind_proxy };
                        connections.start_tcp(stream, tls.clone(), peer, router.clone(), place);
                    }
                    Err(_) => connections.rest().await,
                },
                #[cfg(unix)]
                Socket::Unix(socket) => match socket.accept().await {
                    Ok(stream) => {
                        let peer = Peer { address: None, behind_proxy };
                        connections.start(stream, peer, router.clone(), place);
                    }
                    Err(_) => connections.rest().await,
                },
            }
        }
    }
}
