//! What members owe, by what is on record about them.

use jiff::civil::Date;

use super::{Refusal, look_up};
use crate::domain::{
    dues::{self, Cover, CoverTerms, Dues, Household},
    model::{Member, MemberId, Record, RecordPath},
    records::Records,
};

/// Works out what a member owes on a local day; `children` are those whose parent the member is.
///
/// # Errors
/// Refuses if the tier or the settings are not there or cannot be read.
pub fn owed(
    records: &dyn Records,
    id: MemberId,
    member: &Member,
    children: &[MemberId],
    on: Date,
) -> Result<Dues, Refusal> {
    let (space, tier) = (look_up::space(records)?, look_up::tier(records, &member.tier)?);
    Ok(dues::dues(&space.dues, &tier, &household(records, id, member, children), on))
}

/// Works out until when a member is covered, reading only those few records that decide it; a
/// parent or a tier that is not there or cannot be read covers nobody.
#[must_use]
pub fn cover(records: &dyn Records, member: &Member, grace_days: u16) -> Cover {
    let payer = |it: &Member| CoverTerms::new(it, look_up::tier(records, &it.tier).ok().as_ref());
    Cover::of(payer(member), grace_days, |id| look_up::member(records, id).ok().as_ref().map(payer))
}

/// Gathers what of a member and the children decides dues; children who cannot be read are left
/// out.
#[must_use]
pub fn household(
    records: &dyn Records,
    id: MemberId,
    member: &Member,
    children: &[MemberId],
) -> Household {
    let child = |id: &MemberId| match records.record(&RecordPath::Member(*id)) {
        Some(Record::Member(child)) => Some(look_up::person(records, *id, &child)),
        _ => None,
    };
    Household {
        payer: look_up::person(records, id, member),
        children: children.iter().filter_map(child).collect(),
    }
}
