//! What the workspace consists of: accounts, channels, messages.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::answered::{Answered, Asking, Buttons};

/// The account of this program.
pub(super) const OWN: &str = "U0SPACE";

/// The workspace.
#[derive(Debug)]
pub(super) struct Books {
    pub(super) secret: String,
    pub(super) app_secret: String,
    pub(super) address: String,
    pub(super) revoked: bool,
    pub(super) page: usize,
    pub(super) people: Vec<Value>,
    pub(super) channels: Vec<Channel>,
    pub(super) messages: Vec<Message>,
    pub(super) answers: Vec<Answered>,
    /// Those who may be answered, each by its number.
    pub(super) asking: Vec<Asking>,
    pub(super) last_delivery: Value,
    /// Where web sockets are opened, if not here.
    pub(super) sockets: Option<String>,
    /// What the cursors of pages end with; it changes when they are forgotten.
    pub(super) generation: u32,
    count: u64,
    now: Timestamp,
}

/// A channel, or somebody who is written to alone.
#[derive(Debug)]
pub(super) struct Channel {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) private: bool,
    pub(super) archived: bool,
    /// With whom it is, if it is with one person alone.
    pub(super) with: Option<String>,
    pub(super) members: BTreeSet<String>,
}

/// A message.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) channel: String,
    /// The second at which it was posted.
    pub(super) at: i64,
    pub(super) number: u64,
    pub(super) text: String,
    pub(super) metadata: Value,
    pub(super) buttons: Buttons,
}

impl Books {
    pub(super) fn new(secret: &str, app_secret: &str, now: Timestamp) -> Self {
        let mut books = Self {
            secret: secret.to_owned(),
            app_secret: app_secret.to_owned(),
            address: String::new(),
            revoked: false,
            page: 1_000,
            people: Vec::new(),
            channels: Vec::new(),
            messages: Vec::new(),
            answers: Vec::new(),
            asking: Vec::new(),
            last_delivery: Value::Null,
            sockets: None,
            generation: 0,
            count: 0,
            now,
        };
        books.people.push(json!({
            "id": OWN, "name": "space", "deleted": false, "is_bot": true,
            "profile": { "real_name": "space" },
        }));
        books.channel("general", false);
        books
    }

    /// Makes an id that was not there before.
    pub(super) fn id(&mut self, kind: char) -> String {
        self.count += 1;
        format!("{kind}{:08}", self.count)
    }

    pub(super) fn person(&mut self, name: &str, email: Option<&str>) -> String {
        let id = self.id('U');
        let mut person = json!({
            "id": id, "name": name.to_lowercase().replace(' ', "."), "deleted": false,
            "is_bot": false, "is_admin": false, "is_owner": false, "is_email_confirmed": true,
            "profile": { "real_name": name },
        });
        if let Some(email) = email {
            person["profile"]["email"] = email.into();
        }
        self.people.push(person);
        self.channels[0].members.insert(id.clone());
        id
    }

    pub(super) fn set(&mut self, account: &str, field: &str, value: Value) {
        if let Some(person) = self.people.iter_mut().find(|it| it["id"] == account) {
            person[field] = value;
        }
    }

    pub(super) fn channel(&mut self, name: &str, private: bool) -> String {
        let id = self.id('C');
        self.channels.push(Channel {
            id: id.clone(),
            name: name.to_owned(),
            private,
            archived: false,
            with: None,
            members: BTreeSet::new(),
        });
        id
    }

    /// Returns the channel in which somebody is written to alone.
    pub(super) fn alone(&mut self, account: &str) -> String {
        if let Some(it) = self.channels.iter().find(|it| it.with.as_deref() == Some(account)) {
            return it.id.clone();
        }
        let id = self.id('D');
        self.channels.push(Channel {
            id: id.clone(),
            name: String::new(),
            private: true,
            archived: false,
            with: Some(account.to_owned()),
            members: BTreeSet::from([OWN.to_owned(), account.to_owned()]),
        });
        id
    }

    pub(super) fn find(&mut self, channel: &str) -> Option<&mut Channel> {
        self.channels.iter_mut().find(|it| {
            it.id == channel || it.name == channel || it.with.as_deref() == Some(channel)
        })
    }

    pub(super) fn put(&mut self, channel: &str, account: &str, inside: bool) {
        let account = account.to_owned();
        if let Some(it) = self.find(channel) {
            if inside {
                it.members.insert(account)
            } else {
                it.members.remove(&account)
            };
        }
    }

    pub(super) fn archive(&mut self, channel: &str) {
        if let Some(it) = self.find(channel) {
            it.archived = true;
        }
    }

    pub(super) fn inside(&mut self, channel: &str) -> Vec<String> {
        let members = self.find(channel).map(|it| it.members.clone()).unwrap_or_default();
        let inside = self
            .people
            .iter()
            .filter(|it| it["id"].as_str().is_some_and(|id| id != OWN && members.contains(id)));
        let name = |it: &Value| it["profile"]["real_name"].as_str().unwrap_or_default().to_owned();
        let mut names: Vec<String> = inside.map(name).collect();
        names.sort();
        names
    }

    pub(super) fn texts(&mut self, channel: &str) -> Vec<String> {
        let Some(id) = self.find(channel).map(|it| it.id.clone()) else { return Vec::new() };
        self.messages.iter().filter(|it| it.channel == id).map(|it| it.text.clone()).collect()
    }

    /// Adds a message, and returns its time as Slack writes it.
    pub(super) fn say(
        &mut self,
        channel: &str,
        text: &str,
        metadata: Value,
        buttons: Buttons,
    ) -> String {
        self.count += 1;
        let (at, number) = (self.now.as_second(), self.count);
        let (channel, text) = (channel.to_owned(), text.to_owned());
        self.messages.push(Message { channel, at, number, text, metadata, buttons });
        format!("{at}.{number:06}")
    }

    /// Makes what is sent when somebody types a command.
    pub(super) fn command(&mut self, account: &str, text: &str) -> Value {
        let answer = self.asks(account, None);
        let id = self.id('E');
        self.last_delivery = json!({
            "type": "slash_commands", "envelope_id": id, "accepts_response_payload": true,
            "payload": {
                "team_id": "T0SPACE", "channel_id": "C00000001", "user_id": account,
                "command": "/space", "text": text, "response_url": answer, "trigger_id": id,
            },
        });
        self.last_delivery.clone()
    }

    pub(super) fn forget_cursors(&mut self) {
        self.generation += 1;
    }
}
