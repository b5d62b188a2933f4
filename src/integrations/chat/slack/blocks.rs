//! A text with buttons below it, as Slack wants it (docs.slack.dev, "Block Kit": section, actions, button).

use serde_json::{Value, json};

use super::escape::escape;
use crate::integrations::chat::Button;

/// The number of characters of the text of a section.
const LONGEST: usize = 3_000;

/// The number of characters of what a button says.
const LABEL: usize = 75;

/// The number of buttons below a text.
const MOST: usize = 25;

/// Returns the blocks: all of it is plain text.
pub(super) fn blocks(text: &str, buttons: &[Button]) -> Value {
    let plain = |text: &str, longest: usize| json!({ "type": "plain_text", "text": cut(text, longest), "emoji": false });
    let elements: Vec<Value> = buttons
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(number, it)| {
            json!({
                "type": "button", "action_id": format!("space_{number}"),
                "text": plain(&it.label, LABEL), "value": it.value,
            })
        })
        .collect();
    json!([
        { "type": "section", "text": plain(text, LONGEST) },
        { "type": "actions", "elements": elements },
    ])
}

/// Escapes a text, and cuts off what is too long then, but not in the middle of an escape.
fn cut(text: &str, longest: usize) -> String {
    let mut cut = String::new();
    let mut length = 0;
    for c in text.chars() {
        let escaped = escape(c.encode_utf8(&mut [0; 4]));
        length += escaped.chars().count();
        if length > longest {
            break;
        }
        cut.push_str(&escaped);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_off_and_what_would_be_markup_is_none() {
        let buttons: Vec<Button> =
            (0..30).map(|it| Button::new("<".repeat(30), format!("v{it}"))).collect();
        let blocks = blocks(&"&".repeat(4_000), &buttons);
        assert_eq!(blocks[0]["text"]["text"], "&amp;".repeat(600));
        assert_eq!(blocks[0]["text"]["type"], "plain_text");
        let elements = blocks[1]["elements"].as_array().unwrap();
        assert_eq!(elements.len(), 25);
        assert_eq!(elements[24]["text"]["text"], "&lt;".repeat(18));
        let ids: std::collections::BTreeSet<&str> =
            elements.iter().filter_map(|it| it["action_id"].as_str()).collect();
        assert_eq!((ids.len(), &elements[3]["value"]), (25, &"v3".into()));
    }
}
