//! Matrix, by the homeserver's own interface (spec.matrix.org, "PUT …/send/m.room.message").
//!
//! A text without a format is shown as it stands, and the same transaction is posted once.

use jiff::Timestamp;
use serde_json::json;

use super::{accept, channel, client};
use crate::integrations::{
    chat::{Arrived, ChatError, ChatOptions, Outgoing, Poster, patience},
    http::{Call, Client},
};

/// The number of characters of a message; an event has at most 65,536 bytes.
const LONGEST: usize = 8_000;

pub(in crate::integrations::chat) struct Matrix {
    client: Client,
    url: String,
    secret: String,
}

impl Matrix {
    pub(in crate::integrations::chat) fn new(options: ChatOptions) -> Result<Self, ChatError> {
        let url = options.url.clone().ok_or_else(|| {
            ChatError::Denied("say where the homeserver is: `url` in the configuration".into())
        })?;
        let client = client(&options, &url)?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned(), secret: options.secret })
    }
}

impl Poster for Matrix {
    fn post(&mut self, it: &Outgoing) -> Result<(), ChatError> {
        let room = channel("Matrix", &it.to)?;
        let text: String = it.text.chars().take(LONGEST).collect();
        let part =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let (room, transaction) = (part(room), part(&it.key));
        let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/{transaction}");
        let body = json!({ "msgtype": "m.text", "body": text, "m.mentions": {} });
        let call = Call {
            method: "PUT",
            url: format!("{}{path}", self.url),
            headers: vec![
                ("authorization", format!("Bearer {}", self.secret)),
                ("content-type", "application/json".to_owned()),
            ],
            body: body.to_string().into_bytes(),
        };
        accept("Matrix", &patience::once(&self.client, &call)?)
    }

    fn arrived(&mut self, _: &Outgoing, _: Timestamp) -> Result<Arrived, ChatError> {
        Ok(Arrived::No)
    }
}
