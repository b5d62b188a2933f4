//! A server of SQS: moto, which checks signatures. One serves most tests, each with its own queues.

use std::{
    io::{BufRead as _, BufReader, Lines, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};
use space::integrations::queue::{Sqs, SqsOptions};

use crate::python::python;

/// A running server. It ends with this process, since its input does.
pub(crate) struct Server {
    child: Child,
    talk: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
    pub(crate) port: u16,
    pub(crate) friend: (String, String),
    pub(crate) stranger: (String, String),
}

impl Server {
    /// Returns the one that all tests use, unless Python or its packages are not available.
    pub(crate) fn shared() -> Option<&'static Self> {
        static SHARED: LazyLock<Option<Server>> = LazyLock::new(|| Server::start(0));
        SHARED.as_ref()
    }

    /// Starts one.
    pub(crate) fn start(port: u16) -> Option<Self> {
        let python = python("moto", &["moto", "flask", "flask-cors"], "moto.server, boto3")?;
        let mut child = Command::new(python)
            .args(["tests/queue/server.py", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let begin: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let word = |it: &Value| it.as_str().unwrap().to_owned();
        let key = |name: &str| (word(&begin[name][0]), word(&begin[name][1]));
        Some(Self {
            child,
            talk: Mutex::new((input, lines)),
            port: begin["port"].as_u64().unwrap().try_into().unwrap(),
            friend: key("friend"),
            stranger: key("stranger"),
        })
    }

    /// Creates a queue and returns its URL; its name ends as said.
    pub(crate) fn create(&self, end: &str, mut attributes: Value) -> String {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        if end.ends_with(".fifo") {
            attributes["FifoQueue"] = "true".into();
        }
        self.named(&format!("q{}-{end}", NEXT.fetch_add(1, Ordering::Relaxed)), &attributes)
    }

    /// Creates a queue of this name and returns its URL.
    pub(crate) fn named(&self, name: &str, attributes: &Value) -> String {
        let (input, lines) = &mut *self.talk.lock().unwrap();
        writeln!(input, "{}", json!([name, attributes])).unwrap();
        serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap()
    }

    /// Returns how to reach queues of this server.
    pub(crate) fn options(&self, incoming: &str, outgoing: &str) -> SqsOptions {
        SqsOptions {
            incoming: incoming.into(),
            outgoing: outgoing.into(),
            region: Some("eu-west-1".into()),
            endpoint: None,
            access_key: Some(self.friend.clone()),
        }
    }

    /// Returns two new queues from both sides.
    pub(crate) fn pair(&self, end: &str) -> (Sqs, Sqs) {
        let (one, other) = (self.create(end, json!({})), self.create(end, json!({})));
        let new = |options| Sqs::new(options).unwrap();
        (new(self.options(&one, &other)), new(self.options(&other, &one)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
