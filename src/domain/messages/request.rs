//! What a message asks for, read from its text (requirements.md D-73).

use jiff::Timestamp;

use super::{
    facility_name::FacilityName,
    fields::{Fields, missing},
    given_tag::GivenTag,
    moment::moment,
};
use crate::domain::model::{Code, CredentialType, MemberId, Priority, Slug, text};

/// What a message asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Request {
    Activate(Activate),
    Revoke(Revoke),
    Modify(Modify),
    SetRequirement(SetRequirement),
    RevokeRequirement(GivenTag),
}

/// `activate`: a credential of a member for a facility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Activate {
    pub(super) code: Code,
    pub(super) facility: Slug,
    pub(super) member: MemberId,
    pub(super) priority: Priority,
    pub(super) tag: GivenTag,
    pub(super) effective: Timestamp,
    pub(super) expiration: Timestamp,
}

/// `revoke`: credentials, at one facility or at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Revoke {
    pub(super) which: Which,
    pub(super) facility: Option<Slug>,
}

/// Which credentials are revoked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Which {
    Tag(GivenTag),
    Member(MemberId),
}

/// `modify`: another code for a member, at one facility or at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Modify {
    pub(super) member: MemberId,
    pub(super) old: Code,
    pub(super) new: Code,
    pub(super) facility: Option<Slug>,
}

/// `set-requirement`: the priority that a facility demands, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SetRequirement {
    pub(super) tag: GivenTag,
    pub(super) facility: Slug,
    pub(super) priority: Priority,
    pub(super) description: Option<String>,
    pub(super) timespec: String,
}

/// Why a text is not a request to us.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NoRequest {
    /// It is not valid.
    Invalid(String),
    /// It is valid, as far as we can tell, and for somebody else.
    Elsewhere(String),
}

impl From<String> for NoRequest {
    fn from(reason: String) -> Self {
        Self::Invalid(reason)
    }
}

/// The actions that a bridge carries out.
const ACTIONS: &str = "activate, revoke, modify, set-requirement or revoke-requirement";

impl Request {
    /// Reads a text. Returns the request, and the names of fields that it does not have.
    pub(super) fn read(text: &str) -> Result<(Self, Vec<String>), NoRequest> {
        let mut fields = Fields::read(text)?;
        let action = fields.text("action")?;
        let request = match action.as_str() {
            "activate" => activate(&mut fields)?,
            "revoke" => revoke(&mut fields)?,
            "modify" => modify(&mut fields)?,
            "set-requirement" => set_requirement(&mut fields)?,
            "revoke-requirement" => Self::RevokeRequirement(fields.tag("tag")?),
            // One queue may carry what we send as well.
            "activity" => return Err(NoRequest::Elsewhere("it is an activity".to_owned())),
            other => {
                let other = text::shown(other);
                return Err(format!("`{other}` is not an action: write {ACTIONS}").into());
            }
        };
        Ok((request, fields.rest().map(text::shown).collect()))
    }

    /// Returns the name of the action.
    pub(super) const fn action(&self) -> &'static str {
        match self {
            Self::Activate(_) => "activate",
            Self::Revoke(_) => "revoke",
            Self::Modify(_) => "modify",
            Self::SetRequirement(_) => "set-requirement",
            Self::RevokeRequirement(_) => "revoke-requirement",
        }
    }

    /// Returns the facility that the message names.
    pub(super) const fn facility(&self) -> Option<&Slug> {
        match self {
            Self::Activate(it) => Some(&it.facility),
            Self::SetRequirement(it) => Some(&it.facility),
            Self::Revoke(it) => it.facility.as_ref(),
            Self::Modify(it) => it.facility.as_ref(),
            Self::RevokeRequirement(_) => None,
        }
    }
}

fn activate(fields: &mut Fields) -> Result<Request, NoRequest> {
    let facility = facility(fields)?.ok_or_else(|| missing("facility"))?;
    let code = code(fields, "codetype", "code")?;
    let member = fields.member("member")?;
    let priority = fields.priority("priority")?;
    let tag = fields.tag("tag")?;
    let mut instant = |name| -> Result<Timestamp, String> {
        moment(&fields.text(name)?).map_err(|why| format!("`{name}`: {why}"))
    };
    let (effective, expiration) = (instant("effective")?, instant("expiration")?);
    if expiration <= effective {
        let why = format!("`expiration` is {expiration}, not after `effective`, {effective}");
        return Err(why.into());
    }
    let facility = ours(facility)?;
    Ok(Request::Activate(Activate { code, facility, member, priority, tag, effective, expiration }))
}

fn revoke(fields: &mut Fields) -> Result<Request, NoRequest> {
    let facility = facility(fields)?;
    let which = match (fields.optional_tag("tag")?, fields.optional_member("member")?) {
        (Some(tag), None) => Which::Tag(tag),
        (None, Some(member)) => Which::Member(member),
        (Some(_), Some(_)) => {
            return Err("`tag` and `member` are both there: write one of them".to_owned().into());
        }
        (None, None) => return Err("`tag` or `member` is missing".to_owned().into()),
    };
    everywhere_is_meant(fields, facility.as_ref())?;
    Ok(Request::Revoke(Revoke { which, facility: facility.map(ours).transpose()? }))
}

fn modify(fields: &mut Fields) -> Result<Request, NoRequest> {
    let facility = facility(fields)?;
    let member = fields.member("member")?;
    let old = code(fields, "oldtype", "oldcode")?;
    let new = code(fields, "newtype", "newcode")?;
    everywhere_is_meant(fields, facility.as_ref())?;
    let facility = facility.map(ours).transpose()?;
    Ok(Request::Modify(Modify { member, old, new, facility }))
}

