//! What the records want members to have at a service.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::model::{MemberId, Slug};

/// What a member is to have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Want<T> {
    /// What it is.
    pub what: T,
    /// The first local day that is not paid for yet, if that is known: nothing is charged before it.
    pub from: Option<Date>,
    /// The first local day on which it is no longer wanted: nothing is charged on it or later.
    pub until: Option<Date>,
    /// Why nothing is begun yet, in words.
    pub hold: Option<String>,
    /// Why, in words.
    pub because: String,
}

/// What another service takes from a member who is to have something at this one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Elsewhere {
    /// Nothing from that local day on.
    Ends(Date),
    /// It goes on until somebody ends it.
    GoesOn(Slug),
    /// The service did not say.
    Unknown(Slug),
}

/// What all members are to have, and which accounts are theirs by the records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted<T> {
    /// Who is to have something.
    pub members: BTreeMap<MemberId, Want<T>>,
    /// Who is to have nothing, and why.
    pub others: BTreeMap<MemberId, String>,
    /// Those about whom the records do not say enough: nothing is done for them.
    pub unreadable: BTreeSet<MemberId>,
    /// The account of each member, by the records.
    pub known: BTreeMap<MemberId, String>,
    /// What the reference of a member begins with.
    pub prefix: String,
}

impl<T> Wanted<T> {
    /// Heeds what another service still takes from a member: nothing is begun here before that ends.
    pub fn heed(&mut self, member: MemberId, elsewhere: &Elsewhere) {
        let Some(want) = self.members.get_mut(&member) else { return };
        match elsewhere {
            Elsewhere::Ends(day) => want.from = want.from.max(Some(*day)),
            Elsewhere::GoesOn(service) => {
                want.hold = Some(format!("{service} still takes something from them"));
            }
            Elsewhere::Unknown(service) => {
                want.hold = Some(format!("it is not known what {service} takes from them"));
            }
        }
    }

    /// Returns the member of this space whose reference it is.
    #[must_use]
    pub fn member_of(&self, mark: &str) -> Option<MemberId> {
        let id = mark.strip_prefix(&self.prefix)?.parse().ok()?;
        let is_here = self.members.contains_key(&id)
            || self.others.contains_key(&id)
            || self.unreadable.contains(&id);
        is_here.then_some(id)
    }
}
