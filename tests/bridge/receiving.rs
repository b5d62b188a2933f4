//! Messages in: which are applied, deleted and left, and in what order.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use jiff::Timestamp;
use serde_json::{Value, json};
use space::{
    bridge::{Event, Received, Receiver},
    cli::advice,
    config::BridgeConfig,
    integrations::queue::{Incoming, Memory, Outgoing, Queue, QueueError, Receipt},
    store::Store,
};

use crate::{
    home::Home,
    world::{TAG, activate, open_house},
};

/// A queue that remembers what was done with it, and where the branch was then.
struct Watched {
    queue: Memory,
    store: Store,
    calls: Mutex<Vec<(&'static str, usize, String)>>,
    /// Whether messages cannot be deleted.
    stuck: AtomicBool,
}

impl Watched {
    fn note(&self, call: &'static str, count: usize) {
        let head = self.store.head().unwrap().to_string();
        self.calls.lock().unwrap().push((call, count, head));
    }

    /// Returns the calls since the last time.
    fn calls(&self) -> Vec<(&'static str, usize)> {
        let calls = std::mem::take(&mut *self.calls.lock().unwrap());
        calls.into_iter().map(|(call, count, _)| (call, count)).collect()
    }
}

impl Queue for Watched {
    fn place(&self) -> String {
        self.queue.place()
    }

    fn batch(&self) -> usize {
        2 // so that several calls are needed
    }

    fn probe(&self) -> Result<(), QueueError> {
        self.queue.probe()
    }

    fn receive(&self, most: usize, wait: Duration) -> Result<Vec<Incoming>, QueueError> {
        let found = self.queue.receive(most, wait)?;
        self.note("receive", found.len());
        Ok(found)
    }

    fn delete(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        self.note("delete", receipts.len());
        if self.stuck.load(SeqCst) {
            return vec![Err(QueueError::Later("no network".into())); receipts.len()];
        }
        self.queue.delete(receipts)
    }

    fn leave(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        self.note("leave", receipts.len());
        self.queue.leave(receipts)
    }

    fn send(&self, messages: &[Outgoing], at: Timestamp) -> Vec<Result<(), QueueError>> {
        self.queue.send(messages, at)
    }
}

/// A receiver, and the other end of its queue.
struct World {
    home: Home,
    queue: Arc<Watched>,
    system: Memory,
    receiver: Receiver,
    events: Vec<Event>,
    sent: i64,
}

fn at(seconds: i64) -> Timestamp {
    "2026-03-01T18:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_secs(seconds)
}

impl World {
    fn new(config: &str) -> Self {
        let home = Home::new();
        let config = BridgeConfig::parse("bridge.toml".as_ref(), config).unwrap();
        let (system, queue) = Memory::pair();
        let store = || Store::open(home.dir.path()).unwrap();
        let stuck = AtomicBool::new(false);
        let queue = Arc::new(Watched { queue, store: store(), calls: Mutex::default(), stuck });
        let receiver =
            Receiver::new(Arc::new(store()), Arc::clone(&queue) as _, config, advice::words);
        Self { home, queue, system, receiver, events: Vec::new(), sent: 0 }
    }

    fn put(&mut self, message: &Value) {
        self.put_text("doors", &message.to_string());
    }

    fn put_text(&mut self, group: &str, text: &str) {
        self.sent += 1;
        let id = format!("m{}", self.sent);
        let message = Outgoing { id, group: group.into(), body: text.into() };
        assert_eq!(self.system.send(&[message], at(self.sent)), [Ok(())]);
    }

    /// Receives and handles everything that is there.
    #[track_caller]
    fn round(&mut self) -> Received {
        let now = at(1000);
        self.receiver.ready(now).unwrap();
        let received = self.receiver.gather(Duration::ZERO).unwrap();
        self.receiver.handle(received, now, &mut |event| self.events.push(event))
    }

