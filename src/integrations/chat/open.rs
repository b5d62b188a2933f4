//! Makes the chat that a configuration names.

#[cfg(feature = "services")]
use super::ChatKind;
use super::{ChatError, ChatOptions, Poster, Workspace};

/// Makes something to post with.
///
/// # Errors
/// Its address cannot be used, or this program was built without services.
#[cfg(feature = "services")]
pub fn poster(options: ChatOptions) -> Result<Box<dyn Poster>, ChatError> {
    use super::{slack::Slack, webhook};
    Ok(match options.kind {
        ChatKind::Slack => Box::new(Slack::new(options)?),
        ChatKind::Matrix => Box::new(webhook::Matrix::new(options)?),
        ChatKind::Discord => Box::new(webhook::Discord::new(options)?),
        ChatKind::Mattermost => Box::new(webhook::Mattermost::new(options)?),
    })
}

/// Makes a chat whose channels follow the records; `None` if its kind only takes posts.
///
/// # Errors
/// Its address cannot be used, or this program was built without services.
#[cfg(feature = "services")]
pub fn workspace(options: ChatOptions) -> Result<Option<Box<dyn Workspace>>, ChatError> {
    Ok(match options.kind {
        ChatKind::Slack => Some(Box::new(super::slack::Slack::new(options)?)),
        ChatKind::Matrix | ChatKind::Discord | ChatKind::Mattermost => None,
    })
}

/// Makes nothing.
///
/// # Errors
/// Always: this program has no chats.
#[cfg(not(feature = "services"))]
pub fn poster(_: ChatOptions) -> Result<Box<dyn Poster>, ChatError> {
    Err(none())
}

/// Makes nothing.
///
/// # Errors
/// Always: this program has no chats.
#[cfg(not(feature = "services"))]
pub fn workspace(_: ChatOptions) -> Result<Option<Box<dyn Workspace>>, ChatError> {
    Err(none())
}

/// Says that this program has no chats, and how to get them.
#[cfg(not(feature = "services"))]
#[must_use]
pub fn none() -> ChatError {
    use crate::left_out;
    let words = left_out::without("outside services");
    ChatError::Denied(format!("{words}; {}", left_out::INSTALL))
}
