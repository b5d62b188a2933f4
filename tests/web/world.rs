//! A space with a web, and somebody who asks it.

use std::{
    fs,
    io::{BufRead, BufReader},
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

/// Gives somebody a fob as of long ago: a moment that a form names may be some seconds ago.
const GIVE: [&str; 5] = ["credential", "add", "--effective", "2026-01-01", "--member"];

impl World {
    pub(crate) fn new() -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(world.space()).unwrap();
        for args in [
            &["init", "--name", "Our Space"][..],
            &["facility", "edit", "laser", "--no-first", "--controller", "127.0.0.1"],
            &["member", "add", "Ada Lovelace", "--tier", "guest", "--email", "ada@example.org"],
            &["member", "add", "Bob Noyce", "--tier", "guest", "--email", "bob@example.org"],
            &[&GIVE[..], &["ada", "--fob", ADA, "--facility", "frontdoor,laser"]].concat(),
            &[&GIVE[..], &["bob", "--fob", BOB, "--facility", "frontdoor"]].concat(),
            &["induction", "add", "ada", "laser", "--inductor"],
        ] {
            world.good(args);
        }
        world.configure("serves = [\"admin\", \"things\", \"api\", \"public\"]", "");
        world
    }

    /// Writes the configuration: more settings of the only listener, and others.
    pub(crate) fn configure(&self, listener: &str, more: &str) {
        self.listen(&format!("[[listener]]\naddress = \"127.0.0.1:0\"\n{listener}\n"), more);
    }

    /// Writes the configuration: all listeners, and other settings.
    pub(crate) fn listen(&self, listeners: &str, more: &str) {
        let logins = ["view", "desk", "admin"].map(|role| {
            let hash = &*HASH;
            format!("[login.{role}]\npassword = \"{hash}\"\nrole = \"{role}\"\n")
        });
        fs::write(self.config(), format!("{listeners}{}{more}", logins.concat())).unwrap();
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

    /// Returns the path of a file beside the space.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
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
        if self.beside("services.toml").exists() {
            command.env("SPACE_SERVICES_CONFIG", self.beside("services.toml"));
        }
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
        self.found(self.start(&["web", "run"]))
    }

    /// Starts the web with a clock that stands still.
    pub(crate) fn web_at(&self, moment: &str) -> Web {
        let mut command = self.command(&["web", "run", "--json"]);
        self.found(Running::new(
            command.env("SPACE_NOW", moment).stdout(Stdio::piped()).spawn().unwrap(),
        ))
    }

    /// Finds out where a web that was started listens.
    pub(crate) fn found(&self, running: Running) -> Web {
        let url = running.wait("listening")["at"].as_str().unwrap().to_owned();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .build()
            .into();
        Web { running, url, agent }
    }

    /// Commits a text beside the records.
    pub(crate) fn text(&self, path: &str, text: &str) {
        let file = self.space().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        for args in [&["add", path][..], &["commit", "-qm", "texts: write one"]] {
            let mut git = Command::new("git");
            git.current_dir(self.space());
            git.args(["-c", "user.name=Grace", "-c", "user.email=grace@example.org"]).args(args);
            assert!(git.status().unwrap().success());
        }
    }

    /// Returns the activities in the journals.
    pub(crate) fn activities(&self) -> Vec<Value> {
        let text = self.good(&["--json", "activity", "list"]);
        serde_json::from_str(&text).unwrap()
    }

    /// Returns the repository's own folder.
    pub(crate) fn git(&self) -> PathBuf {
        self.space().join(".git")
    }

    /// Writes lines into the journal of a door, as a door does.
    pub(crate) fn journal(&self, month: &str, lines: impl IntoIterator<Item = String>) {
        let folder = self.git().join("space/journal");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("door-{month}.jsonl"));
        let mut text = fs::read_to_string(&path).unwrap_or_default();
        lines.into_iter().for_each(|line| text += &format!("{line}\n"));
        fs::write(path, text).unwrap();
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

    /// Gets a page piece by piece, for one that never ends.
    pub(crate) fn stream(&self, login: &str, path: &str) -> impl BufRead + use<> {
        let request = self.agent.get(format!("{}{path}", self.url));
        let request = request.header("authorization", basic(login, PASSWORD));
        BufReader::new(request.call().unwrap().into_body().into_reader())
    }

    /// Gets a page as somebody, with a header.
    pub(crate) fn get_as(&self, login: &str, path: &str, header: (&str, &str)) -> (u16, String) {
        let request = self.agent.get(format!("{}{path}", self.url)).header(header.0, header.1);
        let request = request.header("authorization", basic(login, PASSWORD));
        let (status, _, text) = read(request.call().unwrap());
        (status, text)
    }

    /// Gets a page with a header.
    pub(crate) fn get_with(&self, path: &str, header: (&str, &str)) -> (u16, String) {
        let request = self.agent.get(format!("{}{path}", self.url)).header(header.0, header.1);
        let (status, _, text) = read(request.call().unwrap());
        (status, text)
    }
}

/// Returns the value of a hidden field of a page.
pub(crate) fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split_once('"').unwrap().0
}

/// Fills in a form, looks at what will change, and agrees; returns the commit.
#[track_caller]
pub(crate) fn fill_in(
    web: &Web,
    login: &str,
    path: &str,
    fields: &[(&str, &str)],
    words: &str,
) -> String {
    let (status, page) = web.post(login, path, fields);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains(words), "{words}: {page}");
    let base = hidden(&page, "base");
    let all = [fields, &[("base", base), ("step", "commit")]].concat();
    let (status, page) = web.post(login, path, &all);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Done"), "{page}");
    hidden(&page, "commit").to_owned()
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
