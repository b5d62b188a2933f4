//! A space on a disk, and a stand-in for a processor that runs as long as its test.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use jiff::{Timestamp, tz::TimeZone};
use space::{
    app::service::{self, Done, Follower, Look},
    domain::model::Slug,
    integrations::processor::{Processor, ProcessorKind, ProcessorOptions, StandIn, processor},
    store::{Revision, Store},
};

pub(crate) const KEY: &str = "sk_test_space";
pub(crate) const BACK: &str = "https://makers.example.org/me";

/// The moment of everything, unless a test lets time pass.
pub(crate) fn now() -> Timestamp {
    "2026-03-02T18:00:00Z".parse().unwrap()
}

/// Starts a stand-in, and returns it and its address.
pub(crate) fn stand_in() -> (StandIn, String) {
    let it = StandIn::new(KEY, now());
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

/// Speaks with whatever is at an address.
pub(crate) fn client(url: &str, secret: &str) -> Box<dyn Processor> {
    let options = ProcessorOptions {
        kind: ProcessorKind::Stripe,
        url: Some(url.to_owned()),
        secret: secret.to_owned(),
        currency: "GBP".into(),
        zone: TimeZone::get("Europe/London").unwrap(),
        title: "Makers".into(),
        longest: Duration::from_secs(20),
        pause: |_| {},
    };
    processor(options).unwrap()
}

/// A space, and its processor.
pub(crate) struct World {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) stripe: StandIn,
    pub(crate) url: String,
}

impl World {
    /// Makes a space with members who pay 25.00 a month by the processor.
    pub(crate) fn new(members: &[&str]) -> Self {
        let (stripe, url) = stand_in();
        let world = Self { dir: tempfile::tempdir().unwrap(), stripe, url };
        let settings = "[user]\n\tname = Grace\n\temail = grace@example.org\n";
        fs::write(world.dir.path().join(".gitconfig"), settings).unwrap();
        let space = world.space_dir().display().to_string();
        world.run(&["init", &space, "--name", "Makers", "--currency", "GBP"]);
        world.run(&["tier", "add", "maker", "--name", "Maker", "--price", "25"]);
        for name in members {
            let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
            world.run(&["member", "add", name, "--tier", "maker", "--email", &email]);
            world.run(&["member", "edit", name, "--pays-by", "stripe"]);
        }
        fs::write(world.secret(), KEY).unwrap();
        fs::set_permissions(world.secret(), std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .unwrap();
        let text = format!(
            "space = \"{space}\"\nreturn_url = \"{BACK}\"\n[processor.stripe]\nkind = \"stripe\"\n\
             url = \"{}\"\nsecret_file = \"{}\"\n",
            world.url,
            world.secret().display()
        );
        fs::write(world.config(), text).unwrap();
        world
    }

    pub(crate) fn space_dir(&self) -> PathBuf {
        self.dir.path().join("makers")
    }

    pub(crate) fn secret(&self) -> PathBuf {
        self.dir.path().join("stripe-key")
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

    pub(crate) fn follower(&self) -> Follower {
        let (name, return_url): (Slug, _) = ("stripe".parse().unwrap(), Some(BACK.to_owned()));
        Follower { name, return_url, processor: client(&self.url, KEY) }
    }

    /// Compares the processor with the records, at a moment.
    pub(crate) fn look_at(&self, head: &Revision<'_>, at: Timestamp) -> (Follower, Look) {
        let mut follower = self.follower();
        let look = service::look(head, &mut follower, None, at).unwrap();
        (follower, look)
    }

    /// Brings the processor to agree, at a moment; fails as it may fail.
    pub(crate) fn try_apply_at(&self, at: Timestamp) -> Result<Done, String> {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let mut follower = self.follower();
        let look = service::look(&head, &mut follower, None, at).map_err(|it| it.to_string())?;
        service::apply(&head, &mut follower, look, at).map_err(|it| it.to_string())
    }

    /// Brings the processor to agree; returns the words of the steps that were taken.
    #[track_caller]
    pub(crate) fn apply(&self) -> Vec<String> {
        self.apply_at(now())
    }

    #[track_caller]
    pub(crate) fn apply_at(&self, at: Timestamp) -> Vec<String> {
        let done = self.try_apply_at(at).unwrap();
        assert_eq!(done.refused, []);
        let words = |step: &space::domain::follow::Step<_>| {
            format!("{} {}", step.action.word(), step.member)
        };
        done.steps.iter().map(words).collect()
    }

    /// Lets each member who waits for it say by what to pay, on the processor's page.
    pub(crate) fn everybody_pays(&self) {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let (mut follower, look) = self.look_at(&head, now());
        for wait in look.plan.waits {
            let visit = service::visit(&look.wanted, wait.member, BACK, now()).unwrap();
            let page = follower.processor.link(&wait.account, &visit).unwrap();
            assert!(self.stripe.pay(&page), "{page}");
        }
    }

    /// Returns the id of the customer who was made as the n-th, counted from 0.
    pub(crate) fn customer(&self, at: usize) -> String {
        self.stripe.all("customers")[at]["id"].as_str().unwrap().to_owned()
    }

    /// Returns what is charged each month, of which customer: sorted, and only what goes on.
    pub(crate) fn charged(&self) -> Vec<i64> {
        let all = self.stripe.all("subscriptions");
        let live = all
            .iter()
            .filter(|it| it["status"] != "canceled" && it["cancel_at_period_end"] == false);
        let amount = |it: &serde_json::Value| {
            it["items"]["data"][0]["price"]["unit_amount"].as_i64().unwrap()
        };
        let mut amounts: Vec<i64> = live.map(amount).collect();
        amounts.sort_unstable();
        amounts
    }
}
