//! The members of whom dues are asked, with what they owe on a day.

use jiff::civil::Date;

use crate::{
    cli::{CliError, fetch},
    domain::{
        dues::{Dues, Subject},
        model::{Advice, Basis, Member, MemberId, Slug},
        ops::{self, Refusal},
        records::Records as _,
    },
    store::Revision,
};

/// A member and what the member owes.
pub(super) struct Owing {
    pub(super) id: MemberId,
    pub(super) name: String,
    pub(super) tier: Slug,
    pub(super) paid_until: Option<Date>,
    pub(super) dues: Dues,
}

/// Works out what one member owes.
///
/// # Errors
/// That nobody is called so, or that the tier cannot be read.
pub(super) fn one(head: &Revision<'_>, text: &str, on: Date) -> Result<Owing, CliError> {
    let (id, member) = fetch::member(head, text)?;
    let dues = ops::dues::owed(head, id, &member, &head.children(id), on)?;
    let Member { name, tier, paid_until, .. } = member;
    Ok(Owing { id, name, tier, paid_until, dues })
}

/// Works out what everybody owes who is a member on a day, by these settings and tiers, sorted by
/// number. Members whose tier cannot be read are left out.
///
/// # Errors
/// That the settings cannot be read.
pub(super) fn all(head: &Revision<'_>, basis: &Basis, on: Date) -> Result<Vec<Owing>, CliError> {
    if basis.space.get().is_none() {
        return Err(Refusal::new("space.json cannot be read").hint(Advice::Check).into());
    }
    let census = head.census_by(basis.clone());
    let everybody = census.everybody();
    let owing = |it: &Subject<'_>| {
        let dues = it.belongs(on).then(|| everybody.dues(it, on))??;
        Some(Owing {
            id: it.id,
            name: it.name.to_owned(),
            tier: it.tier.clone(),
            paid_until: it.paid_until,
            dues,
        })
    };
    Ok(everybody.subjects().iter().filter_map(owing).collect())
}
