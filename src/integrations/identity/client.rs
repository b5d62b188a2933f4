//! The one client for HTTP: encrypted unless it is for this machine, without redirects, bounded in
//! time and in what it reads.

use std::{net::IpAddr, pin::Pin, time::Duration};

use openidconnect::{HttpRequest, HttpResponse, http};
use reqwest::{Url, redirect::Policy};

use super::IdentityError;

/// How long an answer may take.
const LONGEST: Duration = Duration::from_secs(10);

/// The number of bytes of an answer that are read; keys and claims take a few thousand.
const MOST_BYTES: usize = 512 * 1024;

/// Asks other machines.
#[derive(Clone, Debug)]
pub(super) struct Client {
    client: reqwest::Client,
}

/// An answer that has to be waited for.
pub(super) type Asked = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send>>;

/// Why there is no answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NoAnswer(String);

impl From<NoAnswer> for IdentityError {
    fn from(error: NoAnswer) -> Self {
        Self::Down(error.0)
    }
}

impl Client {
    /// Makes one with the system's certificates.
    ///
    /// # Errors
    /// The certificates cannot be used.
    pub(super) fn new() -> Result<Self, IdentityError> {
        let client = reqwest::Client::builder()
            .user_agent("space") // GitHub answers to nobody without a name
            .redirect(Policy::none())
            .timeout(LONGEST)
            .connect_timeout(LONGEST)
            .build();
        match client {
            Ok(client) => Ok(Self { client }),
            Err(error) => Err(IdentityError::Misconfigured(format!("there is no TLS: {error}"))),
        }
    }

    /// Returns itself as what the library asks by.
    pub(super) fn asking(&self) -> impl Fn(HttpRequest) -> Asked + use<> {
        let client = self.clone();
        move |request| {
            let client = client.clone();
            Box::pin(async move { client.ask(request).await })
        }
    }

    /// Sends a request and reads the answer, whatever its status.
    ///
    /// # Errors
    /// It would go through a network in the clear, does not arrive, or its answer is too long.
    pub(super) async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let url = request.uri().to_string();
        check(&url)?;
        let request = reqwest::Request::try_from(request).map_err(|error| failed(&error))?;
        let mut answer = self.client.execute(request).await.map_err(|error| failed(&error))?;
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| failed(&error))? {
            if bytes.len() + piece.len() > MOST_BYTES {
                return Err(NoAnswer(format!("the answer has more than {MOST_BYTES} bytes")));
            }
            bytes.extend_from_slice(&piece);
        }
        let mut response = http::Response::new(bytes);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

/// Leaves out the address, which may have a code in it, and names every cause.
fn failed(error: &reqwest::Error) -> NoAnswer {
    use std::error::Error as _;
    let host = error.url().and_then(Url::host_str).unwrap_or("the provider").to_owned();
    let mut words = format!("{host} does not answer");
    let mut cause = error.source();
    while let Some(it) = cause {
        words = format!("{words}: {it}");
        cause = it.source();
    }
    NoAnswer(words)
}

/// Refuses what others could read or change on its way.
///
/// # Errors
/// Says so.
pub(super) fn check(url: &str) -> Result<(), NoAnswer> {
    let url = Url::parse(url).map_err(|error| NoAnswer(format!("`{url}`: {error}")))?;
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_here = host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_here => Ok(()),
        _ => Err(NoAnswer(format!("{host} is not asked: its address does not begin with https"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_crosses_a_network_in_the_clear() {
        for good in ["https://example.org/a", "http://127.0.0.1:1/", "http://[::1]:1/"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in
            ["http://example.org/", "http://10.0.0.1/", "ftp://example.org/", "file:///etc", "x"]
        {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
