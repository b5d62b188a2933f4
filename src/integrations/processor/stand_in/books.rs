//! Everything that a stand-in knows.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde_json::Value;

use super::{answered::Answered, asked::Asked};

/// The objects, by kind and oldest first.
#[derive(Debug)]
pub(super) struct Books {
    pub(super) now: Timestamp,
    /// Where the pages for browsers are.
    pub(super) address: String,
    /// The key that is accepted.
    pub(super) secret: String,
    /// The most entries of a page, if that is fewer than the company gives.
    pub(super) page: Option<usize>,
    objects: BTreeMap<String, Vec<Value>>,
    next: u64,
    /// What was asked by each key, and what was answered.
    pub(super) keys: HashMap<String, (Asked, Answered)>,
}

impl Books {
    pub(super) fn new(secret: &str, now: Timestamp) -> Self {
        Self {
            now,
            address: String::new(),
            secret: secret.to_owned(),
            page: None,
            objects: BTreeMap::new(),
            next: 0,
            keys: HashMap::new(),
        }
    }

    /// Returns a new id with a beginning: `cus_0000000001`.
    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}{:010}", self.next)
    }

    /// Returns all objects of a kind, oldest first.
    pub(super) fn all(&self, kind: &str) -> &[Value] {
        self.objects.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Returns all objects of a kind, to change them.
    pub(super) fn all_mut(&mut self, kind: &str) -> &mut Vec<Value> {
        self.objects.entry(kind.to_owned()).or_default()
    }

    /// Returns one object, to change it.
    pub(super) fn object(&mut self, kind: &str, id: &str) -> Option<&mut Value> {
        self.all_mut(kind).iter_mut().find(|it| it["id"] == id)
    }

    /// Adds an object.
    pub(super) fn add(&mut self, kind: &str, object: Value) -> Value {
        self.all_mut(kind).push(object.clone());
        object
    }

    /// Removes an object.
    pub(super) fn remove(&mut self, kind: &str, id: &str) {
        self.all_mut(kind).retain(|it| it["id"] != id);
    }
}
