//! The members who owe dues, with what they owe on a day.

use jiff::civil::Date;

use crate::{
    app::{AppError, look_up},
    domain::{
        dues::{Dues, MemberTerms},
        model::{Advice, Basis, Member, MemberId, Slug},
        ops::{self, Refusal},
        records::Records as _,
    },
    store::Revision,
};

/// A member and what they owe.
pub struct Owing {
    /// The member.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Their tier.
    pub tier: Slug,
    /// The first day that is not paid.
    pub paid_until: Option<Date>,
    /// What they owe, and how it is made up.
    pub dues: Dues,
}

/// Works out what one member owes.
///
/// # Errors
/// Fails if no member matches, or if the tier cannot be read.
pub fn one(head: &Revision<'_>, text: &str, on: Date) -> Result<Owing, AppError> {
    let (id, member) = look_up::member(head, text)?;
    let dues = ops::dues::owed(head, id, &member, &head.children(id), on)?;
    let Member { name, tier, paid_until, .. } = member;
    Ok(Owing { id, name, tier, paid_until, dues })
}

/// Works out what each member on a day owes by these settings and tiers, sorted by number. Members
/// whose tier cannot be read are left out.
///
/// # Errors
/// Fails if the settings cannot be read.
pub fn all(head: &Revision<'_>, basis: &Basis, on: Date) -> Result<Vec<Owing>, AppError> {
    if basis.space.get().is_none() {
        return Err(Refusal::new("space.json cannot be read").hint(Advice::Check).into());
    }
    let census = head.census_with_basis(basis.clone());
    let everybody = census.all_members();
    let owing = |it: &MemberTerms<'_>| {
        let dues = it.is_member_on(on).then(|| everybody.dues(it, on))??;
        Some(Owing {
            id: it.id,
            name: it.name.to_owned(),
            tier: it.tier.clone(),
            paid_until: it.paid_until,
            dues,
        })
    };
    Ok(everybody.members().iter().filter_map(owing).collect())
}
