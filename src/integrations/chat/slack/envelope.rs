//! What comes over the web socket: envelopes with commands and with buttons that were pressed
//! (docs.slack.dev, "Using Socket Mode", "block_actions payload").

use serde::Deserialize;
use serde_json::Value;

/// Something that was heard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// The line is open.
    Connected,
    /// Somebody typed a command.
    Command {
        /// The account.
        account: String,
        /// What was typed after the name of the command.
        text: String,
        /// Where the answer goes.
        answer_to: String,
    },
    /// Somebody pressed a button.
    Pressed {
        /// The account.
        account: String,
        /// What the button says to this program.
        value: String,
        /// Whether nobody else sees the text that it is below.
        alone: bool,
        /// Where the answer goes.
        answer_to: String,
    },
}

/// A message of Socket Mode.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Envelope {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) envelope_id: Option<String>,
    payload: Value,
}

impl Envelope {
    /// Returns what it says, if this program knows what that is.
    pub(super) fn heard(&self) -> Option<Heard> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let it = &self.payload;
        match self.kind.as_str() {
            "hello" => Some(Heard::Connected),
            "slash_commands" => Some(Heard::Command {
                account: text(&it["user_id"]),
                text: text(&it["text"]),
                answer_to: text(&it["response_url"]),
            }),
            "interactive" if it["type"] == "block_actions" => Some(Heard::Pressed {
                account: text(&it["user"]["id"]),
                // One press is one action.
                value: text(&it["actions"][0]["value"]),
                alone: it["container"]["is_ephemeral"] == true,
                answer_to: text(&it["response_url"]),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn heard(it: Value) -> Option<Heard> {
        serde_json::from_value::<Envelope>(it).unwrap().heard()
    }

    #[test]
    fn a_press_says_who_and_what_and_anything_else_is_passed_over() {
        let pressed = json!({
            "type": "interactive", "envelope_id": "E1", "accepts_response_payload": false,
            "payload": {
                "type": "block_actions", "user": { "id": "U1", "team_id": "T1" },
                "container": { "type": "message", "message_ts": "1.2", "is_ephemeral": true },
                "response_url": "https://hooks.slack.com/actions/1",
                "actions": [{ "type": "button", "action_id": "space_0", "value": "pay" }],
            },
        });
        let expected = Heard::Pressed {
            account: "U1".into(),
            value: "pay".into(),
            alone: true,
            answer_to: "https://hooks.slack.com/actions/1".into(),
        };
        assert_eq!(heard(pressed), Some(expected));
        for other in [
            json!({ "type": "interactive", "payload": { "type": "view_submission" } }),
            json!({ "type": "interactive" }),
            json!({ "type": "events_api", "payload": { "type": "block_actions" } }),
            json!({}),
        ] {
            assert_eq!(heard(other.clone()), None, "{other}");
        }
        // What is missing is nobody, and nothing.
        let bare = json!({ "type": "interactive", "payload": { "type": "block_actions" } });
        let Some(Heard::Pressed { account, value, alone, .. }) = heard(bare) else { panic!() };
        assert!(account.is_empty() && value.is_empty() && !alone);
    }
}