fn set_requirement(fields: &mut Fields) -> Result<Request, NoRequest> {
    let facility = facility(fields)?.ok_or_else(|| missing("facility"))?;
    let tag = fields.tag("tag")?;
    let priority = fields.priority("requiredpriority")?;
    let timespec = fields.text("timespec")?;
    let description = fields.optional_text("description")?.and_then(|text| description(&text));
    let facility = ours(facility)?;
    Ok(Request::SetRequirement(SetRequirement { tag, facility, priority, description, timespec }))
}

fn facility(fields: &mut Fields) -> Result<Option<FacilityName>, String> {
    fields.optional_text("facility")?.map(|name| FacilityName::read(&name)).transpose()
}

fn ours(facility: FacilityName) -> Result<Slug, NoRequest> {
    match facility {
        FacilityName::Slug(name) => Ok(name),
        FacilityName::Foreign(name) => {
            Err(NoRequest::Elsewhere(format!("there is no facility `{name}` here")))
        }
    }
}

/// Reads a code. The sentence does not repeat it: what came as a fob's number may be a passcode.
fn code(fields: &mut Fields, kind: &str, code: &str) -> Result<Code, String> {
    let typed = match fields.text(kind)?.as_str() {
        "fob" => CredentialType::Fob,
        "passcode" => CredentialType::Passcode,
        _ => return Err(format!("`{kind}` must be \"fob\" or \"passcode\"")),
    };
    let digits = fields.text(code)?;
    Code::parse(typed, &digits).map_err(|_| match typed {
        CredentialType::Fob => format!("`{code}` is not a valid fob number"),
        CredentialType::Passcode => {
            format!("`{code}` is not a passcode of 1 to {} digits", Code::LONGEST_PASSCODE)
        }
    })
}

/// Refuses a message that names no facility but has a field that was probably meant to.
fn everywhere_is_meant(fields: &Fields, facility: Option<&FacilityName>) -> Result<(), String> {
    let near = |name: &&str| strsim::jaro_winkler(&name.to_lowercase(), "facility") > 0.85;
    match fields.rest().find(near) {
        Some(name) if facility.is_none() => {
            let name = text::shown(name);
            Err(format!("there is no field `{name}`; did you mean `facility`?"))
        }
        _ => Ok(()),
    }
}

/// Makes a description one line of bounded length; `None` if nothing is left of it.
fn description(written: &str) -> Option<String> {
    let plain = written.replace(text::is_control, " ");
    let mut short = String::new();
    for word in plain.split_whitespace() {
        let blank = usize::from(!short.is_empty());
        if short.len() + blank + word.len() > text::LONGEST {
            break;
        }
        if blank > 0 {
            short.push(' ');
        }
        short.push_str(word);
    }
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> String {
        match Request::read(text) {
            Err(NoRequest::Invalid(why)) => why,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_code_is_a_string_and_never_repeated() {
        for (kind, code) in [
            ("fob", "4455661"),
            ("passcode", "4455661"),
            ("fob", "\"4455661x\""),
            ("passcode", "\"44x55661\""),
            ("passcode", "\"445566144556614455661\""),
            ("pin", "\"4455661\""),
            ("passcode", "null"),
        ] {
            let text = format!(
                "{{\"action\":\"modify\",\"member\":1,\"oldtype\":\"{kind}\",\"oldcode\":{code},\
                 \"newtype\":\"fob\",\"newcode\":\"7\"}}"
            );
            let why = why(&text);
            assert!(why.starts_with("`old"), "{why}");
            assert!(!why.contains("4455661"), "{why}");
        }
    }

    #[test]
    fn one_of_tag_and_member_is_revoked() {
        assert_eq!(why(r#"{"action":"revoke"}"#), "`tag` or `member` is missing");
        let both = why(r#"{"action":"revoke","tag":"T1","member":1}"#);
        assert_eq!(both, "`tag` and `member` are both there: write one of them");
        assert_eq!(
            why(r#"{"action":"revoke","member":1,"Facility":"laser"}"#),
            "there is no field `Facility`; did you mean `facility`?"
        );
        let null = Request::read(r#"{"action":"revoke","member":1,"facility":null,"tag":null}"#);
        assert!(matches!(null, Ok((Request::Revoke(Revoke { facility: None, .. }), _))));
    }

    #[test]
    fn fields_that_nobody_asked_for_are_named() {
        let text = r#"{"action":"revoke-requirement","tag":"R1","comment":"x","a\nb":1}"#;
        assert_eq!(Request::read(text).unwrap().1, ["a\u{fffd}b", "comment"]);
    }

    #[test]
    fn what_is_not_an_action_is_invalid_and_what_we_send_is_not_for_us() {
        assert!(
            why(r#"{"action":"dance"}"#).starts_with("`dance` is not an action: write activate")
        );
        assert_eq!(why(r#"{"action":7}"#), "`action` must be a string, in quotes");
        assert_eq!(why("{}"), "`action` is missing");
        let activity = Request::read(r#"{"action":"activity","result":"granted"}"#);
        assert!(matches!(activity, Err(NoRequest::Elsewhere(_))));
    }

    #[test]
    fn a_description_is_tidied_up_rather_than_refused() {
        assert_eq!(description(" a\n\nb\u{1b}c "), Some("a b c".into()));
        assert_eq!(description(" \n"), None);
        let long = description(&"word ".repeat(1000)).unwrap();
        assert!(long.len() <= text::LONGEST && long.ends_with("word"));
        assert_eq!(description(&"x".repeat(501)), None);
    }
}
