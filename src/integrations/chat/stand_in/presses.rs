//! Buttons: which there are below a text, who presses them, and what becomes of the answer.

use serde_json::{Value, json};

use super::{
    answered::{Answered, Asking, Buttons},
    books::Books,
};

/// How often an answer may be sent to one address.
const USES: u8 = 5;

/// Reads the buttons of blocks, and refuses what Slack refuses ("Block Kit", reference of the blocks).
pub(super) fn buttons(blocks: &Value) -> Result<Buttons, &'static str> {
    let mut buttons = Buttons::new();
    let mut ids = Vec::new();
    let text = |it: &Value, longest: usize| {
        let text = it["text"].as_str().unwrap_or_default().to_owned();
        let fits = (1..=longest).contains(&text.chars().count());
        if fits && it["type"] == "plain_text" { Ok(text) } else { Err("invalid_blocks") }
    };
    let blocks = blocks.as_array().ok_or("invalid_blocks_format")?;
    if blocks.len() > 50 {
        return Err("invalid_blocks");
    }
    for block in blocks {
        match block["type"].as_str() {
            Some("section") => drop(text(&block["text"], 3_000)?),
            Some("actions") => {
                let elements = block["elements"].as_array().ok_or("invalid_blocks")?;
                if !(1..=25).contains(&elements.len()) {
                    return Err("invalid_blocks");
                }
                for it in elements {
                    let (id, value) = (it["action_id"].as_str(), it["value"].as_str());
                    let (Some(id), Some(value)) = (id, value) else { return Err("invalid_blocks") };
                    let fits = id.len() <= 255 && value.chars().count() <= 2_000;
                    if it["type"] != "button" || !fits || ids.contains(&id) {
                        return Err("invalid_blocks");
                    }
                    ids.push(id);
                    buttons.push((text(&it["text"], 75)?, value.to_owned()));
                }
            }
            _ => return Err("invalid_blocks"),
        }
    }
    Ok(buttons)
}

impl Books {
    /// Notes that somebody asks, and returns where they are answered.
    pub(super) fn asks(&mut self, account: &str, below: Option<usize>) -> String {
        self.asking.push(Asking { whose: account.to_owned(), uses: 0, below });
        format!("http://{}/answer/{}", self.address, self.asking.len() - 1)
    }

    /// Makes what is sent when somebody presses a button that they see: below an answer to them first,
    /// below the newest message second.
    pub(super) fn press(&mut self, account: &str, label: &str) -> Option<Value> {
        let find = |all: &Buttons| all.iter().find(|(it, _)| it == label).cloned();
        let own = self.answers.iter().enumerate().rev();
        let own = own.filter(|(_, it)| it.whose == account && !it.gone);
        let below = own.filter_map(|(at, it)| Some((at, find(&it.buttons)?))).next();
        let sees = |channel: &str| {
            self.channels.iter().any(|it| it.id == channel && it.members.contains(account))
        };
        let public = self.messages.iter().rev().filter(|it| sees(&it.channel));
        let public = public.filter_map(|it| Some((it.channel.clone(), find(&it.buttons)?))).next();
        let (at, channel, (_, value)) = match (below, public) {
            (Some((at, button)), _) => (Some(at), "C00000001".to_owned(), button),
            (None, Some((channel, button))) => (None, channel, button),
            (None, None) => return None,
        };
        Some(self.pressed(account, (label, &value), &channel, at))
    }

    fn pressed(
        &mut self,
        account: &str,
        (label, value): (&str, &str),
        channel: &str,
        below: Option<usize>,
    ) -> Value {
        let answer = self.asks(account, below);
        let id = self.id('E');
        let text = json!({ "type": "plain_text", "text": label, "emoji": false });
        self.last_delivery = json!({
            "type": "interactive", "envelope_id": id, "accepts_response_payload": false,
            "payload": {
                "type": "block_actions", "api_app_id": "A0SPACE", "trigger_id": id,
                "user": { "id": account, "team_id": "T0SPACE" }, "team": { "id": "T0SPACE" },
                "channel": { "id": channel },
                "container": { "type": "message", "channel_id": channel, "is_ephemeral": below.is_some() },
                "response_url": answer,
                "actions": [{
                    "type": "button", "action_id": "space_0", "block_id": "b", "text": text,
                    "value": value,
                }],
            },
        });
        self.last_delivery.clone()
    }

    /// Makes a second press of the button that was pressed last, as if it was pressed before the answer
    /// came.
    pub(super) fn press_again(&mut self) -> Value {
        let id = self.id('E');
        let mut again = self.last_delivery.clone();
        let account = again["payload"]["user"]["id"].as_str().unwrap_or_default().to_owned();
        again["envelope_id"] = id.into();
        again["payload"]["response_url"] = self.asks(&account, None).into();
        again
    }

    /// Takes an answer: by default beside what is there, or in the place of what was pressed.
    pub(super) fn answer_to(&mut self, number: &str, json: &Value) -> (u16, Value) {
        let asking = number.parse().ok().and_then(|it: usize| self.asking.get_mut(it));
        let Some(asking) = asking else { return (404, json!({})) };
        asking.uses += 1;
        if asking.uses > USES {
            return (404, json!({ "ok": false, "error": "used_url" }));
        }
        let (whose, below) = (asking.whose.clone(), asking.below);
        let read = match &json["blocks"] {
            Value::Null => Ok(Buttons::new()),
            blocks => buttons(blocks),
        };
        let buttons = match read {
            Ok(buttons) => buttons,
            Err(error) => return (500, json!({ "ok": false, "error": error })),
        };
        let text = json["text"].as_str().unwrap_or_default().to_owned();
        if json["response_type"] != "ephemeral" {
            self.say("C00000001", &text, Value::Null, buttons);
            return (200, json!({ "ok": true }));
        }
        if let (Some(at), true) = (below, json["replace_original"] == true) {
            self.answers[at].gone = true;
        }
        self.answers.push(Answered { whose, text, buttons, gone: false });
        (200, json!({ "ok": true }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_slack_refuses_are_refused() {
        let plain = |text: &str| json!({ "type": "plain_text", "text": text });
        let button = |id: &str, label: &str, value: &str| json!({ "type": "button", "action_id": id, "text": plain(label), "value": value });
        let actions = |all: Value| json!([{ "type": "actions", "elements": all }]);
        let good = actions(json!([button("a", "Yes", "1"), button("b", "No", "2")]));
        assert_eq!(buttons(&good).unwrap().len(), 2);
        for bad in [
            json!({}),
            json!([{ "type": "image" }]),
            json!([{ "type": "section", "text": plain("") }]),
            json!([{ "type": "section", "text": plain(&"x".repeat(3_001)) }]),
            json!([{ "type": "section", "text": { "type": "mrkdwn", "text": "x" } }]),
            actions(json!([])),
            actions(json!([button("a", "Yes", "1"), button("a", "No", "2")])),
            actions(json!([button("a", &"x".repeat(76), "1")])),
            actions(json!([button("a", "Yes", &"x".repeat(2_001))])),
        ] {
            assert!(buttons(&bad).is_err(), "{bad}");
        }
    }
}
