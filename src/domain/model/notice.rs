//! Which notices a member has been sent, so that each is sent once:
//! `members/00/0042/notices/<kind>.json`.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::words;

/// The notices of one kind sent to one member; their text is not kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// One entry per occasion, oldest first; entries that can never be due again are dropped.
    pub told: Vec<SentNotice>,
}

/// One occasion on which a notice was sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SentNotice {
    /// What it was about, as the kind defines it: the tag of a credential, the end of a paid time.
    pub occasion: String,
    /// When it was handed to the mail server.
    pub at: Timestamp,
    /// Why it could not be delivered, if the server refused it permanently.
    #[serde(default)]
    pub failed: Option<String>,
}

impl Notice {
    /// Tells whether an occasion has been dealt with.
    #[must_use]
    pub fn has(&self, occasion: &str) -> bool {
        self.told.iter().any(|sent| sent.occasion == occasion)
    }
}

impl NoticeKind {
    /// Tells whether it is due by the date or by what happened, without anybody asking for it.
    #[must_use]
    pub const fn is_due_by_itself(self) -> bool {
        self.is_event() || matches!(self, Self::Reminder | Self::Lapsed)
    }

    /// Tells whether an occasion follows only from what changed between two commits.
    #[must_use]
    pub const fn is_event(self) -> bool {
        matches!(
            self,
            Self::Welcome
                | Self::PaymentReceived
                | Self::PaymentFailed
                | Self::DuesChanged
                | Self::InductionRecorded
                | Self::CredentialAdded
                | Self::CredentialRevoked
        )
    }
}

words! {
    /// What a notice is about.
    NoticeKind, "notice":
    Welcome "welcome" "Somebody became a member.",
    PaymentReceived "payment-received" "A first payment came in, or the first after a lapse.",
    PaymentFailed "payment-failed" "A payment processor could not take the dues.",
    Reminder "reminder" "The paid time is about to end, or has ended.",
    Lapsed "lapsed" "The cover ended, and the doors stay shut.",
    Nudge "nudge" "Somebody of the space asks why nothing was paid.",
    DuesChanged "dues-changed" "The monthly dues of a member have changed.",
    InductionRecorded "induction-recorded" "An induction was recorded.",
    CredentialAdded "credential-added" "A fob or passcode was handed out.",
    CredentialRevoked "credential-revoked" "A fob or passcode was taken away.",
    Announcement "announcement" "News for those who asked for it.",
    Review "review" "The month's review, for the directors.",
    Alarm "alarm" "Something in the building wants somebody to look, or has ended.",
}

impl NoticeKind {
    /// Tells whether it is about the membership itself; anything else needs the member's consent.
    #[must_use]
    pub const fn is_about_membership(self) -> bool {
        !matches!(self, Self::Announcement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_files_are_those_on_the_command_line() {
        for kind in NoticeKind::ALL {
            assert_eq!(kind.word().parse(), Ok(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
        }
        assert!("remindr".parse::<NoticeKind>().unwrap_err().contains("reminder"));
    }
}
