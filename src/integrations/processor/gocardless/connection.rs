//! Asks GoCardless: as whom, in which version, page by page.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::objects::{Cursors, Failure};
use crate::{
    domain::model::text,
    integrations::{
        http::{Call, Client, NoReply, Reply},
        processor::{ProcessorError, ProcessorOptions, patience},
    },
};

/// GoCardless itself.
const URL: &str = "https://api.gocardless.com";

/// Where nobody pays anything.
const SANDBOX: &str = "https://api-sandbox.gocardless.com";

/// How a key for the sandbox begins.
const SANDBOX_KEY: &str = "sandbox_";

/// The version that is spoken; there is no newer one.
const VERSION: &str = "2015-07-06";

/// The number of entries of a page: as many as GoCardless gives.
const PAGE: &str = "500";

/// The number of pages of a list that are read: a hundred thousand accounts.
const MOST_PAGES: usize = 200;

/// The length of a message that is passed on.
const LONGEST_MESSAGE: usize = 300;

/// Asks GoCardless as one creditor.
pub(super) struct Connection {
    client: Client,
    url: String,
    secret: String,
    pause: fn(Duration),
}

/// Why something was not done.
pub(super) struct Failed {
    pub(super) error: ProcessorError,
    /// The reason, in GoCardless's word for it.
    pub(super) reason: String,
    /// What was made by the same key before.
    conflicting: Option<String>,
}

/// A page of a list.
pub(super) struct Page<T> {
    pub(super) entries: Vec<T>,
    pub(super) cursors: Cursors,
}

impl Connection {
    /// Takes the key and the address.
    ///
    /// # Errors
    /// The address cannot be used.
    pub(super) fn new(options: ProcessorOptions) -> Result<Self, ProcessorError> {
        let usual = if options.secret.starts_with(SANDBOX_KEY) { SANDBOX } else { URL };
        let url = options.url.unwrap_or_else(|| usual.to_owned());
        let (client, url) = Client::at(&url, options.longest)
            .map_err(|NoReply(why)| ProcessorError::Denied(why))?;
        Ok(Self { client, url, secret: options.secret, pause: options.pause })
    }

    /// Returns one object.
    pub(super) fn get<T: DeserializeOwned>(
        &self,
        kind: &str,
        id: &str,
    ) -> Result<T, ProcessorError> {
        let reply = self.send("GET", &format!("/{kind}/{}", segment(id)), None, None)?;
        read(&reply, kind).map_err(|it| it.error)
    }

    /// Makes an object, and returns its id; that of the one made before if the key is known.
    pub(super) fn make(
        &self,
        kind: &str,
        body: &Value,
        key: &str,
    ) -> Result<String, ProcessorError> {
        let reply =
            self.send("POST", &format!("/{kind}"), Some(&json!({ kind: body })), Some(key))?;
        match read::<Value>(&reply, kind) {
            Ok(made) => made["id"]
                .as_str()
                .map(ToOwned::to_owned)
                .ok_or_else(|| ProcessorError::Down("GoCardless's answer has no id".to_owned())),
            Err(Failed { conflicting: Some(id), .. }) => Ok(id),
            Err(failed) => Err(failed.error),
        }
    }

    /// Makes a page for a browser, and returns its address.
    pub(super) fn flow(&self, body: &Value, key: &str) -> Result<String, ProcessorError> {
        const KIND: &str = "billing_request_flows";
        let reply =
            self.send("POST", &format!("/{KIND}"), Some(&json!({ KIND: body })), Some(key))?;
        let made: Value = read(&reply, KIND).map_err(|it| it.error)?;
        let url = made["authorisation_url"].as_str().map(ToOwned::to_owned);
        url.ok_or_else(|| ProcessorError::Down("GoCardless's answer has no address".to_owned()))
    }

    /// Changes an object.
    pub(super) fn change(&self, kind: &str, id: &str, body: &Value) -> Result<(), Failed> {
        let path = format!("/{kind}/{}", segment(id));
        let reply = self.send("PUT", &path, Some(&json!({ kind: body })), None);
        read::<Value>(&reply?, kind).map(drop)
    }

    /// Cancels an object; one that is cancelled already stays so.
    pub(super) fn cancel(&self, kind: &str, id: &str) -> Result<(), ProcessorError> {
        let path = format!("/{kind}/{}/actions/cancel", segment(id));
        match read::<Value>(&self.send("POST", &path, Some(&json!({})), None)?, kind) {
            Err(Failed { reason, error, .. }) if reason == "cancellation_failed" => {
                let now: Value = self.get(kind, id)?;
                if now["status"] == "cancelled" { Ok(()) } else { Err(error) }
            }
            done => done.map(drop).map_err(|it| it.error),
        }
    }

