//! Fields that may be `null` and may not be left out.
//!
//! serde reads a missing optional field as `null`. If `null` gives more access than any other
//! value, as it does for the end of a grant, somebody must have written it, not forgotten it.
//! Therefore every field that lets somebody in is required: all fields of a credential and its
//! grants, `priority` and `timespec` of a requirement, and `price` of a tier (`null` owes nothing).
//! A field that only keeps somebody out may be missing: `left` and `suspended` of a member, what a
//! facility demands besides a priority, and `arm` of a requirement, which delays a hold.

use std::{borrow::Cow, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

/// Reads a field that is `null` or a value; with `deserialize_with`, the field must not be missing.
pub(super) fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}

/// The schema of such a field: like that of an optional one, but required.
pub(super) struct Required<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Required<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}
