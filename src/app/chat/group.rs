//! Whether a member is in a group.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::circle::Accounts;
use crate::{
    app::AppError,
    domain::model::{Channel, Group, MemberId, Slug},
    store::Revision,
};

/// Tells whether a member is in one of these groups, by the same rules by which somebody belongs to a
/// channel. Whoever has a record that cannot be read is in none.
///
/// # Errors
/// The settings cannot be read.
pub fn is_in(
    head: &Revision<'_>,
    chat: &Slug,
    groups: &[Group],
    id: MemberId,
    now: Timestamp,
) -> Result<bool, AppError> {
    let channel = Channel {
        chat: chat.clone(),
        channel: None,
        groups: groups.to_vec(),
        posts: BTreeMap::new(),
    };
    let wanted = Accounts::of(head, chat, &[]).belonging(head, &channel, now)?;
    Ok(wanted.members.contains_key(&id))
}
