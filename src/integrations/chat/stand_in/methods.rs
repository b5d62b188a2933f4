//! The methods of the Web API.

use serde_json::{Value, json};

use super::{
    asked::Asked,
    books::{Books, OWN},
    presses::buttons,
};

/// An answer: a status and an object.
type Answer = (u16, Value);

fn refuse(code: &str) -> Value {
    json!({ "ok": false, "error": code })
}

/// The answer that has nothing in it, whatever there is.
pub(super) fn empty(asked: &Asked) -> Value {
    let list = match asked.what().as_str() {
        "conversations.list" => "channels",
        "conversations.history" => "messages",
        _ => "members",
    };
    json!({ "ok": true, list: [], "response_metadata": { "next_cursor": "" } })
}

impl Books {
    /// Answers a request.
    pub(super) fn answer(&mut self, asked: &Asked) -> Answer {
        let Some(method) = asked.path.strip_prefix("/api/") else {
            return self.webhook(asked);
        };
        let secret = asked.secret.as_deref();
        let wanted = match method {
            "apps.connections.open" => &self.app_secret,
            _ => &self.secret,
        };
        if secret != Some(wanted.as_str()) {
            return (200, refuse(if secret.is_none() { "not_authed" } else { "invalid_auth" }));
        }
        if self.revoked {
            return (200, refuse("token_revoked"));
        }
        let answer = match method {
            "apps.connections.open" => {
                let own = || format!("ws://{}/socket/1", self.address);
                Ok(json!({ "ok": true, "url": self.sockets.clone().unwrap_or_else(own) }))
            }
            "users.list" => self.users(asked),
            "conversations.list" => self.conversations(asked),
            "conversations.members" => self.members(asked),
            "conversations.join" => self.join(asked),
            "conversations.invite" => self.invite(asked),
            "conversations.kick" => self.kick(asked),
            "conversations.open" => self.open(asked),
            "conversations.history" => self.history(asked),
            "chat.postMessage" => self.post(asked),
            _ => Err("unknown_method"),
        };
        (200, answer.unwrap_or_else(refuse))
    }

