//! The built-in templates, used where the space has none of its own.

use serde_json::{Value, json};

use crate::domain::model::{Language, NoticeKind};

/// Returns the built-in text of a kind in a language; announcements have none.
#[must_use]
pub const fn text(kind: NoticeKind, language: Language) -> Option<&'static str> {
    match language {
        Language::English => english(kind),
        Language::German => german(kind),
    }
}

const fn english(kind: NoticeKind) -> Option<&'static str> {
    Some(match kind {
        NoticeKind::Welcome => include_str!("defaults/welcome.txt"),
        NoticeKind::PaymentReceived => include_str!("defaults/payment-received.txt"),
        NoticeKind::PaymentFailed => include_str!("defaults/payment-failed.txt"),
        NoticeKind::Reminder => include_str!("defaults/reminder.txt"),
        NoticeKind::Lapsed => include_str!("defaults/lapsed.txt"),
        NoticeKind::Nudge => include_str!("defaults/nudge.txt"),
        NoticeKind::DuesChanged => include_str!("defaults/dues-changed.txt"),
        NoticeKind::InductionRecorded => include_str!("defaults/induction-recorded.txt"),
        NoticeKind::CredentialAdded => include_str!("defaults/credential-added.txt"),
        NoticeKind::CredentialRevoked => include_str!("defaults/credential-revoked.txt"),
        NoticeKind::Review => include_str!("defaults/review.txt"),
        NoticeKind::Alarm => include_str!("defaults/alarm.txt"),
        NoticeKind::Announcement => return None,
    })
}

const fn german(kind: NoticeKind) -> Option<&'static str> {
    Some(match kind {
        NoticeKind::Welcome => include_str!("defaults/de/welcome.txt"),
        NoticeKind::PaymentReceived => include_str!("defaults/de/payment-received.txt"),
        NoticeKind::PaymentFailed => include_str!("defaults/de/payment-failed.txt"),
        NoticeKind::Reminder => include_str!("defaults/de/reminder.txt"),
        NoticeKind::Lapsed => include_str!("defaults/de/lapsed.txt"),
        NoticeKind::Nudge => include_str!("defaults/de/nudge.txt"),
        NoticeKind::DuesChanged => include_str!("defaults/de/dues-changed.txt"),
        NoticeKind::InductionRecorded => include_str!("defaults/de/induction-recorded.txt"),
        NoticeKind::CredentialAdded => include_str!("defaults/de/credential-added.txt"),
        NoticeKind::CredentialRevoked => include_str!("defaults/de/credential-revoked.txt"),
        NoticeKind::Review => include_str!("defaults/de/review.txt"),
        NoticeKind::Alarm => include_str!("defaults/de/alarm.txt"),
        NoticeKind::Announcement => return None,
    })
}

/// Returns the frame that turns a plain text into HTML.
#[must_use]
pub const fn frame() -> &'static str {
    include_str!("defaults/frame.html")
}

/// Returns an example of a monthly review, in the form of the report.
#[must_use]
pub fn review() -> Value {
    let tally = json!({
        "members": 12, "full": 8, "concession": 2, "free": 1, "children": 1, "unclear": 0,
        "owing": 10, "suspended": 0, "lapsed": 1, "expected": 22_500, "expected_covered": 20_000,
    });
    let mut tier = json!({
        "tier": "standard", "name": "Standard", "new": 1, "left": 1, "lapsed_in_month": 1,
    });
    if let (Value::Object(tier), Value::Object(tally)) = (&mut tier, &tally) {
        tier.extend(tally.clone());
    }
    let who = |id: &str, name: &str, day: Option<&str>| json!([{ "id": id, "name": name, "tier": "standard", "day": day }]);
    json!({
        "space": "Tool Shed", "month": "2026-02", "on": "2026-02-28",
        "currency": "GBP", "digits": 2,
        "tiers": [tier], "total": tally,
        "new": who("0042", "Ada Lovelace", Some("2026-02-05")),
        "left": who("0007", "Bob Noyce", Some("2026-02-10")),
        "lapsed": who("0008", "Joan Clarke", Some("2026-02-15")),
        "changes": {
            "returned": who("0003", "Alan Turing", None),
            "paid_again": who("0004", "Grace Hopper", None),
        },
    })
}
