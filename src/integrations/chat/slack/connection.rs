//! Asks Slack: as whom, page by page.

use std::time::Duration;

use serde::de::DeserializeOwned;

use super::objects::{Head, Page};
use crate::{
    domain::model::text,
    integrations::{
        chat::{ChatError, ChatOptions, patience},
        http::{Call, Client, NoReply, Reply},
    },
};

/// Slack itself.
const URL: &str = "https://slack.com";

/// The number of entries of a page: Slack gives fewer than 1,000.
const PAGE: &str = "999";

/// The number of pages of a list that are read: two hundred thousand accounts.
const MOST_PAGES: usize = 200;

/// Asks Slack as one app.
pub(super) struct Connection {
    client: Client,
    url: String,
    secret: String,
    pause: fn(Duration),
}

/// A form, field by field.
pub(super) type Fields<'a> = &'a [(&'a str, &'a str)];

impl Connection {
    /// Takes the token and the address.
    ///
    /// # Errors
    /// The address cannot be used.
    pub(super) fn new(options: ChatOptions) -> Result<Self, ChatError> {
        let url = options.url.unwrap_or_else(|| URL.to_owned());
        let (client, url) =
            Client::at(&url, options.longest).map_err(|NoReply(why)| ChatError::Denied(why))?;
        Ok(Self { client, url, secret: options.secret, pause: options.pause })
    }

    /// Asks something, or does what may be done twice.
    pub(super) fn ask<T: DeserializeOwned>(
        &self,
        method: &str,
        fields: Fields<'_>,
    ) -> Result<T, ChatError> {
        read(method, &patience::ask(&self.client, &self.call(method, fields), self.pause)?)
    }

    /// Does something that must not happen twice: it is asked once.
    pub(super) fn once<T: DeserializeOwned>(
        &self,
        method: &str,
        fields: Fields<'_>,
    ) -> Result<T, ChatError> {
        read(method, &patience::once(&self.client, &self.call(method, fields))?)
    }

    /// Returns all entries of a list, and whether that is all. If the place at which the next page begins
    /// is gone meanwhile, the list is cut short.
    pub(super) fn all<T: DeserializeOwned>(
        &self,
        method: &str,
        fields: Fields<'_>,
    ) -> Result<(Vec<T>, bool), ChatError> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        for _ in 0..MOST_PAGES {
            let mut asked = fields.to_vec();
            asked.push(("limit", PAGE));
            if !cursor.is_empty() {
                asked.push(("cursor", &cursor));
            }
            let page: Page<T> = match self.ask(method, &asked) {
                Err(ChatError::Refused(_)) if !cursor.is_empty() => return Ok((all, false)),
                page => page?,
            };
            all.extend(page.entries);
            cursor = page.response_metadata.next_cursor;
            if cursor.is_empty() {
                return Ok((all, true));
            }
        }
        Ok((all, false))
    }

    fn call(&self, method: &str, fields: Fields<'_>) -> Call {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        Call {
            method: "POST",
            url: format!("{}/api/{method}", self.url),
            headers: vec![
                ("authorization", format!("Bearer {}", self.secret)),
                ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ],
            body: form.finish().into_bytes(),
        }
    }
}

/// Reads an answer, or says what Slack refuses, and what to do about it.
pub(super) fn read<T: DeserializeOwned>(method: &str, reply: &Reply) -> Result<T, ChatError> {
    let unread = |error: serde_json::Error| {
        ChatError::Down(format!("Slack's answer to {method} cannot be read: {error}"))
    };
    let head: Head = serde_json::from_slice(&reply.body).map_err(unread)?;
    if head.ok {
        return serde_json::from_slice(&reply.body).map_err(unread);
    }
    let code = text::line(head.error.as_deref().unwrap_or("no reason"), 60);
    let needed = head.needed.map(|it| text::line(&it, 100)).unwrap_or_default();
    Err(match code.as_str() {
        "invalid_auth" | "not_authed" | "token_revoked" | "token_expired" | "account_inactive" => {
            ChatError::Denied(format!("Slack does not accept the token ({code})"))
        }
        "missing_scope" => ChatError::Denied(format!(
            "Slack does not allow {method}: add the scope {needed} to the app, and install it again"
        )),
        "ratelimited" | "rate_limited" => ChatError::Busy { seconds: 30 },
        "internal_error" | "fatal_error" | "service_unavailable" | "request_timeout" => {
            ChatError::Down(format!("Slack fails at {method} ({code})"))
        }
        _ => ChatError::Refused(format!("Slack refuses {method}: {}", words(&code))),
    })
}

/// Says in words what a code means.
fn words(code: &str) -> String {
    let words = match code {
        "is_archived" => "the channel is archived",
        "channel_not_found" => {
            "there is no such channel, or it is private and the app is not in it"
        }
        "not_in_channel" => "the app is not in the channel: type /invite and its name there",
        "restricted_action" => {
            "the workspace lets only administrators do that: allow it to the app in its settings"
        }
        "cant_kick_from_general" => "nobody can be removed from the channel that everybody is in",
        "user_not_found" | "users_not_found" => "there is no such account",
        "ura_max_channels" => "a guest cannot be in more channels",
        _ => return code.to_owned(),
    };
    format!("{words} ({code})")
}

/// Tells whether it is that code which was refused.
pub(super) fn is(error: &ChatError, code: &str) -> bool {
    match error {
        ChatError::Refused(words) => {
            words.ends_with(&format!("({code})")) || words.ends_with(&format!(": {code}"))
        }
        _ => false,
    }
}
