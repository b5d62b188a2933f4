//! A broker for one test: mosquitto, on a port of its own.

use std::{
    fs,
    io::Write as _,
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use space::integrations::mqtt::{Connection, ConnectionOptions, Outgoing};
use tempfile::TempDir;

use crate::part::{missing, there, works};

/// Where Debian puts it, which is not always on the path.
const PROGRAM: &str = "/usr/sbin/mosquitto";

/// A running broker.
pub(crate) struct Mosquitto {
    child: Option<Child>,
    dir: TempDir,
    pub(crate) port: u16,
}

impl Mosquitto {
    /// Starts one that anybody may use; `None` if it is not installed.
    pub(crate) fn start() -> Option<Self> {
        Self::with("allow_anonymous true\n")
    }

    /// Starts one that encrypts and knows one user, `space` with the password `secret`.
    pub(crate) fn secured() -> Option<Self> {
        if !there("openssl", &["version"]) {
            return None;
        }
        let mut it = Self::prepare()?;
        let path = |name: &str| it.dir.path().join(name).display().to_string();
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
        openssl.args(["-nodes", "-days", "30", "-subj", "/CN=localhost"]);
        openssl.args(["-addext", "subjectAltName=DNS:localhost"]);
        openssl.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
        openssl.args(["-keyout", &path("key.pem"), "-out", &path("cert.pem")]);
        assert!(works(&mut openssl));
        let mut passwords = Command::new("mosquitto_passwd");
        passwords.args(["-b", "-c", &path("users"), "space", "secret"]);
        assert!(works(&mut passwords));
        let settings = format!(
            "allow_anonymous false\npassword_file {}\ncertfile {}\nkeyfile {}\n",
            path("users"),
            path("cert.pem"),
            path("key.pem")
        );
        it.run(&settings);
        Some(it)
    }

    fn with(settings: &str) -> Option<Self> {
        let mut it = Self::prepare()?;
        it.run(settings);
        Some(it)
    }

    fn prepare() -> Option<Self> {
        if !std::path::Path::new(PROGRAM).exists() {
            missing("mosquitto");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Some(Self { child: None, dir: tempfile::tempdir().unwrap(), port })
    }

    fn run(&mut self, settings: &str) {
        let folder = self.dir.path().display();
        let text = format!(
            "listener {} 127.0.0.1\n{settings}persistence true\npersistence_location {folder}/\n\
             user root\nmax_queued_messages 0\nlog_type error\n",
            self.port
        );
        fs::write(self.dir.path().join("conf"), text).unwrap();
        self.come_back();
    }

    /// Starts it again, on the same port and with what it kept.
    pub(crate) fn come_back(&mut self) {
        let mut command = Command::new(PROGRAM);
        command.arg("-c").arg(self.dir.path().join("conf"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.child = Some(child.spawn().unwrap());
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(20), "mosquitto does not listen");
            thread::yield_now();
        }
    }

    /// Ends it. What it kept is written down, as when a machine is shut down.
    pub(crate) fn leave(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        let id = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        child.wait().unwrap();
    }

    /// Returns how to reach it.
    pub(crate) fn options(&self, client: &str, will: Option<Outgoing>) -> ConnectionOptions {
        ConnectionOptions {
            host: "127.0.0.1".into(),
            port: self.port,
            tls: false,
            authorities: None,
            client: client.into(),
            login: None,
            will,
        }
    }

    /// Connects.
    pub(crate) fn client(&self, client: &str, will: Option<Outgoing>) -> Connection {
        Connection::open(self.options(client, will)).unwrap()
    }

    /// Returns its certificate (PEM).
    pub(crate) fn certificate(&self) -> Vec<u8> {
        fs::read(self.dir.path().join("cert.pem")).unwrap()
    }

    /// Publishes a payload that is larger than any of ours.
    pub(crate) fn publish_raw(&self, topic: &str, payload: &[u8], retain: bool) {
        let mut command = Command::new("mosquitto_pub");
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-t", topic, "-s"]);
        if retain {
            command.arg("-r");
        }
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(payload).unwrap();
        assert!(child.wait().unwrap().success());
    }
}

impl Mosquitto {
    /// Publishes each line as a message of its own.
    pub(crate) fn publish_lines(&self, topic: &str, lines: &str) {
        let mut command = Command::new("mosquitto_pub");
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-t", topic, "-l"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
