//! Everything that the stand-in knows, and which request is for what.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    answered::{Answered, failure, good, missing},
    asked::Asked,
    lists,
};

/// The objects, by kind and oldest first.
#[derive(Debug)]
pub(super) struct Books {
    pub(super) now: Timestamp,
    /// Where the pages for browsers are.
    pub(super) address: String,
    secret: String,
    objects: BTreeMap<String, Vec<Value>>,
    next: u64,
    /// What was asked by each key, and what was answered.
    keys: HashMap<String, (Asked, Answered)>,
}

impl Books {
    pub(super) fn new(secret: &str, now: Timestamp) -> Self {
        Self {
            now,
            address: String::new(),
            secret: secret.to_owned(),
            objects: BTreeMap::new(),
            next: 0,
            keys: HashMap::new(),
        }
    }

    /// Returns a new id: `cus_0000000001`.
    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}_{:010}", self.next)
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

    /// Notes that something happened.
    pub(super) fn happened(&mut self, kind: &str, object: Value) {
        let (id, created) = (self.id("evt"), self.now.as_second());
        let event = json!({
            "id": id, "object": "event", "type": kind, "created": created,
            "data": { "object": object },
        });
        self.add("events", event);
    }

    /// Answers a request: one with a key that is known gets the same answer again.
    pub(super) fn answer(&mut self, asked: &Asked) -> Answered {
        if asked.secret.as_deref() != Some(self.secret.as_str()) {
            return failure(401, "api_key_invalid", "Invalid API Key provided");
        }
        if asked.version.as_deref().is_none_or(|it| !it.starts_with("20")) {
            return failure(400, "version", "Invalid Stripe API version");
        }
        let Some(key) = asked.key.clone().filter(|_| asked.method == "POST") else {
            return self.act(asked);
        };
        if let Some((before, answered)) = self.keys.get(&key) {
            if (&before.path, &before.form) != (&asked.path, &asked.form) {
                let words = "Keys for idempotent requests can only be used with the same parameters \
                             they were first used with";
                return failure(400, "idempotency_error", words);
            }
            return answered.clone();
        }
        let answered = self.act(asked);
        self.keys.insert(key, (asked.clone(), answered.clone()));
        answered
    }

    fn act(&mut self, asked: &Asked) -> Answered {
        let path: Vec<&str> = asked.path.trim_start_matches("/v1/").split('/').collect();
        match (asked.method.as_str(), path.as_slice()) {
            (
                "GET",
                [kind @ ("customers" | "subscriptions" | "charges" | "events" | "payouts")],
            ) => lists::page(self.all(kind), asked, kind),
            ("GET", ["balance_transactions"]) => {
                lists::page(self.all("balance_transactions"), asked, "balance_transactions")
            }
            ("GET", [kind, id]) => {
                self.object(kind, id).cloned().map_or_else(|| missing(kind, id), good)
            }
            ("POST", ["customers"]) => self.new_customer(&asked.form),
            ("POST", ["products"]) => self.new_product(&asked.form),
            ("POST", ["subscriptions"]) => self.new_subscription(&asked.form),
            ("POST", ["subscriptions", id]) => self.change_subscription(id, &asked.form),
            ("POST", ["checkout", "sessions"]) => self.new_session(&asked.form),
            ("POST", ["billing_portal", "sessions"]) => self.new_portal(&asked.form),
            ("POST", ["refunds"]) => self.new_refund(&asked.form),
            _ => failure(404, "unknown_url", "Unrecognized request URL"),
        }
    }
}
