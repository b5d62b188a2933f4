//! The client itself, for threads that have nothing else to do while they wait.

use std::{sync::Arc, time::Duration};

use reqwest::{Method, redirect::Policy};
use tokio::runtime::{Builder, Runtime};

use super::{Call, NoReply, Reply, secure};

/// The number of bytes of an answer that are read; a page of a hundred events takes some 500,000.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Asks other machines.
#[derive(Clone, Debug)]
pub struct Client {
    client: reqwest::Client,
    runtime: Arc<Waiting>,
}

/// What waits for answers. It may end anywhere, also in a task, which must not wait for its end.
#[derive(Debug)]
struct Waiting(Option<Runtime>);

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Makes one with the system's certificates; `longest` is how long an answer may take.
    ///
    /// # Errors
    /// The certificates cannot be used.
    pub fn new(longest: Duration) -> Result<Self, NoReply> {
        let client = reqwest::Client::builder()
            .user_agent("space")
            .redirect(Policy::none())
            .timeout(longest)
            .connect_timeout(longest)
            .build()
            .map_err(|error| NoReply(format!("there is no TLS: {error}")))?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| NoReply(error.to_string()))?;
        Ok(Self { client, runtime: Arc::new(Waiting(Some(runtime))) })
    }

    /// Makes one for a service at an address, and returns that without the slash at its end.
    ///
    /// # Errors
    /// The address would go through a network in the clear, or the certificates cannot be used.
    pub(in crate::integrations) fn at(
        url: &str,
        longest: Duration,
    ) -> Result<(Self, String), NoReply> {
        secure::check(url).map_err(NoReply)?;
        Ok((Self::new(longest)?, url.trim_end_matches('/').to_owned()))
    }

    /// Sends a request and reads the answer, whatever its status. It waits, so no task may call it.
    ///
    /// # Errors
    /// It would go through a network in the clear, gets no answer, or one that is too long.
    pub fn send(&self, call: &Call) -> Result<Reply, NoReply> {
        secure::check(&call.url).map_err(NoReply)?;
        let method = match call.method {
            "POST" => Method::POST,
            "DELETE" => Method::DELETE,
            "PUT" => Method::PUT,
            _ => Method::GET,
        };
        let mut request = self.client.request(method, &call.url).body(call.body.clone());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let Some(runtime) = &self.runtime.0 else {
            return Err(NoReply("there is nothing that waits for an answer".to_owned()));
        };
        runtime.block_on(async {
            let failed = |error: reqwest::Error| NoReply(secure::causes(&error, "the service"));
            let mut answer = request.send().await.map_err(failed)?;
            let mut reply = Reply { status: answer.status().as_u16(), ..Reply::default() };
            for (name, value) in answer.headers() {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                reply.headers.push((name.as_str().to_owned(), value));
            }
            while let Some(piece) = answer.chunk().await.map_err(failed)? {
                if reply.body.len() + piece.len() > MOST_BYTES {
                    return Err(NoReply(format!("the answer has more than {MOST_BYTES} bytes")));
                }
                reply.body.extend_from_slice(&piece);
            }
            Ok(reply)
        })
    }
}
