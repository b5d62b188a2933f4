//! Posts at Slack, each text once: it carries a mark by which it is found again.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Slack,
    blocks::blocks,
    escape::escape,
    objects::{Message, OneConversation},
    rooms::drop_answer,
};
use crate::integrations::chat::{Arrived, ChatError, Outgoing, Poster, To, Workspace as _};

/// What marks a message as one of this program.
const MARK: &str = "space_post";

/// The number of characters of a text; Slack cuts off longer ones.
const LONGEST: usize = 4_000;

impl Poster for Slack {
    fn post(&mut self, it: &Outgoing) -> Result<(), ChatError> {
        let channel = self.place(&it.to)?;
        let text: String = it.text.chars().take(LONGEST).collect();
        let metadata = json!({ "event_type": MARK, "event_payload": { "key": it.key } });
        let (escaped, metadata) = (escape(&text), metadata.to_string());
        let blocks = blocks(&text, &it.buttons).to_string();
        let mut fields = vec![
            ("channel", channel.as_str()),
            ("text", &escaped),
            ("mrkdwn", "false"),
            ("link_names", "false"),
            ("parse", "none"),
            ("unfurl_links", "false"),
            ("unfurl_media", "false"),
            ("metadata", &metadata),
        ];
        if !it.buttons.is_empty() {
            fields.push(("blocks", &blocks)); // the text is what notifications show
        }
        self.connection.once("chat.postMessage", &fields).map(drop_answer)
    }

    fn arrived(&mut self, it: &Outgoing, since: Timestamp) -> Result<Arrived, ChatError> {
        let channel = self.place(&it.to)?;
        // The two clocks may differ a little.
        let oldest = (since.as_second() - 120).to_string();
        let fields =
            [("channel", channel.as_str()), ("oldest", &oldest), ("include_all_metadata", "true")];
        let history = self.connection.all::<Message>("conversations.history", &fields);
        let (messages, complete) = history?;
        let is_it = |message: &Message| {
            let mark = message.metadata.as_ref();
            mark.is_some_and(|mark| mark.event_type == MARK && mark.event_payload.key == it.key)
        };
        Ok(match (messages.iter().any(is_it), complete) {
            (true, _) => Arrived::Yes,
            (false, true) => Arrived::No,
            (false, false) => Arrived::Unknown,
        })
    }
}

impl Slack {
    /// Returns the id of the channel that something goes to.
    fn place(&mut self, to: &To) -> Result<String, ChatError> {
        match to {
            To::Channel(name) => self.room(name),
            To::Person(account) => {
                if let Some(channel) = self.alone.get(account) {
                    return Ok(channel.clone());
                }
                let opened: OneConversation =
                    self.connection.ask("conversations.open", &[("users", account)])?;
                self.alone.insert(account.clone(), opened.channel.id.clone());
                Ok(opened.channel.id)
            }
        }
    }

    /// Finds a channel by its name or id, and brings the app into it.
    fn room(&mut self, name: &str) -> Result<String, ChatError> {
        let find = |it: &Self| it.rooms.iter().find(|it| it.id == name || it.name == name).cloned();
        let room = match find(self).filter(|it| it.joined) {
            Some(room) => return Ok(room.id),
            None => {
                self.rooms()?;
                find(self).ok_or_else(|| {
                    ChatError::Refused(format!(
                        "there is no channel {name} at Slack, or it is private and the app is not in it"
                    ))
                })?
            }
        };
        if room.archived {
            return Err(ChatError::Refused(format!("the channel {name} is archived")));
        }
        self.join(&room)?;
        for it in self.rooms.iter_mut().filter(|it| it.id == room.id) {
            it.joined = true;
        }
        Ok(room.id)
    }
}
