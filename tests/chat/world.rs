//! A space on a disk, and a stand-in for a chat that runs as long as its test.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use jiff::Timestamp;
use space::{
    app::chat::{self, Chat},
    integrations::chat::{ChatKind, ChatOptions, StandIn, Workspace, workspace},
    store::Store,
};

pub(crate) const TOKEN: &str = "xoxb-space";
pub(crate) const APP_TOKEN: &str = "xapp-space";
pub(crate) const LINK: &str = "https://join.example.org/makers";

/// The moment of everything, unless a test lets time pass.
pub(crate) fn now() -> Timestamp {
    "2026-03-02T18:00:00Z".parse().unwrap()
}

/// Starts a stand-in, and returns it and its address.
pub(crate) fn stand_in() -> (StandIn, String) {
    let it = StandIn::new(TOKEN, APP_TOKEN, now());
    let (sender, at) = std::sync::mpsc::channel();
    let serving = it.clone();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(format!("http://{}", listener.local_addr().unwrap())).unwrap();
            serving.serve(listener).await.unwrap();
        });
    });
    (it, at.recv().unwrap())
}

/// Says how to speak with whatever is at an address.
pub(crate) fn options(kind: ChatKind, url: Option<&str>, secret: &str) -> ChatOptions {
    ChatOptions {
        kind,
        url: url.map(str::to_owned),
        secret: secret.to_owned(),
        app_secret: Some(APP_TOKEN.to_owned()),
        longest: Duration::from_secs(20),
        pause: |_| {},
    }
}

pub(crate) fn slack(url: &str) -> Box<dyn Workspace> {
    workspace(options(ChatKind::Slack, Some(url), TOKEN)).unwrap().unwrap()
}

/// A space, and its chat.
pub(crate) struct World {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) slack: StandIn,
    pub(crate) url: String,
}

impl World {
    /// Makes a space with members of a tier without dues, each with an address.
    pub(crate) fn new(members: &[&str]) -> Self {
        let (slack, url) = stand_in();
        let world = Self { dir: tempfile::tempdir().unwrap(), slack, url };
        let settings = "[user]\n\tname = Grace\n\temail = grace@example.org\n";
        fs::write(world.dir.path().join(".gitconfig"), settings).unwrap();
        let space = world.space_dir().display().to_string();
        world.run(&["init", &space, "--name", "Makers", "--currency", "GBP"]);
        world.run(&["tier", "add", "maker", "--name", "Maker"]);
        for name in members {
            world.run(&["member", "add", name, "--tier", "maker", "--email", &email(name)]);
        }
        world.write_secret("slack-token", TOKEN);
        world.write_secret("slack-app-token", APP_TOKEN);
        world.configure("");
        world
    }

    /// Writes the configuration; `more` stands in the section of the chat, or after it.
    pub(crate) fn configure(&self, more: &str) {
        let text = format!(
            "space = \"{}\"\n[chat.slack]\nkind = \"slack\"\nurl = \"{}\"\nsecret_file = \"{}\"\n\
             app_secret_file = \"{}\"\ninvite_link = \"{LINK}\"\n{more}\n",
            self.space_dir().display(),
            self.url,
            self.dir.path().join("slack-token").display(),
            self.dir.path().join("slack-app-token").display(),
        );
        fs::write(self.config(), text).unwrap();
    }

    pub(crate) fn write_secret(&self, name: &str, secret: &str) {
        let path = self.dir.path().join(name);
        fs::write(&path, secret).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    }

    pub(crate) fn space_dir(&self) -> PathBuf {
        self.dir.path().join("makers")
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.dir.path().join("services.toml")
    }

    /// Returns a command in the space.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        command
            .args(args)
            .env("HOME", self.dir.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("SPACE_REPO", self.space_dir())
            .env("SPACE_SERVICES_CONFIG", self.config())
            .env("SPACE_NOW", now().to_string())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command that has to succeed.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        let said = String::from_utf8_lossy(&stderr);
        assert!(status.success(), "{args:?}: {said}");
        String::from_utf8(stdout).unwrap()
    }

    /// Runs a command that has to fail, and returns what it says.
    #[track_caller]
    pub(crate) fn refused(&self, args: &[&str]) -> String {
        let Output { status, stderr, .. } = self.command(args).output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert!(!status.success(), "{args:?}: {said}");
        said
    }

    /// Opens the space as a program does.
    pub(crate) fn store(&self) -> Store {
        Store::open(&self.space_dir()).unwrap()
    }

    pub(crate) fn chat(&self) -> Chat {
        Chat {
            name: "slack".parse().unwrap(),
            invite_link: Some(LINK.to_owned()),
            workspace: slack(&self.url),
        }
    }

    /// Brings the channels to agree; fails as it may fail.
    pub(crate) fn try_apply(&self) -> Result<chat::Done, String> {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let mut it = self.chat();
        let look = chat::look(&head, &mut it, None, false, now()).map_err(|it| it.to_string())?;
        chat::apply(&head, &mut it, look, now()).map_err(|it| it.to_string())
    }

    /// Brings the channels to agree; returns the words of the steps that were taken.
    #[track_caller]
    pub(crate) fn apply(&self) -> Vec<String> {
        let done = self.try_apply().unwrap();
        assert_eq!(done.refused, []);
        let word = |removes| if removes { "remove" } else { "invite" };
        let steps = done.steps.iter();
        steps.map(|(name, it)| format!("{} {} {name}", word(it.removes()), it.member)).collect()
    }

    /// Returns what a person should look at, by what was found last.
    pub(crate) fn look_at(&self) -> String {
        self.run(&["service", "status", "slack"])
    }
}

/// The address of somebody.
pub(crate) fn email(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase().replace(' ', "."))
}
