//! Fetches a document by HTTP from a device or a service: a short one, within seconds.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use hyper::{Request, StatusCode, Uri, header};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};

/// The largest document, in bytes.
pub const LARGEST: usize = 256 * 1024;

/// How long it may take, from the first packet to the last byte.
const LONGEST: Duration = Duration::from_secs(10);

/// Fetches a document. A redirect is not followed.
///
/// # Errors
/// Why there is none, in words.
pub async fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let seconds = LONGEST.as_secs();
    timeout(LONGEST, ask(url)).await.map_err(|_| format!("no answer within {seconds} seconds"))?
}

async fn ask(url: &str) -> Result<Vec<u8>, String> {
    let uri: Uri = url.parse().map_err(|error| format!("not a URL: {error}"))?;
    let host = uri.host().ok_or("not a URL: it names no machine")?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let encrypted = match uri.scheme_str() {
        Some("http") => false,
        Some("https") => true,
        _ => return Err("not a URL that starts with http:// or https://".into()),
    };
    let port = uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
    let stream = TcpStream::connect((bare, port)).await.map_err(|error| error.to_string())?;
    if encrypted {
        exchange(secured(bare, stream).await?, &uri).await
    } else {
        exchange(stream, &uri).await
    }
}

#[cfg(feature = "building")]
async fn secured(host: &str, stream: TcpStream) -> Result<impl Stream, String> {
    use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let connector = TlsConnector::from(super::tls::client(None)?);
    connector.connect(name, stream).await.map_err(|error| error.to_string())
}

#[cfg(not(feature = "building"))]
async fn secured(_: &str, _: TcpStream) -> Result<TcpStream, String> {
    use crate::left_out::{INSTALL, without};
    Err(format!("{}; {INSTALL}", without("https")))
}

/// What bytes go through.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin + 'static> Stream for T {}

async fn exchange(stream: impl Stream, uri: &Uri) -> Result<Vec<u8>, String> {
    let words = |error: hyper::Error| error.to_string();
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(words)?;
    // It ends with the answer; what is wrong with it shows there.
    let connection = tokio::spawn(connection);
    let authority = uri.authority().map(|it| it.as_str()).unwrap_or_default();
    // Not a name or a password that the address may have in front.
    let host = authority.rsplit('@').next().unwrap_or_default();
    let request = Request::get(uri.path_and_query().map_or("/", |it| it.as_str()))
        .header(header::HOST, host)
        .header(header::USER_AGENT, "space")
        .header(header::ACCEPT, "application/json")
        .header(header::CONNECTION, "close")
        .body(Body::empty())
        .map_err(|error| error.to_string())?;
    let answer = sender.send_request(request).await.map_err(words)?;
    let status = answer.status();
    if status != StatusCode::OK {
        connection.abort();
        return Err(match answer.headers().get(header::LOCATION).and_then(|it| it.to_str().ok()) {
            Some(place) => format!("it says {status}: give the address {place}"),
            None => format!("it says {status}"),
        });
    }
    let body = to_bytes(Body::new(answer.into_body()), LARGEST).await;
    connection.abort();
    body.map(Into::into).map_err(|error| format!("cannot be read, or is too large: {error}"))
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::*;

    /// Answers one request with these bytes.
    async fn answered(answer: Vec<u8>) -> (Result<Vec<u8>, String>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = vec![0; 4_096];
            let length = stream.read(&mut asked).await.unwrap();
            let _ = stream.write_all(&answer).await; // it may hang up on what is too large
            String::from_utf8(asked[..length].to_vec()).unwrap()
        });
        let url = format!("http://me:secret@{address}/status?x=1");
        (fetch(&url).await, server.await.unwrap())
    }

    #[tokio::test]
    async fn a_document_is_fetched() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\": 12}";
        let (found, asked) = answered(answer.to_vec()).await;
        assert_eq!(found.unwrap(), b"{\"a\": 12}");
        assert!(asked.starts_with("GET /status?x=1 HTTP/1.1\r\n"), "{asked}");
        assert!(asked.contains("host: 127.0.0.1:") && !asked.contains("secret"), "{asked}");
    }

    #[tokio::test]
    async fn what_is_none_is_told() {
        let with =
            |head: &str| format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n").into_bytes();
        let endless = [&b"HTTP/1.1 200 OK\r\n\r\n"[..], &vec![b'x'; LARGEST + 1]].concat();
        for (answer, words) in [
            (with("404 Not Found"), "404"),
            (with("301 Moved\r\nLocation: https://a"), "give the address https://a"),
            (b"SSH-2.0-x\r\n".to_vec(), "HTTP"),
            (endless, "too large"),
            (Vec::new(), ""),
        ] {
            let (found, _) = answered(answer).await;
            let why = found.unwrap_err();
            assert!(why.contains(words), "{why}");
        }
        for (url, words) in [
            ("ftp://a", "starts with http"),
            ("/a", "names no machine"),
            ("http://127.0.0.1:1/", "refused"),
            ("http://exa mple/", "not a URL"),
        ] {
            let why = fetch(url).await.unwrap_err();
            assert!(why.contains(words), "{url}: {why}");
        }
    }
}
