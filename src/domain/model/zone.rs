//! What is heated together, how warm it should be and when: `zones/<name>.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Decimal, Slug};

/// A room, or several, that are heated together. Temperatures are in degrees Celsius.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// The display name.
    pub name: String,
    /// The temperature below which it never falls, so that no pipe freezes.
    #[serde(default = "usual_frost")]
    pub frost: Decimal,
    /// The temperature that is never asked for more than, whatever the wishes say.
    #[serde(default = "usual_ceiling")]
    pub ceiling: Decimal,
    /// The facilities whose bookings and people it is heated for; all of them if there are none here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilities: Vec<Slug>,
    /// How warm it should be and when; the warmest counts.
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// Where the temperature is sent to that it should have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_point: Option<SetPoint>,
}

/// A temperature at certain times.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// How warm it should be.
    pub temperature: Decimal,
    /// The purpose, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it counts only while somebody is in, or has booked within the next half hour.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_used: bool,
    /// `always`, or the text of a complete iCalendar, stored verbatim.
    pub timespec: String,
}

/// Where the temperature that a zone should have is sent to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPoint {
    /// The topic of a broker.
    pub topic: String,
    /// The key of the number in a JSON object; without it, the number alone is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

const fn usual_frost() -> Decimal {
    Zone::FROST
}

const fn usual_ceiling() -> Decimal {
    Zone::CEILING
}

impl Zone {
    /// The usual temperature below which a zone never falls.
    pub const FROST: Decimal = Decimal::whole(5);

    /// The usual temperature that is never asked for more than.
    pub const CEILING: Decimal = Decimal::whole(23);
}
