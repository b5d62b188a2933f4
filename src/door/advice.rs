//! What an admin could do about a denial.

use crate::domain::model::{Activity, Advice, Reason};

/// Suggests what to do so that such a reading is granted next time, if anything.
pub(super) fn advice(activity: &Activity) -> Option<Advice> {
    let facility = || activity.facility.clone();
    Some(match activity.reason {
        Reason::UnknownCredential if activity.fob.is_some() => Advice::Enrol(facility()),
        Reason::AmbiguousCredential => Advice::FindHolder,
        Reason::WrongFacility
        | Reason::Expired
        | Reason::NotYetEffective
        | Reason::Left
        | Reason::Suspended
        | Reason::DuesLapsed => Advice::ShowMember(activity.member?),
        Reason::UnreadableMember | Reason::UnreadableFacility => Advice::FindFault,
        Reason::NotInducted | Reason::PriorityTooLow => {
            Advice::AskWhy { member: activity.member?, facility: facility() }
        }
        Reason::NoRequirement => Advice::OpeningTimes(facility()),
        Reason::FobFirst => "hold the fob to the reader first, then type the passcode".into(),
        Reason::StaleRecords => Advice::FindFault,
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
        | Reason::RecordsOld
        | Reason::RecordsCurrent
        | Reason::Tried
        | Reason::ToolRunning
        | Reason::ToolUsed => return None,
    })
}
