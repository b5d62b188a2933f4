//! What helps somebody who was denied, and why it happened in their own case.

use crate::{
    domain::model::{Advice, CodeHash, MemberId, Priority, Reason, Slug},
    store::Revision,
};

/// Returns what would let a member in, if somebody may want that.
#[must_use]
pub fn of(
    reason: Reason,
    member: Option<MemberId>,
    facility: &Slug,
    required: Option<Priority>,
) -> Option<Advice> {
    let facility = facility.clone();
    Some(match (reason, member) {
        (Reason::UnknownCredential, _) => Advice::Enrol(facility),
        (Reason::NoRequirement, _) => Advice::AddRequirement(facility),
        (Reason::AmbiguousCredential, _) => Advice::FindHolder,
        (Reason::UnreadableMember | Reason::UnreadableFacility, _) => Advice::FindFault,
        (Reason::WrongFacility | Reason::Expired, Some(member)) => {
            Advice::GrantFacility { member, facility, priority: None }
        }
        (Reason::PriorityTooLow, Some(member)) => {
            Advice::GrantFacility { member, facility, priority: required }
        }
        (Reason::Left, Some(member)) => Advice::ReturnMember(member),
        (Reason::Suspended, Some(member)) => Advice::ResumeMember(member),
        (Reason::DuesLapsed, Some(member)) => Advice::AddPayment(member),
        (Reason::NotInducted, Some(member)) => Advice::AddInduction { member, facility },
        _ => return None,
    })
}

/// Returns the reason in words; of a credential for other facilities, for which.
#[must_use]
pub fn words(
    reason: Reason,
    revision: &Revision<'_>,
    member: Option<MemberId>,
    code: Option<&CodeHash>,
) -> String {
    let (Reason::WrongFacility, Some(id)) = (reason, member) else { return reason.words().into() };
    let held = revision.member(id).0.map(|folder| folder.credentials).unwrap_or_default();
    let held = held.iter().filter(|(_, held)| code.is_none_or(|code| held.code == *code));
    let mut names: Vec<&str> =
        held.flat_map(|(_, held)| &held.grants).map(|grant| grant.facility.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    match names.is_empty() {
        true => reason.words().into(),
        false => format!("it is only for {}", names.join(", ")),
    }
}
