//! The chats of this machine, and how they were found last.

use jiff::tz::TimeZone;

use super::ChatState;
use crate::{
    app::{
        AppError,
        service::{Inbox, ServiceView},
    },
    config::{ChatConfigKind, ServicesConfig},
    store::Revision,
};

/// Lists the chats that are configured, by what was found when they were compared last.
///
/// # Errors
/// Fails if what is remembered cannot be read.
pub fn overview(
    config: &ServicesConfig,
    head: &Revision<'_>,
    zone: &TimeZone,
) -> Result<Vec<ServiceView>, AppError> {
    let contacts = head.contacts(|_| true);
    let row = |(name, it): (&crate::domain::model::Slug, &crate::config::ChatConfig)| {
        let state: ChatState = head.store().service_state(name)?;
        let has =
            |contact: &crate::domain::model::Contact| contact.accounts.contains_key(name.as_str());
        let members = contacts.iter().filter(|(_, contact)| has(contact)).count();
        Ok(ServiceView::new(name, it.kind.word(), members, (state.into(), Inbox::default()), zone))
    };
    // Others only take posts: nothing there follows the records.
    let following = config.chats.iter().filter(|(_, it)| it.kind == ChatConfigKind::Slack);
    following.map(row).collect()
}
