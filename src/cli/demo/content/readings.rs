//! Readings that a visitor can try at the demonstration's doors, and their results.

use crate::domain::model::{
    AccessResult::{self, Denied, Granted},
    CredentialType::{self, Fob, Passcode},
    Reason,
};

/// One reading and its result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DemoReading {
    /// The person who tries.
    pub who: &'static str,
    /// The facility.
    pub facility: &'static str,
    /// Fob or passcode.
    pub kind: CredentialType,
    /// The number of the fob, or the passcode. Neither is secret here, so the screen shows it.
    pub code: &'static str,
    /// The result.
    pub result: AccessResult,
    /// The reason for the result.
    pub reason: Reason,
    /// The story, in a few words.
    pub story: &'static str,
}

const fn reading(
    who: &'static str,
    at: (&'static str, CredentialType, &'static str),
    outcome: (AccessResult, Reason),
    story: &'static str,
) -> DemoReading {
    let ((facility, kind, code), (result, reason)) = (at, outcome);
    DemoReading { who, facility, kind, code, result, reason, story }
}

const GRANTED: (AccessResult, Reason) = (Granted, Reason::PrioritySuffices);

const fn denied(reason: Reason) -> (AccessResult, Reason) {
    (Denied, reason)
}

impl DemoReading {
    /// Returns what to type at the simulator for it.
    pub(crate) fn typed(&self) -> String {
        match self.kind {
            CredentialType::Fob => format!("{} {}", self.facility, self.code),
            CredentialType::Passcode => format!("{} passcode {}", self.facility, self.code),
        }
    }
}

/// All readings, in the order in which the tour plays them.
pub(crate) const READINGS: &[DemoReading] = &[
    reading("Ada Lovelace", ("frontdoor", Fob, "1001"), GRANTED, "on the board"),
    reading("nobody", ("frontdoor", Fob, "9999"), denied(Reason::UnknownCredential), "a found fob"),
    reading("Charles Babbage", ("frontdoor", Fob, "1006"), denied(Reason::DuesLapsed), "owes dues"),
    reading(
        "Mary Jackson",
        ("frontdoor", Fob, "1007"),
        GRANTED,
        "owes dues, within the grace days",
    ),
    reading(
        "Émilie du Châtelet",
        ("frontdoor", Fob, "1008"),
        denied(Reason::Suspended),
        "suspended",
    ),
    reading("Nikola Tesla", ("frontdoor", Fob, "1009"), denied(Reason::Left), "left a month ago"),
    reading("Joan Clarke", ("frontdoor", Passcode, "271828"), GRANTED, "has a passcode, not a fob"),
    reading(
        "Robin Clarke",
        ("frontdoor", Passcode, "0042"),
        GRANTED,
        "a child, covered by Joan's dues",
    ),
    reading(
        "Margaret Hamilton",
        ("frontdoor", Passcode, "1969"),
        GRANTED,
        "a guest, for today only",
    ),
    reading(
        "Margaret Hamilton",
        ("frontdoor", Fob, "1012"),
        denied(Reason::NotYetEffective),
        "her fob is valid from next week",
    ),
    reading(
        "Hedy Lamarr",
        ("frontdoor", Passcode, "8128"),
        denied(Reason::Expired),
        "a passcode for last week",
    ),
    reading(
        "Alan Turing",
        ("workshop", Fob, "1003"),
        denied(Reason::PriorityTooLow),
        "a class is on, for those who booked it",
    ),
    reading("Katherine Johnson", ("workshop", Fob, "1005"), GRANTED, "booked the class"),
    reading("Grace Hopper", ("workshop", Fob, "1002"), GRANTED, "a manager, class or not"),
    reading("Alan Turing", ("laser", Fob, "1003"), GRANTED, "inducted by Grace"),
    reading("Hedy Lamarr", ("laser", Fob, "1004"), denied(Reason::NotInducted), "not inducted yet"),
    reading(
        "Mary Jackson",
        ("laser", Fob, "1007"),
        denied(Reason::WrongFacility),
        "her fob is for the front door",
    ),
];