    /// Returns one page of a list.
    pub(super) fn page<T: DeserializeOwned>(
        &self,
        kind: &str,
        query: &[(&str, &str)],
    ) -> Result<Page<T>, ProcessorError> {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("limit", PAGE).extend_pairs(query);
        let reply = self.send("GET", &format!("/{kind}?{}", text.finish()), None, None)?;
        let entries = read(&reply, kind).map_err(|it| it.error)?;
        let meta: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let cursors = serde_json::from_value(meta["meta"]["cursors"].clone()).unwrap_or_default();
        Ok(Page { entries, cursors })
    }

    /// Returns all entries of a list as far as `more` wants them, newest first, and whether that is all.
    /// If the entry at which the next page begins is gone meanwhile, the list is cut short.
    pub(super) fn all<T: DeserializeOwned>(
        &self,
        kind: &str,
        query: &[(&str, &str)],
        mut more: impl FnMut(&[T]) -> bool,
    ) -> Result<(Vec<T>, bool), ProcessorError> {
        let (mut all, mut after): (Vec<T>, Option<String>) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let mut query = query.to_vec();
            query.extend(after.as_deref().map(|after| ("after", after)));
            let page: Page<T> = match self.page(kind, &query) {
                Err(ProcessorError::Refused(_)) if after.is_some() => return Ok((all, false)),
                page => page?,
            };
            let is_empty = page.entries.is_empty();
            all.extend(page.entries);
            after = page.cursors.after;
            if after.is_none() || !more(&all) {
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
        body: Option<&Value>,
        key: Option<&str>,
    ) -> Result<Reply, ProcessorError> {
        let mut headers = vec![
            ("authorization", format!("Bearer {}", self.secret)),
            ("gocardless-version", VERSION.to_owned()),
            ("accept", "application/json".to_owned()),
        ];
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        headers.extend(key.map(|key| ("idempotency-key", key.to_owned())));
        let body = body.map(|it| it.to_string().into_bytes()).unwrap_or_default();
        let call = Call { method, url: format!("{}{path}", self.url), headers, body };
        // 409 is an answer here: the key was used before.
        patience::ask(&self.client, &call, self.pause, &[429, 500, 502, 503, 504])
    }
}

/// Returns an id as a part of a path.
fn segment(id: &str) -> String {
    form_urlencoded::byte_serialize(id.as_bytes()).collect()
}

fn read<T: DeserializeOwned>(reply: &Reply, kind: &str) -> Result<T, Failed> {
    let odd = |why: String| Failed {
        error: ProcessorError::Down(format!("GoCardless's answer cannot be read: {why}")),
        reason: String::new(),
        conflicting: None,
    };
    if (200..300).contains(&reply.status) {
        let mut all: Value =
            serde_json::from_slice(&reply.body).map_err(|it| odd(it.to_string()))?;
        return serde_json::from_value(all[kind].take()).map_err(|it| odd(format!("{kind}: {it}")));
    }
    let Failure { error } = serde_json::from_slice(&reply.body).unwrap_or_default();
    let one = error.errors.into_iter().next().unwrap_or_default();
    let said = match (error.message, one.message) {
        (Some(message), Some(more)) if message != more => format!("{message}: {more}"),
        (Some(message), _) | (None, Some(message)) => message,
        (None, None) => format!("status {}", reply.status),
    };
    let field = one.field.map(|it| format!(" ({})", text::line(&it, 60))).unwrap_or_default();
    let said = format!("GoCardless says: {}{field}", text::line(&said, LONGEST_MESSAGE));
    let error = match reply.status {
        401 | 403 => ProcessorError::Denied(said),
        409 | 429 | 500.. => ProcessorError::Down(said),
        _ => ProcessorError::Refused(said),
    };
    let is_known = one.reason.as_deref() == Some("idempotent_creation_conflict");
    let conflicting = one.links.conflicting_resource_id.or(error_links(&reply.body));
    let reason = one.reason.unwrap_or_default();
    Err(Failed { error, reason, conflicting: conflicting.filter(|_| is_known) })
}

/// Returns what was made before, where an older form of the error names it.
fn error_links(body: &[u8]) -> Option<String> {
    let all: Value = serde_json::from_slice(body).ok()?;
    all["error"]["links"]["conflicting_resource_id"].as_str().map(ToOwned::to_owned)
}

impl From<ProcessorError> for Failed {
    fn from(error: ProcessorError) -> Self {
        Self { error, reason: String::new(), conflicting: None }
    }
}
