//! The words that are used where the space has none of its own.

use crate::domain::model::NoticeKind;

/// Returns the built-in text of a kind; news have none.
#[must_use]
pub fn text(kind: NoticeKind) -> Option<&'static str> {
    Some(match kind {
        NoticeKind::Welcome => include_str!("defaults/welcome.txt"),
        NoticeKind::PaymentReceived => include_str!("defaults/payment-received.txt"),
        NoticeKind::Reminder => include_str!("defaults/reminder.txt"),
        NoticeKind::Lapsed => include_str!("defaults/lapsed.txt"),
        NoticeKind::Nudge => include_str!("defaults/nudge.txt"),
        NoticeKind::DuesChanged => include_str!("defaults/dues-changed.txt"),
        NoticeKind::InductionRecorded => include_str!("defaults/induction-recorded.txt"),
        NoticeKind::CredentialAdded => include_str!("defaults/credential-added.txt"),
        NoticeKind::CredentialRevoked => include_str!("defaults/credential-revoked.txt"),
        NoticeKind::Review => include_str!("defaults/review.txt"),
        NoticeKind::Announcement => return None,
    })
}

/// Returns what makes HTML of a text that has none of its own.
#[must_use]
pub const fn frame() -> &'static str {
    include_str!("defaults/frame.html")
}
