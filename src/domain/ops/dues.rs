//! What members owe, by what is on record about them.

use jiff::civil::Date;

use super::{Refusal, look_up};
use crate::domain::{
    dues::{self, Dues, Household},
    model::{Member, MemberId, Place, Record},
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

/// Gathers what of a member and the children decides dues; children who cannot be read are left
/// out.
#[must_use]
pub fn household(
    records: &dyn Records,
    id: MemberId,
    member: &Member,
    children: &[MemberId],
) -> Household {
    let child = |id: &MemberId| match records.record(&Place::Member(*id)) {
        Some(Record::Member(child)) => Some(look_up::person(records, *id, &child)),
        _ => None,
    };
    Household {
        payer: look_up::person(records, id, member),
        children: children.iter().filter_map(child).collect(),
    }
}
