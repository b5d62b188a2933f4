//! A mail server for one test: aiosmtpd, over the network and TLS like anywhere else.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use serde_json::Value;
use space::integrations::mail::{Sender, SmtpOptions, Tls};

use crate::python::python;

/// A running server; it stops with the test.
pub(crate) struct Server {
    child: Child,
    /// Its output, read continuously so that it never blocks.
    lines: Mutex<Receiver<String>>,
    pub(crate) port: u16,
    pub(crate) dir: tempfile::TempDir,
    mode: &'static str,
}

impl Server {
    /// Starts one, unless Python or its packages are not available.
    pub(crate) fn start(mode: &'static str, password: Option<&str>) -> Option<Self> {
        let python = python("aiosmtpd", &["aiosmtpd", "trustme"], "aiosmtpd, trustme")?;
        let dir = tempfile::tempdir().unwrap();
        let mut child = Command::new(python)
            .arg("tests/mail/server.py")
            .arg(mode)
            .arg(dir.path().join("authority.pem"))
            .arg(password.unwrap_or("-"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (to, lines) = mpsc::channel();
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| to.send(line)));
        let port = lines.recv().unwrap().trim().parse().unwrap();
        Some(Self { child, lines: Mutex::new(lines), port, dir, mode })
    }

    pub(crate) fn options(&self) -> SmtpOptions {
        SmtpOptions {
            host: "localhost".into(),
            port: self.port,
            tls: match self.mode {
                "implicit" => Tls::Implicit,
                "starttls" => Tls::StartTls,
                _ => Tls::None,
            },
            authorities: std::fs::read(self.dir.path().join("authority.pem")).ok(),
            login: None,
            timeout: Duration::from_secs(20),
        }
    }

    /// Waits for a message that the server accepted.
    pub(crate) fn message(&self) -> Message {
        Message(serde_json::from_str(&self.lines.lock().unwrap().recv().unwrap()).unwrap())
    }

    /// Stops the server; returns the messages accepted but not looked at.
    pub(crate) fn rest(mut self) -> Vec<Message> {
        let _ = self.child.kill();
        let lines = self.lines.get_mut().unwrap();
        lines.iter().map(|line| Message(serde_json::from_str(&line).unwrap())).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A message as the server received it.
pub(crate) struct Message(pub(crate) Value);

impl Message {
    pub(crate) fn to(&self) -> &str {
        self.0["to"][0].as_str().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let headers = self.0["headers"].as_array().unwrap();
        let found = headers.iter().find(|it| it[0] == name);
        found.unwrap_or_else(|| panic!("no {name}"))[1].as_str().unwrap()
    }

    pub(crate) fn part(&self, number: usize) -> (&str, String) {
        let part = &self.0["parts"][number];
        (part[0].as_str().unwrap(), part[1].as_str().unwrap().replace("\r\n", "\n"))
    }
}

pub(crate) fn sender() -> Sender {
    Sender { name: "Tool Shed".into(), from: "members@example.org".into(), reply_to: None }
}
