//! A space with a web, and somebody who asks it.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

use serde_json::Value;
use tempfile::TempDir;
use ureq::{Agent, config::RedirectAuthHeaders, http::Response};

use crate::running::Running;

pub(crate) const ADA: &str = "15408774";
pub(crate) const BOB: &str = "10649959";

/// The name and password of each login; the role is the name.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// The hash of the password: worked out once, since that takes long.
static HASH: LazyLock<String> = LazyLock::new(|| space::web::hash_password(PASSWORD).unwrap());

/// A space: Ada (0001) is the laser's inductor, Bob (0002) may enter the front door only.
pub(crate) struct World {
    dir: TempDir,
}

/// A running web, and where to find it.
pub(crate) struct Web {
    pub(crate) running: Running,
    pub(crate) url: String,
    agent: Agent,
}

impl World {
    pub(crate) fn new() -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(world.space()).unwrap();
        for args in [
            &["init"][..],
            &["facility", "edit", "laser", "--no-first", "--controller", "127.0.0.1"],
            &["member", "add", "Ada Lovelace", "--tier", "guest", "--email", "ada@example.org"],
            &["member", "add", "Bob Noyce", "--tier", "guest", "--email", "bob@example.org"],
            &[
                "credential",
                "add",
                "--member",
                "ada",
                "--fob",
                ADA,
                "--facility",
                "frontdoor,laser",
            ],
            &["credential", "add", "--member", "bob", "--fob", BOB, "--facility", "frontdoor"],
            &["induction", "add", "ada", "laser", "--inductor"],
        ] {
            world.good(args);
        }
        world.configure("serves = [\"admin\", \"things\", \"api\", \"public\"]", "");
        world
    }

    /// Writes the configuration: more settings of the only listener, and others.
    pub(crate) fn configure(&self, listener: &str, more: &str) {
        let logins = ["view", "desk", "admin"].map(|role| {
            let hash = &*HASH;
            format!("[login.{role}]\npassword = \"{hash}\"\nrole = \"{role}\"\n")
        });
        let listener = format!("[[listener]]\naddress = \"127.0.0.1:0\"\n{listener}\n");
        fs::write(self.config(), listener + &logins.concat() + more).unwrap();
    }

    /// Replaces the text of the configuration at once, as editors do.
    pub(crate) fn reconfigure(&self, text: &str) {
        let draft = self.dir.path().join("web.toml.new");
        fs::write(&draft, text).unwrap();
        fs::rename(draft, self.config()).unwrap();
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.dir.path().join("web.toml")
    }

    pub(crate) fn space(&self) -> PathBuf {
        self.dir.path().join("space")
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        for variable in ["SPACE_REPO", "SPACE_CONFIG", "SPACE_NOW", "JOURNAL_STREAM"] {
            command.env_remove(variable);
        }
        for (variable, value) in [
            ("GIT_AUTHOR_NAME", "Grace"),
            ("GIT_AUTHOR_EMAIL", "grace@example.org"),
            ("GIT_COMMITTER_NAME", "Grace"),
            ("GIT_COMMITTER_EMAIL", "grace@example.org"),
        ] {
            command.env(variable, value);
        }
        command.env("SPACE_WEB_CONFIG", self.config()).env("HOME", self.dir.path());
        command.current_dir(self.space()).args(args);
        command
    }

    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> (Output, String) {
        let output = self.command(args).output().unwrap();
        let text = [&output.stdout[..], &output.stderr].concat();
        (output, String::from_utf8(text).unwrap())
    }

    #[track_caller]
    pub(crate) fn good(&self, args: &[&str]) -> String {
        let (output, text) = self.run(args);
        assert!(output.status.success(), "{args:?}: {text}");
        text
    }

    /// Starts a program that tells what happens as JSON lines.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        let child = self.command(args).arg("--json").stdout(Stdio::piped()).spawn();
        Running::new(child.unwrap())
    }

    /// Starts the web.
    pub(crate) fn web(&self) -> Web {
        let running = self.start(&["web", "run"]);
        let url = running.wait("listening")["at"].as_str().unwrap().to_owned();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .build()
            .into();
        Web { running, url, agent }
    }

    /// Returns the activities in the journals.
    pub(crate) fn activities(&self) -> Vec<Value> {
        let text = self.good(&["--json", "activity", "list"]);
        serde_json::from_str(&text).unwrap()
    }

    /// Tells whether a text is in any file of any commit.
    pub(crate) fn git_grep(&self, text: &str) -> bool {
        let git = |args: &[&str]| {
            Command::new("git").current_dir(self.space()).args(args).output().unwrap()
        };
        let all = String::from_utf8(git(&["rev-list", "--all"]).stdout).unwrap();
        assert!(!all.is_empty());
        all.lines().any(|commit| git(&["grep", "-q", text, commit]).status.success())
    }
}

impl Web {
    /// Gets a page as somebody; `""` is nobody.
    pub(crate) fn get(&self, login: &str, path: &str) -> (u16, String) {
        let (status, _, text) = self.get_all(login, path);
        (status, text)
    }

    /// Gets a page with its headers.
    pub(crate) fn get_all(&self, login: &str, path: &str) -> (u16, ureq::http::HeaderMap, String) {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        if !login.is_empty() {
            request = request.header("authorization", basic(login, PASSWORD));
        }
        read(request.call().unwrap())
    }

    /// Sends a form as somebody, as a browser does.
    pub(crate) fn post(&self, login: &str, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let mut request = self.agent.post(format!("{}{path}", self.url));
        if !login.is_empty() {
            request = request.header("authorization", basic(login, PASSWORD));
        }
        let sent = request.header("sec-fetch-site", "same-origin").send_form(form.iter().copied());
        let (status, _, text) = read(sent.unwrap());
        (status, text)
    }

    /// Sends a file as somebody, as the form of a browser does.
    pub(crate) fn send_file(
        &self,
        login: &str,
        path: &str,
        name: &str,
        content: &str,
    ) -> (u16, String) {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"statement\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n{content}\r\n--edge--\r\n"
        );
        let request = self.agent.post(format!("{}{path}", self.url));
        let request = request.header("authorization", basic(login, PASSWORD));
        let sent = request.header("content-type", "multipart/form-data; boundary=edge").send(body);
        let (status, _, text) = read(sent.unwrap());
        (status, text)
    }

    /// Sends an empty form with a header, and returns the status.
    pub(crate) fn post_with(&self, login: &str, path: &str, header: (&str, &str)) -> u16 {
        let request = self.agent.post(format!("{}{path}", self.url));
        let request = request.header("authorization", basic(login, PASSWORD));
        request.header(header.0, header.1).send_empty().unwrap().status().as_u16()
    }

    /// Gets a page with a header.
    pub(crate) fn get_with(&self, path: &str, header: (&str, &str)) -> (u16, String) {
        let request = self.agent.get(format!("{}{path}", self.url)).header(header.0, header.1);
        let (status, _, text) = read(request.call().unwrap());
        (status, text)
    }
}

/// Returns the header of HTTP Basic authentication.
pub(crate) fn basic(name: &str, password: &str) -> String {
    use base64::Engine as _;
    let text = format!("{name}:{password}");
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(text))
}

fn read(response: Response<ureq::Body>) -> (u16, ureq::http::HeaderMap, String) {
    let (head, mut body) = response.into_parts();
    (head.status.as_u16(), head.headers, body.read_to_string().unwrap())
}
