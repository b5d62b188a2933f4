//! Who is at a workspace of Slack, and in which channel.

use super::{
    Slack,
    connection::is,
    objects::{Conversation, User},
};
use crate::integrations::chat::{ChatError, Listed, Person, Room, Workspace};

/// The number of people who are invited by one request; Slack takes at most 100.
const INVITED: usize = 100;

impl Workspace for Slack {
    fn people(&mut self) -> Result<Listed<Vec<Person>>, ChatError> {
        let (users, complete) = self.connection.all::<User>("users.list", &[])?;
        Ok(Listed { all: users.into_iter().map(Person::from).collect(), complete })
    }

    fn rooms(&mut self) -> Result<Listed<Vec<Room>>, ChatError> {
        let fields = [("types", "public_channel,private_channel"), ("exclude_archived", "false")];
        let (rooms, complete) =
            self.connection.all::<Conversation>("conversations.list", &fields)?;
        self.rooms = rooms.into_iter().map(Room::from).collect();
        Ok(Listed { all: self.rooms.clone(), complete })
    }

    fn inside(
        &mut self,
        room: &Room,
    ) -> Result<Listed<std::collections::BTreeSet<String>>, ChatError> {
        let fields = [("channel", room.id.as_str())];
        let (all, complete) = self.connection.all::<String>("conversations.members", &fields)?;
        Ok(Listed { all: all.into_iter().collect(), complete })
    }

    fn join(&mut self, room: &Room) -> Result<(), ChatError> {
        if room.joined {
            return Ok(());
        }
        if room.private {
            return Err(ChatError::Refused(format!(
                "the app is not in the private channel {}: type /invite and its name there",
                room.name
            )));
        }
        self.connection.ask("conversations.join", &[("channel", &room.id)]).map(drop_answer)
    }

    fn invite(&mut self, room: &Room, accounts: &[String]) -> Result<(), ChatError> {
        for some in accounts.chunks(INVITED) {
            let users = some.join(",");
            let fields = [("channel", room.id.as_str()), ("users", &users)];
            match self.connection.ask("conversations.invite", &fields).map(drop_answer) {
                Err(error) if is(&error, "already_in_channel") && some.len() == 1 => {}
                // One of them keeps all others out.
                Err(ChatError::Refused(_)) if some.len() > 1 => self.invite_singly(room, some)?,
                done => done?,
            }
        }
        Ok(())
    }

    fn remove(&mut self, room: &Room, account: &str) -> Result<(), ChatError> {
        let fields = [("channel", room.id.as_str()), ("user", account)];
        match self.connection.ask("conversations.kick", &fields).map(drop_answer) {
            Err(error) if is(&error, "not_in_channel") => Ok(()),
            done => done,
        }
    }
}

impl Slack {
    /// Invites one after another; goes on after one who cannot be, and says who in the end.
    fn invite_singly(&mut self, room: &Room, accounts: &[String]) -> Result<(), ChatError> {
        let mut refused = None;
        for account in accounts {
            match self.invite(room, std::slice::from_ref(account)) {
                Err(ChatError::Refused(why)) => {
                    refused.get_or_insert(ChatError::Refused(format!("{account}: {why}")));
                }
                done => done?,
            }
        }
        refused.map_or(Ok(()), Err)
    }
}

/// What an answer says besides that it worked is of no use.
pub(super) fn drop_answer(_: serde_json::Value) {}

impl From<User> for Person {
    fn from(user: User) -> Self {
        let name = user.profile.real_name.filter(|it| !it.is_empty()).unwrap_or(user.name);
        Self {
            // Slack's own program is not marked as one.
            is_program: user.is_bot || user.id == "USLACKBOT",
            id: user.id,
            name: Some(name).filter(|it| !it.is_empty()),
            email: user.profile.email.filter(|it| user.is_email_confirmed && !it.is_empty()),
            administers: user.is_admin || user.is_owner,
            is_gone: user.deleted,
        }
    }
}

impl From<Conversation> for Room {
    fn from(it: Conversation) -> Self {
        Self {
            id: it.id,
            name: it.name,
            archived: it.is_archived,
            joined: it.is_member,
            private: it.is_private,
            general: it.is_general,
        }
    }
}
