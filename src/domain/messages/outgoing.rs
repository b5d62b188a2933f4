//! The text of an activity for the membership system (requirements.md D-84).

use serde::Serialize;

use crate::domain::model::{AccessResult, Activity, CredentialType, Slug};

/// A message to the membership system about one attempt at a facility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// An id that stays the same whenever the activity is sent again: 32 hexadecimal digits.
    pub id: String,
    /// The facility, whose activities stay in order.
    pub facility: Slug,
    /// The JSON text.
    pub text: String,
}

/// The fields of the message, in the order of the document.
#[derive(Serialize)]
struct Text<'a> {
    action: &'static str,
    result: AccessResult,
    facility: &'a Slug,
    memberid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credentialref: Option<String>,
    timestamp: String,
}

impl Outgoing {
    /// Makes the message; `None` for what is not an attempt, such as an alarm, or a door operated
    /// by hand.
    ///
    /// `place` says where in the journals the activity is, so that two that are alike have
    /// different ids.
    #[must_use]
    pub fn new(activity: &Activity, place: &str) -> Option<Self> {
        if !activity.is_attempt() {
            return None;
        }
        let tag = activity.tag.as_ref().map(|tag| tag.as_str());
        let text = Text {
            action: "activity",
            result: activity.result,
            facility: &activity.facility,
            memberid: activity.member.map_or_else(|| "unknown".to_owned(), |id| id.to_string()),
            authorization: tag,
            credentialref: activity.kind.map(|kind| reference(kind, tag, activity.fob.as_deref())),
            timestamp: activity.time.to_string(),
        };
        let text = serde_json::to_string(&text).expect("texts and names can be written");
        let mut hash = blake3::Hasher::new();
        // Neither part contains a line break.
        hash.update(place.as_bytes()).update(b"\n").update(text.as_bytes());
        let id = hash.finalize().to_hex()[..32].to_owned();
        Some(Self { id, facility: activity.facility.clone(), text })
    }
}

/// Returns the credential as a person can recognise it: a known one by its tag, an unknown fob by
/// its number, and never a passcode.
fn reference(kind: CredentialType, tag: Option<&str>, fob: Option<&str>) -> String {
    format!("{kind}:{}", tag.or(fob).unwrap_or("unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::Reason;

    fn activity(result: AccessResult, reason: Reason) -> Activity {
        let time = "2026-01-15T18:00:00.5Z".parse().unwrap();
        Activity::new(time, "frontdoor".parse().unwrap(), result, reason)
    }

    fn text(activity: &Activity) -> String {
        Outgoing::new(activity, "a").unwrap().text
    }

    /// See requirements.md D-84: `"memberid": "unknown"` for unknown credentials,
    /// `"authorization": "GUID"` optional, `"credentialref": "fob:1234342"` for convenience.
    #[test]
    fn the_text_is_that_of_the_document() {
        let denied = activity(AccessResult::Denied, Reason::UnknownCredential);
        let fob = Activity {
            kind: Some(CredentialType::Fob),
            fob: Some("1234342".into()),
            ..denied.clone()
        };
        assert_eq!(
            text(&fob),
            r#"{"action":"activity","result":"denied","facility":"frontdoor","memberid":"unknown","credentialref":"fob:1234342","timestamp":"2026-01-15T18:00:00.5Z"}"#
        );
        let known = Activity {
            member: Some("3870".parse().unwrap()),
            tag: Some("T1".parse().unwrap()),
            kind: Some(CredentialType::Fob),
            ..activity(AccessResult::Granted, Reason::PrioritySuffices)
        };
        assert_eq!(
            text(&known),
            r#"{"action":"activity","result":"granted","facility":"frontdoor","memberid":"3870","authorization":"T1","credentialref":"fob:T1","timestamp":"2026-01-15T18:00:00.5Z"}"#
        );
        let typed = Activity { kind: Some(CredentialType::Passcode), ..denied };
        assert!(text(&typed).contains(r#""credentialref":"passcode:unknown""#));
        let exit = activity(AccessResult::Exit, Reason::RequestToExit);
        assert!(
            text(&exit).contains(r#""result":"exit""#) && !text(&exit).contains("credentialref")
        );
    }

    #[test]
    fn only_attempts_are_sent() {
        let by_hand = activity(AccessResult::Operated, Reason::ManualUnlock);
        assert_eq!(Outgoing::new(&by_hand, "a"), None);
        let alarm = activity(AccessResult::Denied, Reason::ForcedOpen);
        assert_eq!(Outgoing::new(&alarm, "a"), None);
    }

    #[test]
    fn the_id_stays_and_tells_two_that_are_alike_apart() {
        let exit = activity(AccessResult::Exit, Reason::RequestToExit);
        let id = |place| Outgoing::new(&exit, place).unwrap().id;
        assert_eq!(id("journal:7"), id("journal:7"));
        assert_ne!(id("journal:7"), id("journal:8"));
        assert_eq!(id("journal:7").len(), 32);
    }
}
