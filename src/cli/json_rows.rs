//! Rows as JSON, as serde_json writes them two blanks deep, in half the time.
//!
//! Most of a long list are the names of its fields, which are the same in each row: they are copied,
//! where serde_json would look through each for letters to escape. Values are written by serde_json.

use std::{fmt, io};

use serde::{
    Serialize, Serializer,
    ser::{self, Impossible, SerializeStruct},
};

/// Appends rows as they stand between the brackets of a list.
///
/// # Errors
/// That a row cannot be written as JSON.
pub(super) fn append<R: Serialize>(text: &mut Vec<u8>, rows: &[R]) -> io::Result<()> {
    for (place, row) in rows.iter().enumerate() {
        text.extend_from_slice(if place == 0 { b"\n  " } else { b",\n  " });
        match row.serialize(Row(text)) {
            Ok(()) => {}
            Err(Refusal::NoStruct) => append_value(text, row, 2)?,
            Err(Refusal::Json(error)) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Appends a value that lies so many blanks deep.
fn append_value<T: Serialize + ?Sized>(
    text: &mut Vec<u8>,
    value: &T,
    depth: usize,
) -> serde_json::Result<()> {
    let start = text.len();
    serde_json::to_writer_pretty(&mut *text, value)?;
    if matches!(text.last(), Some(b'}' | b']')) {
        // A line break in a text is written as `\n`, so each of these is between lines.
        let lines = text.split_off(start);
        for (place, line) in lines.split(|byte| *byte == b'\n').enumerate() {
            if place > 0 {
                text.push(b'\n');
                text.resize(text.len() + depth, b' ');
            }
            text.extend_from_slice(line);
        }
    }
    Ok(())
}

/// Writes a row if it is a struct, and nothing otherwise.
struct Row<'t>(&'t mut Vec<u8>);

/// Writes the fields of a row.
struct Fields<'t> {
    text: &'t mut Vec<u8>,
    some: bool,
}

#[derive(Debug)]
enum Refusal {
    NoStruct,
    Json(serde_json::Error),
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Refusal;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refusal> {
        debug_assert!(
            key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
            "`{key}` would have to be escaped"
        );
        self.text.extend_from_slice(if self.some { b",\n    \"" } else { b"\n    \"" });
        self.text.extend_from_slice(key.as_bytes());
        self.text.extend_from_slice(b"\": ");
        self.some = true;
        append_value(self.text, value, 4).map_err(Refusal::Json)
    }

    fn end(self) -> Result<(), Refusal> {
        self.text.extend_from_slice(if self.some { b"\n  }" } else { b"}" });
        Ok(())
    }
}

/// Methods that say that it is no struct.
macro_rules! refuse {
    ($($name:ident($($given:ty),*) -> $written:ty;)*) => {
        $(fn $name(self, $(_: $given),*) -> Result<$written, Refusal> {
            Err(Refusal::NoStruct)
        })*
    };
}

type No = Impossible<(), Refusal>;

impl<'t> Serializer for Row<'t> {
    type Ok = ();
    type Error = Refusal;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = Fields<'t>;
    type SerializeStructVariant = No;

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'t>, Refusal> {
        self.0.push(b'{');
        Ok(Fields { text: self.0, some: false })
    }

    refuse! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> No;
        serialize_tuple(usize) -> No;
        serialize_tuple_struct(&'static str, usize) -> No;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No;
        serialize_map(Option<usize>) -> No;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Refusal> {
        Err(Refusal::NoStruct)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refusal> {
        Err(Refusal::NoStruct)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refusal> {
        Err(Refusal::NoStruct)
    }
}

impl ser::Error for Refusal {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self::Json(ser::Error::custom(text))
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStruct => f.write_str("it is no struct"),
            Self::Json(error) => error.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, Serialize)]
    struct Nested {
        text: String,
        list: Vec<Option<i64>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        deeper: Option<Box<Nested>>,
        map: BTreeMap<String, bool>,
    }

    #[derive(Serialize)]
    struct Empty {
        #[serde(skip_serializing_if = "Option::is_none")]
        nothing: Option<()>,
    }

    #[derive(Serialize)]
    struct Flat {
        one: u8,
        #[serde(flatten)]
        rest: BTreeMap<String, String>,
    }

    #[derive(Serialize)]
    enum Either {
        Unit,
        Newtype(f64),
        Tuple(u8, char),
        Struct { within: Option<String> },
    }

    fn nested() -> impl Strategy<Value = Nested> {
        let map = || prop::collection::btree_map(".*", any::<bool>(), 0..3);
        let plain = (".*", any::<Vec<Option<i64>>>(), map()).prop_map(|(text, list, map)| Nested {
            text,
            list,
            deeper: None,
            map,
        });
        plain.prop_recursive(3, 8, 1, move |inner| {
            (".*", any::<Vec<Option<i64>>>(), map(), inner).prop_map(|(text, list, map, inner)| {
                Nested { text, list, deeper: Some(Box::new(inner)), map }
            })
        })
    }

    fn as_serde_json_does<R: Serialize>(rows: &[R]) -> Result<(), TestCaseError> {
        let mut text = b"[".to_vec();
        append(&mut text, rows).unwrap();
        text.extend_from_slice(if rows.is_empty() { b"]" } else { b"\n]" });
        prop_assert_eq!(
            String::from_utf8(text).unwrap(),
            serde_json::to_string_pretty(rows).unwrap()
        );
        Ok(())
    }

    proptest! {
        #[test]
        fn structs_are_written_as_serde_json_does(
            rows in prop::collection::vec(nested(), 0..4),
            text in ".*",
            number in any::<u64>(),
        ) {
            as_serde_json_does(&rows)?;
            as_serde_json_does(&[Empty { nothing: None }, Empty { nothing: Some(()) }])?;
            let rest = BTreeMap::from([(text.clone(), text.clone())]);
            as_serde_json_does(&[Flat { one: 1, rest }])?;
            as_serde_json_does(&[
                Either::Unit,
                Either::Newtype(number as f64),
                Either::Tuple(1, '"'),
                Either::Struct { within: Some(text.clone()) },
            ])?;
            as_serde_json_does(&[Some((number, &text, [Some(()), None])), None])?;
            as_serde_json_does(&[vec![vec![text]], Vec::new()])?;
        }
    }

    #[test]
    fn what_cannot_be_json_is_an_error() {
        #[derive(Serialize)]
        struct Wrong {
            map: BTreeMap<Vec<u8>, u8>,
        }
        let rows = [Wrong { map: BTreeMap::from([(vec![1], 1)]) }];
        let error = append(&mut Vec::new(), &rows).unwrap_err();
        assert_eq!(error.to_string(), "key must be a string");
    }
}
