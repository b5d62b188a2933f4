//! Fields of a member that state a fact without its reason: reasons are personal, and so they are
//! in the contact data. Whoever writes one here is told where it belongs.

use std::fmt;

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, IntoDeserializer, MapAccess, Visitor},
};

/// Reads a day or `null`.
pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    if from.is_human_readable() { from.deserialize_any(Day) } else { Option::deserialize(from) }
}

/// Reads `true` or `false`; `null` is `false`.
pub(super) fn yes<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    if from.is_human_readable() { from.deserialize_any(Yes) } else { bool::deserialize(from) }
}

struct Day;

impl<'de> Visitor<'de> for Day {
    type Value = Option<Date>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day like \"2026-03-02\", or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Date>, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Date>, E> {
        Date::deserialize(text.into_deserializer()).map(Some)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Date>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Err(A::Error::custom(
            "found an object instead of a day: write the first day alone, and put the reason into \
             contact.json, as `suspension_reason`",
        ))
    }
}

struct Yes;

impl Visitor<'_> for Yes {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<bool, E> {
        Ok(yes)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<bool, E> {
        Err(E::custom(
            "found a text instead of true or false: write true, and put the reason into \
             contact.json, as `concession_reason`",
        ))
    }
}
