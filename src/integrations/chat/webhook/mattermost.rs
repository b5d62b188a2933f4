//! Mattermost, by an incoming webhook, which takes what Slack's older webhooks take.

use jiff::Timestamp;
use serde_json::json;

use super::{accept, channel, client};
use crate::integrations::{
    chat::{Arrived, ChatError, ChatOptions, Outgoing, Poster, patience},
    http::{Call, Client},
};

/// The number of characters of a message.
const LONGEST: usize = 4_000;

pub(in crate::integrations::chat) struct Mattermost {
    client: Client,
    url: String,
}

impl Mattermost {
    pub(in crate::integrations::chat) fn new(options: ChatOptions) -> Result<Self, ChatError> {
        let client = client(&options, &options.secret)?;
        Ok(Self { client, url: options.secret })
    }
}

impl Poster for Mattermost {
    fn post(&mut self, it: &Outgoing) -> Result<(), ChatError> {
        let channel = channel("Mattermost", &it.to)?;
        let text: String = escape(&it.text).chars().take(LONGEST).collect();
        let call = Call {
            method: "POST",
            url: self.url.clone(),
            headers: vec![("content-type", "application/json".to_owned())],
            body: json!({ "text": text, "channel": channel }).to_string().into_bytes(),
        };
        accept("Mattermost", &patience::once(&self.client, &call)?)
    }

    fn arrived(&mut self, _: &Outgoing, _: Timestamp) -> Result<Arrived, ChatError> {
        Ok(Arrived::Unknown)
    }
}

/// Takes the meaning out of Markdown, and lets nobody be called: a webhook may call everybody.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Mattermost reads links in angle brackets as Slack does, before it reads Markdown.
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            // Nothing that is seen stands behind it, so it is no name.
            '@' | '!' => safe.extend([c, '\u{200b}']),
            '\\' | '*' | '_' | '~' | '`' | '|' | '#' | '[' | ']' | '(' | ')' | ':' | '-' | '+' => {
                safe.extend(['\\', c]);
            }
            '\n' => safe.push('\n'),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_and_calls_nobody() {
        assert_eq!(escape("@channel <!all>"), "@\u{200b}channel &lt;!\u{200b}all&gt;");
        assert_eq!(escape("[a](b) *c*"), r"\[a\]\(b\) \*c\*");
    }
}
