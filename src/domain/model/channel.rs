//! A channel of a chat, who belongs to it and what is posted there: `channels/<name>.json`.

use std::{collections::BTreeMap, fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{PostKind, Priority, Slug, text, text_schema::written_as};

/// A channel of a chat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The chat, by the name that the configuration of services gives it.
    pub chat: Slug,
    /// What the channel is called there, or its id; by default like this record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Who belongs to it: whoever is in one of these groups. Without any, nobody is invited or removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// What is posted there; `null` stands for the usual words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub posts: BTreeMap<PostKind, Option<String>>,
}

/// Members who have something in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Group {
    /// All who have joined and not left: `members`.
    Members,
    /// Those who are not suspended either, and whose dues are covered: `good-standing`.
    GoodStanding,
    /// Members of a tier: `tier:standard`.
    Tier(Slug),
    /// Those who may use a facility by their induction: `inducted:laser`.
    Inducted(Slug),
    /// Those who may induct others to a facility: `inductors:laser`.
    Inductors(Slug),
    /// Those with a credential of at least this priority: `priority:10`.
    Priority(Priority),
}

impl Channel {
    /// Returns what the channel is called at the chat.
    #[must_use]
    pub fn place<'a>(&'a self, name: &'a Slug) -> &'a str {
        self.channel.as_deref().unwrap_or(name.as_str())
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Members => f.write_str("members"),
            Self::GoodStanding => f.write_str("good-standing"),
            Self::Tier(name) => write!(f, "tier:{name}"),
            Self::Inducted(name) => write!(f, "inducted:{name}"),
            Self::Inductors(name) => write!(f, "inductors:{name}"),
            Self::Priority(priority) => write!(f, "priority:{priority}"),
        }
    }
}

impl FromStr for Group {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let unknown = || {
            format!(
                "`{}` is not a group: write members, good-standing, tier:NAME, inducted:FACILITY, \
                 inductors:FACILITY or priority:NUMBER",
                text::shown(word)
            )
        };
        match word.split_once(':') {
            None => match word {
                "members" => Ok(Self::Members),
                "good-standing" => Ok(Self::GoodStanding),
                _ => Err(unknown()),
            },
            Some(("tier", name)) => name.parse().map(Self::Tier),
            Some(("inducted", name)) => name.parse().map(Self::Inducted),
            Some(("inductors", name)) => name.parse().map(Self::Inductors),
            Some(("priority", number)) => number.parse().map(Self::Priority).map_err(|_| unknown()),
            Some(_) => Err(unknown()),
        }
    }
}

written_as!(
    Group,
    r"^(members|good-standing|(tier|inducted|inductors):[a-z0-9][a-z0-9_-]{0,63}|priority:[+-]?[0-9]+)$",
    "Whom a channel is for: `members`, `good-standing`, `tier:NAME`, `inducted:FACILITY`, `inductors:FACILITY` or `priority:NUMBER`."
);

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_one_word() {
        for word in
            ["members", "good-standing", "tier:a", "inducted:b", "inductors:c", "priority:7"]
        {
            let group: Group = word.parse().unwrap();
            assert_eq!(group.to_string(), word);
            assert_eq!(serde_json::to_string(&group).unwrap(), format!("\"{word}\""));
        }
        for word in ["", "everybody", "tier:", "tier:A b", "priority:x", "inducted", "x:y"] {
            assert!(word.parse::<Group>().is_err(), "{word}");
        }
        assert!("friends".parse::<Group>().unwrap_err().contains("good-standing"));
    }

    #[test]
    fn a_channel_says_what_it_has_to_and_no_more() {
        let text = r#"{"chat":"slack","groups":["good-standing"],"posts":{"alarm":null}}"#;
        let channel: Channel = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&channel).unwrap(), text);
        assert_eq!(channel.place(&"laser".parse().unwrap()), "laser");
        assert!(serde_json::from_str::<Channel>(r#"{"chat":"slack","colour":1}"#).is_err());
    }
}