    /// Returns one page of a list.
    fn page(&self, asked: &Asked, list: &str, all: Vec<Value>) -> Result<Value, &'static str> {
        let from = match asked.get("cursor") {
            "" => 0,
            cursor => {
                let (from, generation) = cursor.split_once('-').ok_or("invalid_cursor")?;
                if generation != self.generation.to_string() {
                    return Err("invalid_cursor");
                }
                from.parse::<usize>().map_err(|_| "invalid_cursor")?
            }
        };
        let limit: usize = asked.get("limit").parse().unwrap_or(100);
        if limit > 999 {
            return Err("invalid_limit");
        }
        let limit = limit.min(self.page);
        let end = (from + limit).min(all.len());
        let next =
            if end < all.len() { format!("{end}-{}", self.generation) } else { String::new() };
        let page = all.get(from..end).unwrap_or_default();
        Ok(json!({ "ok": true, list: page, "response_metadata": { "next_cursor": next } }))
    }

    fn users(&self, asked: &Asked) -> Result<Value, &'static str> {
        self.page(asked, "members", self.people.clone())
    }

    fn conversations(&self, asked: &Asked) -> Result<Value, &'static str> {
        let private = asked.get("types").contains("private_channel");
        // A private channel is not seen by who is not in it.
        let seen = self.channels.iter().enumerate().filter(|(_, it)| {
            it.with.is_none() && (!it.private || (private && it.members.contains(OWN)))
        });
        let all = seen.map(|(number, it)| {
            json!({
                "id": it.id, "name": it.name, "is_channel": true, "is_archived": it.archived,
                "is_private": it.private, "is_general": number == 0,
                "is_member": it.members.contains(OWN),
            })
        });
        self.page(asked, "channels", all.collect())
    }

    /// Finds a channel that something is to be done in.
    fn open_channel(&mut self, asked: &Asked) -> Result<usize, &'static str> {
        let id = asked.get("channel");
        let found = self.channels.iter().position(|it| it.id == id).ok_or("channel_not_found")?;
        match self.channels[found].archived {
            true => Err("is_archived"),
            false => Ok(found),
        }
    }

    fn members(&mut self, asked: &Asked) -> Result<Value, &'static str> {
        let id = asked.get("channel");
        let found = self.channels.iter().find(|it| it.id == id).ok_or("channel_not_found")?;
        let all = found.members.iter().map(|it| it.as_str().into()).collect();
        self.page(asked, "members", all)
    }

    fn join(&mut self, asked: &Asked) -> Result<Value, &'static str> {
        let at = self.open_channel(asked)?;
        if self.channels[at].private {
            return Err("method_not_supported_for_channel_type");
        }
        self.channels[at].members.insert(OWN.to_owned());
        Ok(json!({ "ok": true, "channel": { "id": self.channels[at].id } }))
    }

    fn invite(&mut self, asked: &Asked) -> Result<Value, &'static str> {
        let at = self.open_channel(asked)?;
        let users: Vec<String> = asked.get("users").split(',').map(str::to_owned).collect();
        if users.len() > 100 {
            return Err("too_many_users");
        }
        if !self.channels[at].members.contains(OWN) {
            return Err("not_in_channel");
        }
        for user in &users {
            let known = |it: &Value| it["id"] == *user && it["deleted"] == false;
            if !self.people.iter().any(known) {
                return Err("user_not_found");
            }
            if user == OWN {
                return Err("cant_invite_self");
            }
            if self.channels[at].members.contains(user) {
                return Err("already_in_channel");
            }
        }
        self.channels[at].members.extend(users);
        Ok(json!({ "ok": true, "channel": { "id": self.channels[at].id } }))
    }

    fn kick(&mut self, asked: &Asked) -> Result<Value, &'static str> {
        let at = self.open_channel(asked)?;
        if at == 0 {
            return Err("cant_kick_from_general");
        }
        if !self.channels[at].members.contains(OWN) {
            return Err("not_in_channel");
        }
        match self.channels[at].members.remove(asked.get("user")) {
            true => Ok(json!({ "ok": true })),
            false => Err("not_in_channel"),
        }
    }

    fn open(&mut self, asked: &Asked) -> Result<Value, &'static str> {
        let account = asked.get("users");
        let person = self.people.iter().find(|it| it["id"] == account).ok_or("user_not_found")?;
        if person["deleted"] == true {
            return Err("user_disabled");
        }
        let id = self.alone(account);
        Ok(json!({ "ok": true, "channel": { "id": id } }))
    }

    fn history(&mut self, asked: &Asked) -> Result<Value, &'static str> {
        let id = asked.get("channel");
        let found = self.channels.iter().find(|it| it.id == id).ok_or("channel_not_found")?;
        if !found.members.contains(OWN) {
            return Err("not_in_channel");
        }
        let (id, oldest) = (&found.id, asked.get("oldest").parse().unwrap_or(0));
        let with_metadata = asked.get("include_all_metadata") == "true";
        let of = self.messages.iter().rev().filter(|it| it.channel == *id && it.at > oldest);
        let all = of.map(|it| {
            let ts = format!("{}.{:06}", it.at, it.number);
            let mut message = json!({ "type": "message", "ts": ts, "text": it.text });
            if with_metadata && !it.metadata.is_null() {
                message["metadata"] = it.metadata.clone();
            }
            message
        });
        let all = all.collect();
        self.page(asked, "messages", all)
    }

    fn post(&mut self, asked: &Asked) -> Result<Value, &'static str> {
        let at = self.open_channel(asked)?;
        if asked.get("text").is_empty() {
            return Err("no_text");
        }
        let channel = &self.channels[at];
        if !channel.members.contains(OWN) {
            return Err("not_in_channel");
        }
        let id = channel.id.clone();
        let metadata = serde_json::from_str(asked.get("metadata")).unwrap_or_default();
        let buttons = match asked.get("blocks") {
            "" => Vec::new(),
            blocks => buttons(&serde_json::from_str(blocks).unwrap_or_default())?,
        };
        let ts = self.say(&id, asked.get("text"), metadata, buttons);
        Ok(json!({ "ok": true, "channel": id, "ts": ts }))
    }
}
