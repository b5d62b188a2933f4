//! Finds out whose an e-mail address is.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{domain::model::MemberId, store::Revision};

/// Whose addresses they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    /// One member's.
    One(MemberId),
    /// No member's.
    Nobodys,
    /// Of more than one member.
    Several,
}

impl Whose {
    /// Tells whose these addresses are. Those who have left have none.
    pub(super) fn of(head: &Revision<'_>, addresses: &[String], today: Date) -> Self {
        let all: BTreeSet<MemberId> =
            addresses.iter().flat_map(|it| head.members_at(it.trim())).collect();
        let belongs = |id: &MemberId| {
            let (folder, _) = head.member(*id);
            let member = folder.and_then(|it| it.member.get().cloned());
            member.is_some_and(|it| it.left.is_none_or(|left| today < left))
        };
        let mut members = all.into_iter().filter(belongs);
        match (members.next(), members.next()) {
            (None, _) => Self::Nobodys,
            (Some(id), None) => Self::One(id),
            (Some(_), Some(_)) => Self::Several,
        }
    }
}
