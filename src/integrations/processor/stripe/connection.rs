//! Asks Stripe: as whom, in which version, page by page.

use std::time::Duration;

use serde::de::DeserializeOwned;

use super::{
    form::Form,
    objects::{Failure, Page},
};
use crate::{
    domain::model::text,
    integrations::{
        http::{Call, Client, NoReply, Reply},
        processor::{ProcessorError, ProcessorOptions, patience},
    },
};

/// Stripe itself.
const URL: &str = "https://api.stripe.com";

/// The version that is spoken: since then a subscription's period stands with its items.
const VERSION: &str = "2025-03-31.basil";

/// The number of entries of a page: as many as Stripe gives.
const PAGE: usize = 100;

/// The number of pages of a list that are read: a hundred thousand accounts.
const MOST_PAGES: usize = 1000;

/// The length of a message that is passed on.
const LONGEST_MESSAGE: usize = 300;

/// Asks Stripe as one account.
pub(super) struct Connection {
    client: Client,
    url: String,
    secret: String,
    pause: fn(Duration),
}

impl Connection {
    /// Takes the key and the address.
    ///
    /// # Errors
    /// The address cannot be used.
    pub(super) fn new(options: ProcessorOptions) -> Result<Self, ProcessorError> {
        let url = options.url.unwrap_or_else(|| URL.to_owned());
        let (client, url) = Client::at(&url, options.longest)
            .map_err(|NoReply(why)| ProcessorError::Denied(why))?;
        Ok(Self { client, url, secret: options.secret, pause: options.pause })
    }

    /// Returns an object; `None` if there is none.
    pub(super) fn find<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<Option<T>, ProcessorError> {
        let reply = self.send("GET", path, Vec::new(), None)?;
        if reply.status == 404 { Ok(None) } else { read(&reply).map(Some) }
    }

    /// Changes or makes an object.
    pub(super) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: Form,
        key: &str,
    ) -> Result<T, ProcessorError> {
        read(&self.send("POST", path, form.finish().into_bytes(), Some(key))?)
    }

    /// Returns one page of a list.
    pub(super) fn page<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Page<T>, ProcessorError> {
        let query =
            query.iter().fold(Form::new().add("limit", PAGE.to_string()), |form, (name, value)| {
                form.add(name, value)
            });
        read(&self.send("GET", &format!("{path}?{}", query.finish()), Vec::new(), None)?)
    }

    /// Returns all entries of a list, and whether that is all. If the entry at which the next page
    /// begins is gone meanwhile, the list is cut short.
    pub(super) fn all<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
        id: impl Fn(&T) -> &str,
    ) -> Result<(Vec<T>, bool), ProcessorError> {
        let mut all: Vec<T> = Vec::new();
        for _ in 0..MOST_PAGES {
            let last = all.last().map(|it| id(it).to_owned());
            let mut query = query.to_vec();
            query.extend(last.as_deref().map(|last| ("starting_after", last)));
            let page: Page<T> = match self.page(path, &query) {
                Err(ProcessorError::Refused(_)) if last.is_some() => return Ok((all, false)),
                page => page?,
            };
            let is_empty = page.data.is_empty();
            all.extend(page.data);
            if !page.has_more {
                return Ok((all, true));
            }
            if is_empty {
                return Ok((all, false));
            }
        }
        Ok((all, false))
    }

    fn send(
        &self,
        method: &'static str,
        path: &str,
        body: Vec<u8>,
        key: Option<&str>,
    ) -> Result<Reply, ProcessorError> {
        let mut headers = vec![
            ("authorization", format!("Bearer {}", self.secret)),
            ("stripe-version", VERSION.to_owned()),
        ];
        if method == "POST" {
            headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
        }
        headers.extend(key.map(|key| ("idempotency-key", key.to_owned())));
        let call = Call { method, url: format!("{}{path}", self.url), headers, body };
        // 409: the same key is being worked on.
        patience::ask(&self.client, &call, self.pause, &[409, 429, 500, 502, 503, 504])
    }
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, ProcessorError> {
    if (200..300).contains(&reply.status) {
        return serde_json::from_slice(&reply.body).map_err(|error| {
            ProcessorError::Down(format!("Stripe's answer cannot be read: {error}"))
        });
    }
    let failure: Failure = serde_json::from_slice(&reply.body).unwrap_or_default();
    let message = failure.error.message.map(|it| text::line(&it, LONGEST_MESSAGE));
    let said = message.unwrap_or_else(|| format!("status {}", reply.status));
    let code = failure.error.code.map(|it| format!(" ({})", text::line(&it, 60)));
    let said = format!("Stripe says: {said}{}", code.unwrap_or_default());
    Err(match reply.status {
        401 | 403 => ProcessorError::Denied(said),
        409 | 429 | 500.. => ProcessorError::Down(said),
        _ => ProcessorError::Refused(said),
    })
}
