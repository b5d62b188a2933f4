//! The verbs: records and a request in, a [`Change`](crate::domain::model::Change) out.
