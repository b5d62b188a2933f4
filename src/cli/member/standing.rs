//! How standings and covers look in tables.

use crate::{
    cli::output::table::Look,
    domain::{
        dues::{Cover, Payer, Standing},
        model::{Basis, Slot, Tier},
    },
    store::{Roster, roster::Person},
};

/// Returns the look of a standing in a table.
#[must_use]
pub(super) const fn look(standing: Standing) -> Look {
    match standing {
        Standing::Good => Look::Good,
        Standing::Lapsed => Look::Odd,
        Standing::Suspended => Look::Bad,
        Standing::Left => Look::Faint,
    }
}

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

/// Returns the first day that is not covered, in words.
#[must_use]
pub(super) fn covered_until(cover: Cover) -> String {
    match cover {
        Cover::Always => "always".into(),
        Cover::Until(day) => day.to_string(),
        Cover::Never => "-".into(),
    }
}
