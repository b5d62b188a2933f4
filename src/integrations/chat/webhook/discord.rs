//! Discord, by a webhook, which is of one channel (discord.com/developers, "Execute Webhook").

use jiff::Timestamp;
use serde_json::json;

use super::{accept, channel, client};
use crate::integrations::{
    chat::{Arrived, ChatError, ChatOptions, Outgoing, Poster, patience},
    http::{Call, Client},
};

/// The number of characters of a message.
const LONGEST: usize = 2_000;

pub(in crate::integrations::chat) struct Discord {
    client: Client,
    url: String,
}

impl Discord {
    pub(in crate::integrations::chat) fn new(options: ChatOptions) -> Result<Self, ChatError> {
        let client = client(&options, &options.secret)?;
        Ok(Self { client, url: format!("{}?wait=true", options.secret) })
    }
}

impl Poster for Discord {
    fn post(&mut self, it: &Outgoing) -> Result<(), ChatError> {
        channel("Discord", &it.to)?;
        let text: String = escape(&it.text).chars().take(LONGEST).collect();
        let body = json!({ "content": text, "allowed_mentions": { "parse": [] } });
        let call = Call {
            method: "POST",
            url: self.url.clone(),
            headers: vec![("content-type", "application/json".to_owned())],
            body: body.to_string().into_bytes(),
        };
        accept("Discord", &patience::once(&self.client, &call)?)
    }

    fn arrived(&mut self, _: &Outgoing, _: Timestamp) -> Result<Arrived, ChatError> {
        Ok(Arrived::Unknown)
    }
}

/// Takes the meaning out of markup: links that say something else, bold type, what is hidden.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\*_~`|>#[]()<-+@:".contains(c) {
            safe.push('\\');
        }
        if c == '\n' || !c.is_control() {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_as_it_stands() {
        assert_eq!(escape("[a](https://b) ||c|| *d*"), r"\[a\]\(https\://b\) \|\|c\|\| \*d\*");
        assert_eq!(escape("Ada\u{7} is in"), "Ada is in");
    }
}
