//! What a command answers to programs, as a schema.

use std::{borrow::Cow, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use crate::domain::model::{MemberId, text_schema};

/// The form of a command's answer with `--json`.
#[derive(Clone, Copy)]
pub struct AnswerSchema {
    /// The command, without `space`: `member list`.
    pub command: &'static str,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

impl AnswerSchema {
    /// Says that a command answers with a value of this type.
    pub(in crate::cli) const fn of<T: JsonSchema>(command: &'static str) -> Self {
        Self { command, schema: |generator| generator.root_schema_for::<T>() }
    }

    /// Returns the schema of the answer.
    #[must_use]
    pub fn schema(&self) -> Schema {
        (self.schema)(&mut text_schema::settings().for_serialize().into_generator())
    }
}

/// A member who got another number.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub(in crate::cli) struct Renumbered {
    /// The number that was given twice.
    former: MemberId,
    /// The number now.
    new: MemberId,
}

impl Renumbered {
    /// Lists members who got another number.
    pub(in crate::cli) fn all<'m>(
        numbers: impl IntoIterator<Item = (&'m MemberId, &'m MemberId)>,
    ) -> Vec<Self> {
        numbers.into_iter().map(|(former, new)| Self { former: *former, new: *new }).collect()
    }
}

/// The schema of an answer that is one of two kinds.
pub(in crate::cli) struct OneOf<A, B>(PhantomData<(A, B)>);

impl<A: JsonSchema, B: JsonSchema> JsonSchema for OneOf<A, B> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}Or{}", A::schema_name(), B::schema_name()).into()
    }

    fn schema_id() -> Cow<'static, str> {
        format!("{} or {}", A::schema_id(), B::schema_id()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [generator.subschema_for::<A>(), generator.subschema_for::<B>()] })
    }
}
