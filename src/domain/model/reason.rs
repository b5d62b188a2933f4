//! Why something was granted or denied: a closed list of stable names for logs and scripts.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The reason for a decision, in the order in which the rules are applied; then other events at a
/// door.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The credential was read at an exit reader.
    Exit,
    /// Nobody holds this code.
    UnknownCredential,
    /// Somebody holds the code, but for other facilities.
    WrongFacility,
    /// Two members hold the code, so it grants nothing.
    AmbiguousCredential,
    /// The credential has expired.
    Expired,
    /// The credential is not valid yet.
    NotYetEffective,
    /// The member has left the space.
    Left,
    /// The member is suspended.
    Suspended,
    /// The member's dues are not covered.
    DuesLapsed,
    /// The member's own record cannot be read.
    UnreadableMember,
    /// An induction is missing.
    NotInducted,
    /// The facility's record or one of its requirements cannot be read, so it stays shut.
    UnreadableFacility,
    /// No requirement is active, so nobody may enter.
    NoRequirement,
    /// The credential's priority is below what is required.
    PriorityTooLow,
    /// The credential's priority equals or exceeds what is required.
    PrioritySuffices,
    /// The button inside was pressed.
    RequestToExit,
    /// The passcode counts only after a fob of the same member.
    FobFirst,
    /// The records are so old that the facility demands a higher priority.
    StaleRecords,
    /// Too many wrong codes were tried, so the reader is locked out for a while.
    LockedOut,
    /// The door was opened without leave.
    ForcedOpen,
    /// The door has been open for too long.
    HeldOpen,
    /// Unlocked by hand for a moment.
    ManualUnlock,
    /// Held unlocked by hand.
    ManualHold,
    /// Locked by hand.
    ManualLock,
    /// No longer held by hand: the rules apply again.
    ManualRelease,
    /// From now on nothing new is known of the records for too long a time.
    RecordsOld,
    /// The records are known to be current again.
    RecordsCurrent,
    /// Somebody asked what a credential would get; nothing moved.
    Tried,
    /// A controller reported that its tool is still in use.
    ToolRunning,
    /// A controller reported that a use of its tool is over.
    ToolUsed,
}

impl Reason {
    /// Returns the stable name: `priority-too-low`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exit => "exit",
            Self::UnknownCredential => "unknown-credential",
            Self::WrongFacility => "wrong-facility",
            Self::AmbiguousCredential => "ambiguous-credential",
            Self::Expired => "expired",
            Self::NotYetEffective => "not-yet-effective",
            Self::Left => "left",
            Self::Suspended => "suspended",
            Self::DuesLapsed => "dues-lapsed",
            Self::UnreadableMember => "unreadable-member",
            Self::NotInducted => "not-inducted",
            Self::UnreadableFacility => "unreadable-facility",
            Self::NoRequirement => "no-requirement",
            Self::PriorityTooLow => "priority-too-low",
            Self::PrioritySuffices => "priority-suffices",
            Self::RequestToExit => "request-to-exit",
            Self::FobFirst => "fob-first",
            Self::StaleRecords => "stale-records",
            Self::LockedOut => "locked-out",
            Self::ForcedOpen => "forced-open",
            Self::HeldOpen => "held-open",
            Self::ManualUnlock => "manual-unlock",
            Self::ManualHold => "manual-hold",
            Self::ManualLock => "manual-lock",
            Self::ManualRelease => "manual-release",
            Self::RecordsOld => "records-old",
            Self::RecordsCurrent => "records-current",
            Self::Tried => "tried",
            Self::ToolRunning => "tool-running",
            Self::ToolUsed => "tool-used",
        }
    }

    /// Tells whether it is about something that was operated: no attempt, and no alarm.
    #[must_use]
    pub const fn is_operation(self) -> bool {
        matches!(
            self,
            Self::ManualUnlock
                | Self::ManualHold
                | Self::ManualLock
                | Self::ManualRelease
                | Self::RecordsOld
                | Self::RecordsCurrent
                | Self::Tried
                | Self::ToolRunning
                | Self::ToolUsed
        )
    }

    /// Returns the reason in words, for a person at the door.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Exit => "left the facility",
            Self::UnknownCredential => "nobody holds this credential",
            Self::WrongFacility => "it is for other facilities",
            Self::AmbiguousCredential => "two members hold this code",
            Self::Expired => "it has expired",
            Self::NotYetEffective => "it is not valid yet",
            Self::Left => "the member has left the space",
            Self::Suspended => "the member is suspended",
            Self::DuesLapsed => "the dues are not paid",
            Self::UnreadableMember => "the member's record cannot be read",
            Self::NotInducted => "an induction is missing",
            Self::UnreadableFacility => "the facility's records cannot be read",
            Self::NoRequirement => "no requirement is active",
            Self::PriorityTooLow => "a higher priority is required now",
            Self::PrioritySuffices => "the priority suffices",
            Self::RequestToExit => "the button inside was pressed",
            Self::FobFirst => "a fob of the same member has to come first",
            Self::StaleRecords => "nothing new has come of the records for too long",
            Self::LockedOut => "too many wrong codes; the reader pauses",
            Self::ForcedOpen => "opened without leave",
            Self::HeldOpen => "stands open for too long",
            Self::ManualUnlock => "unlocked by hand",
            Self::ManualHold => "held unlocked by hand",
            Self::ManualLock => "locked by hand",
            Self::ManualRelease => "left to the rules again by hand",
            Self::RecordsOld => "nothing new comes of the records any more",
            Self::RecordsCurrent => "the records are current again",
            Self::Tried => "somebody asked what a credential would get",
            Self::ToolRunning => "the tool is in use",
            Self::ToolUsed => "the tool was used",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
