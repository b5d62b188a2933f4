//! The money returned of one payment: none, once, or in several refunds.
//!
//! A record says `null`, the return itself, or a list of them, so that the records with none or one,
//! which are nearly all, stay as they are read by everybody.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use super::payment::Returned;

/// The schema of the three spellings.
pub(super) struct Spelling;

impl JsonSchema for Spelling {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Returns".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<Returned>();
        json_schema!({
            "anyOf": [
                { "type": "null" },
                one,
                { "type": "array", "items": one, "minItems": 2 },
            ],
        })
    }
}

/// Writes what was returned.
pub(super) fn serialize<S: Serializer>(all: &[Returned], to: S) -> Result<S::Ok, S::Error> {
    match all {
        [] => to.serialize_none(),
        [one] => one.serialize(to),
        several => several.serialize(to),
    }
}

/// Reads what was returned.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Returned>, D::Error> {
    from.deserialize_any(Returns)
}

struct Returns;

impl<'de> Visitor<'de> for Returns {
    type Value = Vec<Returned>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list of several, or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<Returned>, E> {
        Ok(Vec::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<Returned>, A::Error> {
        Returned::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Returned>, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        if all.len() < 2 {
            return Err(A::Error::custom(
                "a list of fewer than two: write the object without a list, or null",
            ));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::domain::model::{Payment, Returned};

    fn with(returned: &str) -> Result<Payment, serde_json::Error> {
        let before = r#"{"date":"2026-01-05","amount":5000,"months":2,"from":null,"text":"","source":null,"returned":"#;
        serde_json::from_str(&format!("{before}{returned}}}"))
    }

    #[test]
    fn it_is_written_as_briefly_as_it_was() {
        let one = r#"{"on":"2026-02-01","amount":2500,"months":1,"reason":"refunded"}"#;
        let returned =
            Returned { on: date(2026, 2, 1), amount: 2500, months: 1, reason: "refunded".into() };
        for (written, count) in [("null", 0), (one, 1), (&format!("[{one},{one}]"), 2)] {
            let payment = with(written).unwrap();
            assert_eq!(payment.returned, vec![returned.clone(); count]);
            let json = serde_json::to_string(&payment).unwrap();
            assert!(json.ends_with(&format!("\"returned\":{written}}}")), "{json}");
        }
    }

    #[test]
    fn every_record_has_one_spelling() {
        let one = r#"{"on":"2026-02-01","amount":2500,"months":1,"reason":"refunded"}"#;
        for wrong in ["[]".to_owned(), format!("[{one}]"), "true".into(), r#"{"on":1}"#.into()] {
            assert!(with(&wrong).is_err(), "{wrong}");
        }
    }
}