    fn words(&mut self) -> String {
        let events = std::mem::take(&mut self.events);
        events.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    fn log(&self) -> Vec<String> {
        let repo = git2::Repository::open(self.home.dir.path()).unwrap();
        let mut walk = repo.revwalk().unwrap();
        walk.push_head().unwrap();
        let commits = walk.map(|id| repo.find_commit(id.unwrap()).unwrap());
        let line = |it: git2::Commit<'_>| {
            format!("{}: {}", it.author().name().unwrap(), it.message().unwrap())
        };
        commits.map(line).filter(|it| it.starts_with("bridge: ")).collect()
    }
}

/// See requirements.md D-74: one for us is deleted. Several that came together are one commit, by `bridge`, whose
/// trailer names them; a bad one spoils no other, and none is deleted before the commit is there.
#[test]
fn messages_that_came_together_are_one_commit_and_are_deleted_after_it() {
    let mut world = World::new("");
    let before = world.home.head().to_string();
    world.put(&activate("3870", "1111111", TAG));
    world.put_text("doors", "[]");
    world.put(&open_house());
    let received = world.round();
    assert_eq!((received.received, received.applied, received.invalid), (3, 2, 1));
    assert_eq!(received.trouble, None);
    let calls = std::mem::take(&mut *world.queue.calls.lock().unwrap());
    let deleted: Vec<_> = calls.iter().filter(|it| it.0 == "delete").collect();
    assert_eq!((deleted.len(), deleted[0].1), (1, 3), "{calls:?}");
    assert_ne!(deleted[0].2, before, "the commit came first");
    assert_eq!(world.queue.queue.waiting(), 0);
    let log = world.log();
    assert_eq!(log.len(), 1, "{log:?}");
    assert!(log[0].contains("\nSpace-Change: message.apply 1 3\n"), "{log:?}");
    let words = world.words();
    assert!(words.contains("message 2 is not valid and was deleted: "), "{words}");
    assert!(words.contains("message 1: ") && words.contains("(commit "), "{words}");
}

#[test]
fn what_was_applied_but_not_deleted_is_not_applied_again() {
    let mut world = World::new("");
    world.put(&activate("3870", "1111111", TAG));
    world.queue.stuck.store(true, SeqCst);
    let received = world.round();
    assert_eq!(received.applied, 1);
    assert!(received.trouble.unwrap().contains("cannot be deleted: no network"));
    // The queue delivers it again, as after a kill.
    let head = world.home.head();
    world.queue.stuck.store(false, SeqCst);
    let again = Memory::pair();
    (world.system, world.sent) = (again.0, 0);
    world.put(&activate("3870", "1111111", TAG));
    let twice = again.1.receive(9, Duration::ZERO).unwrap();
    let received = world.receiver.handle(twice, at(2000), &mut |_| ());
    assert_eq!((received.applied, received.unchanged), (0, 1));
    assert_eq!(world.home.head(), head, "no second commit");
}

/// See requirements.md D-74: "If the message is valid, but the facility field does not match any
/// configured facilities, it will leave the message in the queue."
#[test]
fn messages_for_others_are_left_at_once_and_hide_none_of_ours() {
    let aws = "https://sqs.eu-west-1.amazonaws.com/1/";
    let config = format!(
        "facilities = [\"frontdoor\"]\n[queue.sqs]\nincoming = \"{aws}a\"\noutgoing = \"{aws}b\"\n"
    );
    let mut world = World::new(&config);
    let mut foreign = activate("3870", "1111111", TAG);
    foreign["facility"] = "laser".into();
    (0..3).for_each(|_| world.put(&foreign));
    world.put(&open_house());
    let received = world.round();
    assert_eq!((received.left, received.applied, received.in_a_circle), (3, 1, false));
    let calls = world.queue.calls();
    let place = |call| calls.iter().position(|it| it.0 == call).unwrap();
    assert!(calls.iter().rposition(|it| it.0 == "receive").unwrap() < place("leave"), "{calls:?}");
    assert_eq!(calls[place("leave")], ("leave", 3));
    assert!(world.words().contains("message 1 is left in the queue: "));
    // They come again: nothing is told twice, and nobody may go on without a pause.
    let received = world.round();
    assert_eq!((received.left, received.in_a_circle, world.words()), (3, true, String::new()));
    assert_eq!(world.queue.queue.waiting(), 3);
}

/// In a folder of our own nobody notices that a message was received; so it is not received again
/// without a pause, and waiting for ours goes on.
#[test]
fn in_a_folder_messages_for_others_do_not_disturb_the_wait_for_ours() {
    let mut world = World::new("facilities = [\"frontdoor\"]\n");
    let mut foreign = activate("3870", "1111111", TAG);
    foreign["facility"] = "laser".into();
    world.put(&foreign);
    let received = world.round();
    assert_eq!((received.left, received.in_a_circle), (1, false));
    assert_eq!(world.queue.calls().last(), Some(&("receive", 0)));
    assert_eq!(world.round(), Received::default());
    assert_eq!(world.queue.queue.waiting(), 1, "it stays");
}

#[test]
fn in_a_queue_for_both_directions_only_our_group_is_ours() {
    let config = "[queue.folder]\nincoming = \"/a\"\noutgoing = \"/a\"\n\
                  [groups]\nincoming = \"doors\"\noutgoing = \"activities\"\n";
    let mut world = World::new(config);
    world.put_text("activities", "{\"action\": \"activity\"}");
    world.put(&open_house());
    let received = world.round();
    assert_eq!((received.left, received.applied, received.invalid), (1, 1, 0));
    assert_eq!(world.queue.queue.waiting(), 1);
}

#[test]
fn a_failure_that_passes_leaves_everything_and_receives_nothing_until_it_is_over() {
    let mut world = World::new("");
    let root = world.home.dir.path().to_owned();
    world.put(&activate("3870", "1111111", TAG));
    world.receiver.ready(at(0)).unwrap();
    let received = world.receiver.gather(Duration::ZERO).unwrap();
    let key = root.join(".git/space/key");
    let aside = root.join(".git/space/key-aside");
    std::fs::rename(&key, &aside).unwrap();
    let handled = world.receiver.handle(received, at(1), &mut |_| ());
    assert!(handled.trouble.unwrap().contains("the key of this space is missing"));
    assert_eq!((handled.applied, handled.invalid, world.queue.queue.waiting()), (0, 0, 1));
    assert_eq!(world.queue.calls().last(), Some(&("leave", 1)), "it is visible at once");
    assert!(world.receiver.ready(at(2)).unwrap_err().contains("key"));
    std::fs::rename(&aside, &key).unwrap();
    assert_eq!(world.round().applied, 1);
}

/// Somebody edits the very file that the message would write.
#[test]
fn unsaved_edits_are_not_overwritten() {
    let mut world = World::new("");
    let file = world.home.dir.path().join("members/00/0001/member.json");
    std::fs::write(&file, "{}").unwrap();
    world.put(&json!({ "action": "revoke", "member": "1" }));
    let received = world.round();
    // The credential alone is revoked; if the member's own file were written, it would have waited.
    assert!(received.applied == 1 || received.trouble.is_some(), "{received:?}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "{}");
}

/// Where somebody commits to at the next step of a change, as with git itself.
static ELSEWHERE: Mutex<Option<std::path::PathBuf>> = Mutex::new(None);

/// Commits another requirement with the tag of the message, once.
fn interfere(step: &'static str) {
    if step != "objects" {
        return;
    }
    let Some(root) = ELSEWHERE.lock().unwrap().take() else { return };
    let repo = git2::Repository::open(root).unwrap();
    let head = repo.head().unwrap().peel_to_commit().unwrap();
    let text = json!({ "priority": 5, "timespec": "always" }).to_string();
    let blob = repo.blob(text.as_bytes()).unwrap();
    let path = "facilities/frontdoor/requirements/open-house.json";
    let mut update = git2::build::TreeUpdateBuilder::new();
    update.upsert(path, blob, git2::FileMode::Blob);
    let tree = update.create_updated(&repo, &head.tree().unwrap()).unwrap();
    let tree = repo.find_tree(tree).unwrap();
    let who = head.author();
    repo.commit(Some("refs/heads/main"), &who, &who, "edit", &tree, &[&head]).unwrap();
}

/// The message is applied to what is there now, and nothing that somebody else did is overwritten
/// unseen.
#[test]
fn records_that_somebody_changes_at_the_same_moment_are_read_again() {
    let mut world = World::new("");
    // A repository without files, so that there is nothing else to be in the way.
    let bare = tempfile::tempdir().unwrap();
    let root = bare.path().join("space.git");
    let home = world.home.dir.path();
    git2::build::RepoBuilder::new().bare(true).clone(home.to_str().unwrap(), &root).unwrap();
    std::fs::create_dir(root.join("space")).unwrap();
    std::fs::copy(home.join(".git/space/key"), root.join("space/key")).unwrap();
    let mut store = Store::open(&root).unwrap();
    store.on_step(interfere);
    let (queue, config) = (Arc::clone(&world.queue) as _, BridgeConfig::default());
    world.receiver = Receiver::new(Arc::new(store), queue, config, advice::words);
    world.put(&open_house());
    world.receiver.ready(at(0)).unwrap();
    *ELSEWHERE.lock().unwrap() = Some(root.clone());
    let received = world.round();
    assert_eq!(received.applied, 1, "{received:?}");
    assert!(ELSEWHERE.lock().unwrap().is_none(), "somebody did interfere");
    let repo = git2::Repository::open(root).unwrap();
    let head = repo.head().unwrap().peel_to_commit().unwrap();
    assert_eq!(head.author().name().unwrap(), "bridge");
    assert_eq!(head.parent(0).unwrap().message().unwrap(), "edit");
}

/// A code that somebody else holds is refused, however many came with it.
#[test]
fn one_that_is_refused_spoils_no_other() {
    let mut world = World::new("");
    for number in 0..7 {
        let tag = format!("00000000-0000-4000-8000-00000000000{number}");
        world.put(&activate(&format!("{}", 4000 + number), &format!("555000{number}"), &tag));
    }
    world.put(&activate("4100", "5550000", "00000000-0000-4000-8000-000000000009"));
    let received = world.round();
    assert_eq!((received.applied, received.invalid), (7, 1), "{}", world.words());
    assert_eq!(world.log().len(), 1);
}

#[test]
fn messages_that_take_access_from_many_wait_until_somebody_confirms_it() {
    let mut world = World::new("");
    let record = json!({ "name": "Somebody", "tier": "guest", "joined": "2020-01-01" }).to_string();
    let paths: Vec<String> = (2..10).map(|it| format!("members/00/000{it}/member.json")).collect();
    let files: Vec<_> = paths.iter().map(|path| (path.as_str(), Some(record.as_str()))).collect();
    world.home.commit(&files);
    for number in 2..10 {
        let tag = format!("d2f3ce26-12ab-4b2a-8943-d49e4a7b140{number}");
        world.put(&activate(&format!("000{number}"), &format!("111111{number}"), &tag));
    }
    let received = world.round();
    assert_eq!(received.applied, 8, "{}", world.words());
    let head = world.home.head();
    let raise = json!({
        "action": "set-requirement", "requiredpriority": 4, "facility": "frontdoor",
        "tag": "base", "description": "Closed", "timespec": "always",
    });
    world.put(&raise);
    world.put(&activate("0002", "2222222", TAG));
    world.events.clear();
    world.receiver.ready(at(1000)).unwrap();
    let all = world.receiver.gather(Duration::ZERO).unwrap();
    // A queue delivers what waits again and again.
    let again = |world: &mut World| {
        let World { receiver, events, .. } = world;
        receiver.handle(all.clone(), at(1000), &mut |event| events.push(event))
    };
    let received = again(&mut world);
    assert_eq!((received.applied, received.waiting, world.home.head()), (0, 2, head));
    let words = world.words();
    assert!(words.contains("somebody has to confirm it"), "{words}");
    assert!(words.contains("of 9 members"), "{words}");

    let store = Store::open(world.home.dir.path()).unwrap();
    store.confirm_next(3).unwrap();
    again(&mut world);
    assert_eq!(world.home.head(), head, "that was not enough");
    store.confirm_next(9).unwrap();
    let received = again(&mut world);
    assert_eq!(received.applied, 2, "{}", world.words());
    assert_eq!(store.confirmed_next(), None, "it holds for one change");
    assert_eq!(store.confirmed(store.head().unwrap()).unwrap(), Some(9));
    assert_eq!(world.queue.queue.waiting(), 0);
}

/// One at a time, each takes access from one member only.
#[test]
fn what_messages_take_within_an_hour_counts_together() {
    let mut world = World::new("");
    let record = json!({ "name": "Somebody", "tier": "guest", "joined": "2020-01-01" }).to_string();
    let paths: Vec<String> = (2..10).map(|it| format!("members/00/000{it}/member.json")).collect();
    let files: Vec<_> = paths.iter().map(|path| (path.as_str(), Some(record.as_str()))).collect();
    world.home.commit(&files);
    let tag = |number: u8| format!("d2f3ce26-12ab-4b2a-8943-d49e4a7b140{number}");
    for number in 2..10 {
        let code = format!("111111{number}");
        world.put(&activate(&format!("000{number}"), &code, &tag(number)));
    }
    assert_eq!(world.round().applied, 8, "{}", world.words());
    let handle = |world: &mut World, all: Vec<_>, seconds: i64| {
        let World { receiver, events, .. } = world;
        let received = receiver.handle(all, at(seconds), &mut |event| events.push(event));
        (received.applied, received.waiting)
    };
    let message = |world: &mut World, number: u8, seconds: i64| {
        world.put(&json!({ "action": "revoke", "tag": tag(number) }));
        world.receiver.ready(at(seconds)).unwrap();
        world.receiver.gather(Duration::ZERO).unwrap()
    };
    // What was given within the hour is no loss, and what was taken before it does not count.
    let end = 5 * 3_600;
    for (number, before) in [(2, 3 * 3_600), (3, 3_600), (4, 3_540), (5, 60), (6, 0), (7, 0)] {
        let all = message(&mut world, number, end - before);
        assert_eq!(handle(&mut world, all, end - before), (1, 0), "{number}: {}", world.words());
    }
    let sixth = message(&mut world, 8, end);
    world.events.clear();
    assert_eq!(handle(&mut world, sixth.clone(), end), (0, 1));
    let words = world.words();
    assert!(words.contains("takes access from 6 of 8 members"), "{words}");
    assert!(words.contains("with what bridge has done within the last hour"), "{words}");
    let store = Store::open(world.home.dir.path()).unwrap();
    store.confirm_next(6).unwrap();
    assert_eq!(handle(&mut world, sixth, end), (1, 0), "{}", world.words());
    // From there it counts anew.
    let another = message(&mut world, 9, end);
    assert_eq!(handle(&mut world, another, end), (1, 0), "{}", world.words());
}
