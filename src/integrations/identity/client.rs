//! The one client for HTTP: encrypted unless it is for this machine, without redirects, bounded in
//! time and in what it reads.

use std::{pin::Pin, time::Duration};

use openidconnect::{HttpRequest, HttpResponse, http};
use reqwest::redirect::Policy;

use super::IdentityError;
use crate::integrations::http::secure;

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

fn failed(error: &reqwest::Error) -> NoAnswer {
    NoAnswer(secure::causes(error, "the provider"))
}

/// Refuses what others could read or change on its way.
///
/// # Errors
/// Says so.
pub(super) fn check(url: &str) -> Result<(), NoAnswer> {
    secure::check(url).map_err(NoAnswer)
}
