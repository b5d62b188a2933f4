//! A space on a disk, and a stand-in for a processor that runs as long as its test.

use std::{fs, ops::Deref, path::PathBuf, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use space::{
    app::service::{self, Done, Follower, Look},
    domain::{follow::Confirmed, model::Slug},
    integrations::processor::{Processor, ProcessorKind, ProcessorOptions, StandIn, processor},
    store::Revision,
};

pub(crate) use crate::on_disk::now;
use crate::on_disk::{OnDisk, serve};

pub(crate) const KEY: &str = "sk_test_space";
/// The file with the key.
const SECRET: &str = "stripe-key";
/// The secret by which webhooks are signed.
pub(crate) const HOOK: &str = "whsec_space";
pub(crate) const BACK: &str = "https://makers.example.org/me";

/// All processors.
pub(crate) const KINDS: [ProcessorKind; 2] = [ProcessorKind::Stripe, ProcessorKind::GoCardless];

/// The name by which members pay by a processor.
pub(crate) const fn name(kind: ProcessorKind) -> &'static str {
    match kind {
        ProcessorKind::Stripe => "stripe",
        ProcessorKind::GoCardless => "gocardless",
    }
}

/// Starts a stand-in, and returns it and its address.
pub(crate) fn stand_in(kind: ProcessorKind) -> (StandIn, String) {
    stand_in_at(kind, now())
}

/// Starts a stand-in with a clock of its own, and returns it and its address.
pub(crate) fn stand_in_at(kind: ProcessorKind, now: Timestamp) -> (StandIn, String) {
    let it = StandIn::new(kind, KEY, now);
    let serving = it.clone();
    (it, serve(|listener| serving.serve(listener)))
}

/// Speaks with whatever is at an address.
pub(crate) fn client(kind: ProcessorKind, url: &str, secret: &str) -> Box<dyn Processor> {
    let options = ProcessorOptions {
        kind,
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
    space: OnDisk,
    /// The processor by which the members pay.
    pub(crate) kind: ProcessorKind,
    pub(crate) there: StandIn,
    pub(crate) url: String,
    /// Another one that is configured, too.
    pub(crate) other: Option<(ProcessorKind, StandIn, String)>,
}

impl Deref for World {
    type Target = OnDisk;

    fn deref(&self) -> &OnDisk {
        &self.space
    }
}

impl World {
    /// Makes a space with members who pay 25.00 a month by Stripe.
    pub(crate) fn new(members: &[&str]) -> Self {
        Self::with(ProcessorKind::Stripe, members)
    }

    /// Makes a space with members who pay 25.00 a month by a processor.
    pub(crate) fn with(kind: ProcessorKind, members: &[&str]) -> Self {
        let (there, url) = stand_in(kind);
        let world = Self { space: OnDisk::new(), kind, there, url, other: None };
        world.run(&["tier", "add", "maker", "--name", "Maker", "--price", "25"]);
        for name in members {
            let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
            world.run(&["member", "add", name, "--tier", "maker", "--email", &email]);
            world.run(&["member", "edit", name, "--pays-by", self::name(kind)]);
        }
        world.write_secret(SECRET, KEY);
        world.configure();
        world
    }

    /// Adds another processor, by which nobody pays yet.
    pub(crate) fn add(&mut self, kind: ProcessorKind) {
        let (there, url) = stand_in(kind);
        self.other = Some((kind, there, url));
        self.configure();
    }

    fn configure(&self) {
        let secret = self.secret().display().to_string();
        self.write_secret("webhook-secret", HOOK);
        let hook = self.dir.path().join("webhook-secret").display().to_string();
        let one = |kind: ProcessorKind, url: &str| {
            let name = name(kind);
            format!(
                "[processor.{name}]\nkind = \"{name}\"\nurl = \"{url}\"\nsecret_file = \"{secret}\"\n\
                 webhook_secret_file = \"{hook}\"\n"
            )
        };
        let space = self.space_dir().display().to_string();
        let mut text = format!("space = \"{space}\"\nreturn_url = \"{BACK}\"\n");
        text += &one(self.kind, &self.url);
        if let Some((kind, _, url)) = &self.other {
            text += &one(*kind, url);
        }
        fs::write(self.config(), text).unwrap();
    }

    pub(crate) fn secret(&self) -> PathBuf {
        self.dir.path().join(SECRET)
    }

    pub(crate) fn follower(&self) -> Follower {
        let slug = |kind| -> Slug { name(kind).parse().unwrap() };
        let other =
            self.other.iter().map(|(kind, _, url)| (slug(*kind), Ok(client(*kind, url, KEY))));
        Follower {
            name: slug(self.kind),
            return_url: Some(BACK.to_owned()),
            processor: client(self.kind, &self.url, KEY),
            others: other.collect(),
            accounts: service::Accounts::default(),
        }
    }

    /// Makes the other processor the one that is looked at.
    pub(crate) fn turn_to_the_other(&mut self) {
        let (kind, there, url) = self.other.take().unwrap();
        let before = (
            std::mem::replace(&mut self.kind, kind),
            std::mem::replace(&mut self.there, there),
            std::mem::replace(&mut self.url, url),
        );
        self.other = Some(before);
    }

    /// Compares the processor with the records, at a moment.
    pub(crate) fn look_at(&self, head: &Revision<'_>, at: Timestamp) -> (Follower, Look) {
        let mut follower = self.follower();
        let look = service::look(head, &mut follower, Confirmed::default(), at).unwrap();
        (follower, look)
    }

    /// Brings the processor to agree, at a moment; fails as it may fail.
    pub(crate) fn try_apply_at(&self, at: Timestamp) -> Result<Done, String> {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let mut follower = self.follower();
        let look = service::look(&head, &mut follower, Confirmed::default(), at)
            .map_err(|it| it.to_string())?;
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

    /// Lets each member who waits for it say by what to pay, on the processor's page; what begins only
    /// then is begun.
    pub(crate) fn everybody_pays(&self) {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let (mut follower, look) = self.look_at(&head, now());
        for wait in look.plan.waits.iter().filter(|it| it.because.is_none()) {
            let visit = service::visit(&look.wanted, wait.member, BACK, now()).unwrap();
            let page = follower.processor.link(&wait.account, &visit).unwrap();
            assert!(self.there.pay(&page), "{page}");
        }
        self.apply();
    }

    /// Returns the id of the customer who was made as the n-th, counted from 0.
    pub(crate) fn customer(&self, at: usize) -> String {
        self.there.all("customers")[at]["id"].as_str().unwrap().to_owned()
    }

    /// Returns what is charged each month, of which customer: sorted, and only what goes on.
    pub(crate) fn charged(&self) -> Vec<i64> {
        let mut amounts: Vec<i64> = self.there.going_on().into_iter().map(|it| it.1).collect();
        amounts.sort_unstable();
        amounts
    }
}
