//! Until when members are covered.

use crate::{
    domain::{
        dues::{Cover, Payer},
        model::{Basis, Slot, Tier},
    },
    store::{Roster, roster::Person},
};

/// Works out until when a member is covered; `roster` knows those who pay.
pub(crate) fn cover(person: &Person<'_>, basis: &Basis, roster: &Roster) -> Cover {
    let payer = |person: &Person<'_>| Payer {
        parent: person.parent,
        owes_dues: basis.tiers.get(person.tier).and_then(Slot::get).map(Tier::owes_dues),
        paid_until: person.paid_until,
    };
    let grace = basis.space.get().map_or(0, |space| space.grace_days);
    Cover::of(payer(person), grace, |id| roster.get(id)?.person().as_ref().map(payer))
}
