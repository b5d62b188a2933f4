//! An activity in the words of esp-rfid, since there are displays that read them.
//!
//! It has the same fields. A fob's number is never in it: members are known by the tag of the
//! credential, and what nobody holds by nothing at all.

use serde::Serialize;

use crate::domain::model::{AccessResult, Activity, MemberId, Reason};

/// The message about one attempt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct AccessMessage {
    cmd: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    time: i64,
    #[serde(rename = "isKnown")]
    is_known: &'static str,
    access: &'static str,
    username: String,
    uid: String,
    hostname: String,
    #[serde(rename = "doorName")]
    door: String,
}

impl AccessMessage {
    /// Writes about an activity; `None` if it was not an attempt to get in. `name` says what a member
    /// is called, or nothing.
    pub(super) fn of(
        activity: &Activity,
        place: &str,
        name: impl FnOnce(MemberId) -> Option<String>,
    ) -> Option<Self> {
        let by_hand = activity.reason == Reason::ManualUnlock;
        let is_news = match activity.result {
            AccessResult::Exit => false,
            AccessResult::Operated => by_hand,
            AccessResult::Granted | AccessResult::Denied => activity.is_attempt() || by_hand,
        };
        if !is_news {
            return None;
        }
        let known = activity.member.is_some() || by_hand || activity.kind.is_none();
        let username = match (activity.member, by_hand) {
            (Some(member), _) => name(member).unwrap_or_else(|| member.to_string()),
            (None, true) => activity.by.clone().unwrap_or_default(),
            (None, false) if activity.kind.is_none() => "Button".into(),
            (None, false) => "Unknown".into(),
        };
        Some(Self {
            cmd: "log",
            kind: "access",
            time: activity.time.as_second(),
            is_known: if known { "true" } else { "false" },
            access: word(activity, by_hand),
            username,
            uid: activity.tag.as_ref().map_or_else(|| " ".to_owned(), ToString::to_string),
            hostname: place.to_owned(),
            door: activity.facility.to_string(),
        })
    }
}

/// Returns the word that esp-rfid has for a result.
const fn word(activity: &Activity, by_hand: bool) -> &'static str {
    if by_hand {
        return "Always";
    }
    match (activity.result, activity.reason) {
        (AccessResult::Granted | AccessResult::Operated, _) => "Always",
        (_, Reason::Expired | Reason::NotYetEffective | Reason::DuesLapsed) => "Expired",
        (_, Reason::Left | Reason::Suspended) => "Disabled",
        (AccessResult::Denied | AccessResult::Exit, _) => "Denied",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::CredentialType;

    fn activity(result: AccessResult, reason: Reason, member: Option<&str>) -> Activity {
        let time = "2026-01-15T18:00:00Z".parse().unwrap();
        Activity {
            member: member.map(|it| it.parse().unwrap()),
            kind: Some(CredentialType::Fob),
            fob: member.is_none().then(|| "15408774".into()),
            tag: member.map(|_| "T1".parse().unwrap()),
            ..Activity::new(time, "frontdoor".parse().unwrap(), result, reason)
        }
    }

    fn written(activity: &Activity) -> Option<String> {
        let name = |_| Some("Ada".to_owned());
        let message = AccessMessage::of(activity, "tool-shed", name)?;
        Some(serde_json::to_string(&message).unwrap())
    }

    #[test]
    fn it_has_the_fields_of_esp_rfid_and_no_fob() {
        let granted = activity(AccessResult::Granted, Reason::PrioritySuffices, Some("0042"));
        assert_eq!(
            written(&granted).unwrap(),
            r#"{"cmd":"log","type":"access","time":1768500000,"isKnown":"true","access":"Always","username":"Ada","uid":"T1","hostname":"tool-shed","doorName":"frontdoor"}"#
        );
        let unknown = activity(AccessResult::Denied, Reason::UnknownCredential, None);
        let text = written(&unknown).unwrap();
        assert!(
            text.contains(r#""isKnown":"false","access":"Denied","username":"Unknown","uid":" ""#)
        );
        assert!(!text.contains("15408774"), "a stranger's fob is nobody's business");
    }

    #[test]
    fn each_result_has_its_word() {
        use AccessResult::{Denied, Exit, Granted, Operated};
        for (result, reason, word) in [
            (Denied, Reason::Expired, Some("Expired")),
            (Denied, Reason::DuesLapsed, Some("Expired")),
            (Denied, Reason::Suspended, Some("Disabled")),
            (Denied, Reason::PriorityTooLow, Some("Denied")),
            (Granted, Reason::PrioritySuffices, Some("Always")),
            (Exit, Reason::Exit, None),
            (Operated, Reason::ForcedOpen, None),
        ] {
            let text = written(&activity(result, reason, Some("0042")));
            let expected = word.map(|word| format!("\"access\":\"{word}\""));
            match (text, expected) {
                (Some(text), Some(expected)) => assert!(text.contains(&expected), "{text}"),
                (text, expected) => assert_eq!(text, expected),
            }
        }
        let mut by_hand = activity(Operated, Reason::ManualUnlock, None);
        (by_hand.kind, by_hand.fob, by_hand.by) = (None, None, Some("Grace".into()));
        let text = written(&by_hand).unwrap();
        assert!(text.contains(r#""access":"Always","username":"Grace","uid":" ""#), "{text}");
    }
}
