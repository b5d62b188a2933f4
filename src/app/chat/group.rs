//! Whether a member is in a group.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::circle::Accounts;
use crate::{
    app::{AppError, zone},
    domain::{
        follow::{self, Circle},
        model::{Channel, Group, MemberFolder, MemberId, Slug},
    },
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
    let today = now.to_zoned(zone::of(head)?).date();
    let accounts = Accounts::of(head, chat, &[]);
    let (basis, _) = head.basis();
    let roster = head.roster();
    let members: BTreeMap<MemberId, &MemberFolder> =
        roster.members().map(|folder| (folder.id, folder)).collect();
    let circle = Circle {
        members: &members,
        basis: &basis,
        cover: &|member| roster.cover(member, &basis, today),
        unreadable: &accounts.unreadable,
        known: &accounts.known,
        prefix: "",
        now,
        today,
    };
    let (groups, posts) = (groups.to_vec(), BTreeMap::new());
    let channel = Channel { chat: chat.clone(), channel: None, groups, posts };
    Ok(follow::belonging(&channel, &circle).members.contains_key(&id))
}
