//! What other processors still take from members who are to pay by this one: nobody is charged twice.

use std::collections::BTreeMap;

use super::Follower;
use crate::domain::{
    follow::{Elsewhere, Found, Holding, Terms},
    model::{Contact, MemberId, Slug},
};

/// Finds out what else is taken from members for whom something begins. A processor is only asked if one
/// of them has an account there.
pub(super) fn elsewhere(
    follower: &mut Follower,
    contacts: &BTreeMap<MemberId, Contact>,
    beginning: &[MemberId],
) -> Vec<(MemberId, Elsewhere)> {
    let mut all = Vec::new();
    for (name, other) in &mut follower.others {
        let account = |member: &MemberId| {
            Some((*member, contacts.get(member)?.accounts.get(name.as_str())?.as_str()))
        };
        let accounts: Vec<(MemberId, &str)> = beginning.iter().filter_map(account).collect();
        if accounts.is_empty() {
            continue;
        }
        let found = other.as_mut().ok().and_then(|it| it.read().ok());
        for (member, account) in accounts {
            let one = match &found {
                Some(found) => holding(found, account, name),
                None => Some(Elsewhere::Unknown(name.clone())),
            };
            all.extend(one.map(|it| (member, it)));
        }
    }
    all
}

fn holding(found: &Found<Terms>, account: &str, name: &Slug) -> Option<Elsewhere> {
    match found.accounts.iter().find(|it| it.id == account).map(|it| &it.holds) {
        Some(Holding::Nothing { .. }) => None,
        Some(Holding::Ends { on: Some(day), .. }) => Some(Elsewhere::Ends(*day)),
        Some(Holding::Has { .. } | Holding::Ends { on: None, .. } | Holding::Unclear(_)) => {
            Some(Elsewhere::GoesOn(name.clone()))
        }
        None if found.complete => None,
        None => Some(Elsewhere::Unknown(name.clone())),
    }
}
