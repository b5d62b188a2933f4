//! What members owe according to their records.

use jiff::civil::Date;

use super::{Refusal, look_up};
use crate::domain::{
    dues::{self, Cover, CoverTerms, Dues, Household},
    model::{Member, MemberId, Record, RecordPath},
    records::Records,
};

/// Calculates what a member owes on a local day; `children` are those whose parent the member is.
///
/// # Errors
/// Refuses if the tier or the settings are missing or unreadable.
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

/// Calculates until when a member is covered, as it is known on a day, reading only the few records
/// that matter. A missing or unreadable parent or tier covers nobody.
#[must_use]
pub fn cover(records: &dyn Records, member: &Member, grace_days: u16, on: Date) -> Cover {
    let payer = |it: &Member| CoverTerms::new(it, look_up::tier(records, &it.tier).ok().as_ref());
    let parent = |id| look_up::member(records, id).ok().as_ref().map(payer);
    Cover::of(payer(member), grace_days, on, parent)
}

/// Gathers what decides the dues about a member and the children; children whose records cannot be
/// read are left out.
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
