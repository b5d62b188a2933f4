//! What an admin could do about a denial.

use crate::domain::model::{Activity, Reason};

/// Says what could be done so that a reading is granted the next time, if anything.
pub(super) fn advice(it: &Activity) -> Option<String> {
    let facility = &it.facility;
    let member = it.member.map(|id| id.to_string()).unwrap_or_default();
    Some(match it.reason {
        Reason::UnknownCredential if it.fob.is_some() => {
            format!("enrol it: space credential add --member <name> --last-unknown {facility}")
        }
        Reason::AmbiguousCredential => {
            "find out whose it is, and revoke the other: space check names both".to_owned()
        }
        Reason::WrongFacility
        | Reason::Expired
        | Reason::NotYetEffective
        | Reason::Left
        | Reason::Suspended
        | Reason::DuesLapsed => format!("see what {member} has: space member show {member}"),
        Reason::UnreadableMember | Reason::UnreadableFacility => {
            "find out what is wrong: space check".to_owned()
        }
        Reason::NotInducted | Reason::PriorityTooLow => {
            format!("see what is missing: space why {member} {facility}")
        }
        Reason::NoRequirement => format!("see when it opens: space requirement list {facility}"),
        Reason::FobFirst => "hold the fob to the reader first, then type the passcode".to_owned(),
        Reason::LockedOut => "wait; space door status says until when".to_owned(),
        Reason::Exit
        | Reason::PrioritySuffices
        | Reason::UnknownCredential
        | Reason::RequestToExit
        | Reason::ForcedOpen
        | Reason::HeldOpen
        | Reason::ManualUnlock
        | Reason::ManualHold
        | Reason::ManualLock
        | Reason::ManualRelease => return None,
    })
}
