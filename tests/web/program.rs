//! A program with a token, as it asks.

use serde_json::Value;
use ureq::{Agent, http::HeaderMap};

use crate::world::{Web, World};

/// A program that asks a running web.
pub(crate) struct Program {
    agent: Agent,
    base: String,
    token: String,
}

/// Configures a web for programs, each with a name and what it may do; returns their tokens.
pub(crate) fn configure(world: &World, programs: &[(&str, &[&str])]) -> Vec<String> {
    let mut lines = String::new();
    let tokens = programs.iter().map(|(name, scopes)| {
        let (token, hash) = space::web::new_token();
        lines += &format!("[token.{name}]\nhash = \"{hash}\"\nscopes = {scopes:?}\n");
        token
    });
    let tokens = tokens.collect();
    world.configure("serves = [\"api\"]", &lines);
    tokens
}

impl Program {
    pub(crate) fn new(web: &Web, token: &str) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { agent, base: format!("{}/api/v1", web.url), token: token.to_owned() }
    }

    /// Gets something.
    pub(crate) fn get(&self, path: &str) -> (u16, Value) {
        let (status, _, value) = self.send("GET", path, None, &[]);
        (status, value)
    }

    /// Sends a value, with headers, and returns the status, the headers and the answer.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        value: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> (u16, HeaderMap, Value) {
        let url = format!("{}{path}", self.base);
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = match value {
            Some(value) => {
                let request = request.header("content-type", "application/json");
                self.agent.run(request.body(value.to_string()).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        let (head, mut body) = sent.unwrap().into_parts();
        let text = body.read_to_string().unwrap();
        let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
        (head.status.as_u16(), head.headers, value)
    }
}
