//! Reaches a chat that the configuration names.

use crate::{
    app::AppError,
    clock,
    config::{ChatConfig, ChatConfigKind, ServicesConfig},
    domain::model::{Advice, Slug, text::shown},
    integrations::chat::{ChatError, ChatKind, ChatOptions, Workspace, workspace},
};

/// A chat whose channels follow the records.
pub struct Chat {
    /// The name that channels have for it.
    pub name: Slug,
    /// The link by which people come to the workspace.
    pub invite_link: Option<String>,
    /// The chat itself.
    pub workspace: Box<dyn Workspace>,
}

/// Returns the chat that is meant by a name or, without one, the only service there is if that is a
/// chat; `None` if a processor is meant, or if there is no service at all.
///
/// # Errors
/// Fails if there is no such service, or if there are several and none was named.
pub fn choose<'c>(
    config: &'c ServicesConfig,
    name: Option<&str>,
) -> Result<Option<(&'c Slug, &'c ChatConfig)>, AppError> {
    let (processors, chats) = (&config.processors, &config.chats);
    let names =
        || Advice::Known(processors.keys().chain(chats.keys()).map(ToString::to_string).collect());
    match name {
        _ if chats.is_empty() => Ok(None),
        None if processors.is_empty() && chats.len() == 1 => Ok(chats.iter().next()),
        None => Err(AppError::user("there are several services: name one").hint(names())),
        Some(name) => match chats.iter().find(|(it, _)| it.as_str() == name) {
            None if !processors.keys().any(|it| it.as_str() == name) => {
                let message = format!("there is no service `{}`", shown(name));
                Err(AppError::user(message).hint(names()))
            }
            found => Ok(found),
        },
    }
}

/// Opens a chat whose channels follow the records.
///
/// # Errors
/// Fails if its kind only takes posts, or if its token cannot be read.
pub fn open(name: &Slug, config: &ChatConfig) -> Result<Chat, AppError> {
    match workspace(options(config)?).map_err(trouble)? {
        Some(workspace) => {
            Ok(Chat { name: name.clone(), invite_link: config.invite_link.clone(), workspace })
        }
        None => Err(AppError::user(format!(
            "{name} only takes posts: nobody is invited to its channels or removed from them"
        ))),
    }
}

/// Returns what is needed to speak with a chat.
///
/// # Errors
/// Fails if one of its tokens cannot be read.
pub fn options(config: &ChatConfig) -> Result<ChatOptions, AppError> {
    let kind = match config.kind {
        ChatConfigKind::Slack => ChatKind::Slack,
        ChatConfigKind::Matrix => ChatKind::Matrix,
        ChatConfigKind::Discord => ChatKind::Discord,
        ChatConfigKind::Mattermost => ChatKind::Mattermost,
    };
    Ok(ChatOptions {
        kind,
        url: config.url.clone(),
        secret: config.secret()?,
        app_secret: config.app_secret()?,
        longest: ChatOptions::LONGEST,
        silence: ChatOptions::SILENCE,
        pause: clock::pause,
    })
}

/// Turns a failure of a chat into an error with the next step.
#[must_use]
pub fn trouble(error: ChatError) -> AppError {
    let message = error.to_string();
    match error {
        ChatError::Denied(_) => AppError::user(message)
            .hint("look at the file that `secret_file` names in the configuration".to_owned()),
        ChatError::Refused(_) => AppError::user(message),
        ChatError::Busy { .. } | ChatError::Down(_) => AppError::internal(message)
            .hint("try again later: nobody is invited or removed twice".to_owned()),
    }
}
