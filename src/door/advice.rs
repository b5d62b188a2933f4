//! What an admin could do about a denial.

use crate::domain::model::{Activity, Advice, Reason};

/// Suggests what to do so that such a reading is granted next time, if anything.
pub(super) fn advice(it: &Activity) -> Option<Advice> {
    let facility = || it.facility.clone();
    Some(match it.reason {
        Reason::UnknownCredential if it.fob.is_some() => Advice::Enrol(facility()),
        Reason::AmbiguousCredential => Advice::FindHolder,
        Reason::WrongFacility
        | Reason::Expired
        | Reason::NotYetEffective
        | Reason::Left
        | Reason::Suspended
        | Reason::DuesLapsed => Advice::ShowMember(it.member?),
        Reason::UnreadableMember | Reason::UnreadableFacility => Advice::FindFault,
        Reason::NotInducted | Reason::PriorityTooLow => {
            Advice::AskWhy { member: it.member?, facility: facility() }
        }
        Reason::NoRequirement => Advice::OpeningTimes(facility()),
        Reason::FobFirst => "hold the fob to the reader first, then type the passcode".into(),
        Reason::LockedOut => Advice::AwaitLockout,
        Reason::Exit
        | Reason::PrioritySuffices
        | Reason::UnknownCredential
        | Reason::RequestToExit
        | Reason::ForcedOpen
        | Reason::HeldOpen
        | Reason::ManualUnlock
        | Reason::ManualHold
        | Reason::ManualLock
        | Reason::ManualRelease
        | Reason::Tried => return None,
    })
}
