//! Chats that only take posts, by one address for each channel or room.

mod discord;
mod matrix;
mod mattermost;

pub(super) use self::{discord::Discord, matrix::Matrix, mattermost::Mattermost};

use super::{ChatError, ChatOptions, To};
use crate::{
    domain::model::text,
    integrations::http::{Client, NoReply, Reply, secure},
};

/// Makes a client, after a look at the address.
fn client(options: &ChatOptions, url: &str) -> Result<Client, ChatError> {
    secure::check(url).map_err(|_| {
        ChatError::Denied("the address does not begin with https, or is not an address".into())
    })?;
    Client::new(options.longest).map_err(|NoReply(why)| ChatError::Denied(why))
}

/// Turns the status of an answer into a failure; `name` says whose it is.
fn accept(name: &str, reply: &Reply) -> Result<(), ChatError> {
    let said = text::line(&String::from_utf8_lossy(&reply.body), 200);
    match reply.status {
        200..300 => Ok(()),
        status @ (401 | 403 | 404) => {
            Err(ChatError::Denied(format!("{name} does not let us post (status {status}): {said}")))
        }
        status => Err(ChatError::Refused(format!("{name} refuses (status {status}): {said}"))),
    }
}

/// Refuses to write to somebody alone, which these cannot.
fn channel<'a>(name: &str, to: &'a To) -> Result<&'a str, ChatError> {
    match to {
        To::Channel(channel) => Ok(channel),
        To::Person(_) => {
            Err(ChatError::Refused(format!("{name} is only posted to: nobody is written to alone")))
        }
    }
}
