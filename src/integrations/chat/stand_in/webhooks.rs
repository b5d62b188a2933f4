//! What webhooks take: answers to commands and presses, and what Matrix, Discord and Mattermost take.

use serde_json::{Value, json};

use super::{asked::Asked, books::Books};

impl Books {
    /// Answers a request that is none of the Web API. Texts end up in channels that are named after the
    /// chat, or after the room.
    pub(super) fn webhook(&mut self, asked: &Asked) -> (u16, Value) {
        let parts: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
        let text = |field: &str| asked.json[field].as_str().unwrap_or_default().to_owned();
        match (asked.method.as_str(), parts.as_slice()) {
            ("POST", ["answer", number]) => self.answer_to(number, &asked.json),
            ("POST", ["api", ..]) => (404, json!({})),
            ("POST", ["webhooks", _, token]) if *token == self.secret => {
                let content = text("content");
                if content.is_empty() || content.chars().count() > 2_000 {
                    return (400, json!({ "content": ["Must be 2000 or fewer in length."] }));
                }
                self.hook("discord", &content)
            }
            ("POST", ["hooks", token]) if *token == self.secret => {
                self.hook("mattermost", &text("text"))
            }
            ("PUT", ["_matrix", "client", "v3", "rooms", room, "send", "m.room.message", key]) => {
                if asked.secret.as_deref() != Some(self.secret.as_str()) {
                    return (
                        401,
                        json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "Unknown token" }),
                    );
                }
                let room: String = room.replace("%21", "!").replace("%3A", ":");
                // The same transaction happens once.
                if !self.messages.iter().any(|it| it.metadata["key"] == **key) {
                    self.hook(&room, &text("body"));
                    if let Some(last) = self.messages.last_mut() {
                        last.metadata = json!({ "key": key });
                    }
                }
                (200, json!({ "event_id": format!("${key}") }))
            }
            _ => (404, json!({ "message": "Unknown Webhook" })),
        }
    }

    fn hook(&mut self, channel: &str, text: &str) -> (u16, Value) {
        let id = match self.find(channel) {
            Some(it) => it.id.clone(),
            None => self.channel(channel, false),
        };
        self.say(&id, text, Value::Null, Vec::new());
        (200, json!({ "ok": true }))
    }
}
