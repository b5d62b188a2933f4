//! A space on a disk, and a stand-in for a chat that runs as long as its test.

use std::{fs, ops::Deref, time::Duration};

use space::{
    app::chat::{self, Chat},
    integrations::chat::{ChatKind, ChatOptions, StandIn, Workspace, workspace},
};

pub(crate) use crate::on_disk::now;
use crate::on_disk::{OnDisk, serve};

pub(crate) const TOKEN: &str = "xoxb-space";
pub(crate) const APP_TOKEN: &str = "xapp-space";
pub(crate) const LINK: &str = "https://join.example.org/makers";

/// Starts a stand-in, and returns it and its address.
pub(crate) fn stand_in() -> (StandIn, String) {
    let it = StandIn::new(TOKEN, APP_TOKEN, now());
    let serving = it.clone();
    (it, serve(|listener| serving.serve(listener)))
}

/// Says how to speak with whatever is at an address.
pub(crate) fn options(kind: ChatKind, url: Option<&str>, secret: &str) -> ChatOptions {
    ChatOptions {
        kind,
        url: url.map(str::to_owned),
        secret: secret.to_owned(),
        app_secret: Some(APP_TOKEN.to_owned()),
        longest: Duration::from_secs(20),
        silence: ChatOptions::SILENCE,
        pause: |_| {},
    }
}

pub(crate) fn slack(url: &str) -> Box<dyn Workspace> {
    workspace(options(ChatKind::Slack, Some(url), TOKEN)).unwrap().unwrap()
}

/// A space, and its chat.
pub(crate) struct World {
    space: OnDisk,
    pub(crate) slack: StandIn,
    pub(crate) url: String,
}

impl Deref for World {
    type Target = OnDisk;

    fn deref(&self) -> &OnDisk {
        &self.space
    }
}

impl World {
    /// Makes a space with members of a tier without dues, each with an address.
    pub(crate) fn new(members: &[&str]) -> Self {
        let (slack, url) = stand_in();
        let world = Self { space: OnDisk::new(), slack, url };
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
