//! What is posted, once: through restarts, kills, lost answers and chats that are busy.

use jiff::SignedDuration;

use super::{super::Event, *};
use crate::{
    domain::{
        alarms::{Alarm, AlarmId},
        model::{AccessResult, Activity, AlarmKind, Channel, CommitId, PostKind, Reason},
        posts::PostFacts,
    },
    integrations::chat::{Arrived, Button, ChatError},
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + seconds).unwrap()
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn channel(chat: &str, kinds: &[PostKind]) -> Channel {
    let posts = kinds.iter().map(|kind| (*kind, None)).collect();
    Channel { chat: slug(chat), channel: None, groups: vec![], posts }
}

fn known() -> Known {
    let news = [PostKind::OpenHouseBegins, PostKind::OpenHouseEnds, PostKind::Newcomer];
    let alarms = [PostKind::Alarm, PostKind::GuardCut, PostKind::DoorForced, PostKind::Failure];
    Known {
        commit: CommitId::default(),
        space: "Makers".into(),
        channels: [
            (slug("news"), channel("slack", &news)),
            (slug("alarms"), channel("slack", &alarms)),
            (slug("elsewhere"), channel("discord", &alarms)),
            (slug("nowhere"), channel("unknown", &alarms)),
        ]
        .into(),
        facilities: [(slug("frontdoor"), "Front door".to_owned())].into(),
    }
}

/// A machine, and a chat that keeps what it is sent.
struct Play {
    machine: Machine,
    kept: Outbox,
    sent: Vec<Job>,
    told: Vec<Event>,
    status: Option<ChatStatus>,
}

impl Play {
    fn new() -> Self {
        Self::with(Outbox::default())
    }

    fn with(outbox: Outbox) -> Self {
        let chats = [slug("slack"), slug("discord")].into();
        let terms = Terms { chats, answering: [slug("slack")].into() };
        let machine = Machine::new(terms, outbox.clone(), at(0));
        let (sent, told) = (Vec::new(), Vec::new());
        let mut play = Self { machine, kept: outbox, sent, told, status: None };
        play.tell(0, Input::Known(Arc::new(known())));
        play
    }

    /// Kills it, and starts another one with what was kept.
    fn killed(self) -> Self {
        Self::with(self.kept)
    }

    fn tell(&mut self, seconds: i64, input: Input) {
        for effect in self.machine.handle(input, at(seconds)) {
            match effect {
                Effect::Remember(outbox) => self.kept = outbox,
                Effect::Post(job) => {
                    let kept = self.kept.waiting.iter().find(|it| it.key == job.outgoing.key);
                    assert!(kept.is_some_and(|it| it.sent.is_some()), "it is remembered first");
                    self.sent.push(job);
                }
                Effect::Show(status) => self.status = Some(status),
                Effect::Tell(event) => self.told.push(event),
                Effect::Discard(_) => {}
            }
        }
    }

    /// Lets time pass, and returns what is sent.
    fn pass(&mut self, seconds: i64) -> Vec<Job> {
        self.tell(seconds, Input::Tick);
        std::mem::take(&mut self.sent)
    }

    fn answer(&mut self, seconds: i64, job: &Job, outcome: Result<(), ChatError>) {
        self.tell(seconds, Input::Posted(job.outgoing.key.clone(), outcome));
    }

    fn happen(&mut self, seconds: i64, key: &str, kind: PostKind) {
        let facts = PostFacts {
            words: format!("words of {key}"),
            name: "Ada".into(),
            ..PostFacts::default()
        };
        self.tell(seconds, Input::Happened(Happened { key: key.into(), kind, facts }));
    }
}

fn texts(jobs: &[Job]) -> Vec<String> {
    jobs.iter().map(|it| format!("{} {}", it.chat, it.outgoing.text)).collect()
}

fn down() -> ChatError {
    ChatError::Down("no answer".into())
}

#[test]
fn what_happens_is_posted_once_in_every_channel_that_wants_it() {
    let mut play = Play::new();
    play.happen(1, "f1", PostKind::Failure);
    assert_eq!(texts(&play.sent), ["slack words of f1", "discord words of f1"]);
    play.happen(2, "f1", PostKind::Failure);
    play.happen(2, "r1", PostKind::Review);
    assert_eq!(play.sent.len(), 2, "nobody wants the review, and the failure is known");
    for job in std::mem::take(&mut play.sent) {
        play.answer(3, &job, Ok(()));
    }
    assert!(play.kept.waiting.is_empty());
    let mut play = play.killed();
    play.happen(4, "f1", PostKind::Failure);
    assert_eq!(play.pass(5), []);
}

#[test]
fn an_open_house_begins_and_ends_and_a_silent_door_is_as_it_was() {
    let mut play = Play::new();
    let door = |held| DoorSeen { facility: slug("frontdoor"), held, until: "21:00".into() };
    play.tell(1, Input::Doors(vec![door(false)]));
    play.tell(2, Input::Doors(vec![door(false), door(true)]));
    assert_eq!(texts(&play.sent), ["slack Front door is open to everybody until 21:00."]);
    let job = play.sent.remove(0);
    play.answer(3, &job, Ok(()));
    let mut play = play.killed();
    play.tell(4, Input::Doors(vec![door(true)]));
    play.tell(5, Input::Doors(vec![]));
    assert_eq!(play.pass(6), [], "it is open still");
    play.tell(7, Input::Doors(vec![door(false)]));
    assert!(play.sent[0].outgoing.text.contains("Front door is locked again"));
}

#[test]
fn alarms_begin_and_end_and_those_of_doors_come_from_the_doors() {
    let mut play = Play::new();
    let alarm = |kind, since| Alarm {
        id: AlarmId { kind, subject: None },
        words: "the furnace is cut".into(),
        since: at(since),
        gone: None,
        raised: Some(at(since)),
        ended: None,
        written: false,
    };
    let cut = alarm(AlarmKind::GuardCut, 1);
    play.tell(1, Input::Alarms(vec![cut.clone(), alarm(AlarmKind::DoorForced, 1)]));
    play.tell(2, Input::Alarms(vec![cut]));
    assert_eq!(texts(&play.sent), ["slack the furnace is cut", "discord the furnace is cut"]);
    for job in std::mem::take(&mut play.sent) {
        play.answer(3, &job, Ok(()));
    }
    play.tell(9, Input::Alarms(vec![]));
    assert_eq!(texts(&play.sent)[0], "slack Over: the furnace is cut");
    let forced = |seconds, reason| {
        Activity::new(at(seconds), slug("frontdoor"), AccessResult::Denied, reason)
    };
    let mut play = Play::new();
    let rehearsal = Activity { rehearsal: true, ..forced(2, Reason::ForcedOpen) };
    play.tell(
        3,
        Input::Activities(vec![
            forced(-5, Reason::ForcedOpen),
            rehearsal,
            forced(2, Reason::Expired),
            forced(2, Reason::HeldOpen),
            forced(2, Reason::ForcedOpen),
            forced(2, Reason::ForcedOpen),
        ]),
    );
    let expected = "slack Front door was opened while it was locked. Please look.";
    assert_eq!(texts(&play.sent)[0], expected);
    assert_eq!(play.sent.len(), 2, "one for each chat");
}

#[test]
fn what_happened_before_the_records_were_known_is_not_lost() {
    let terms = Terms { chats: [slug("slack")].into(), ..Terms::default() };
    let mut machine = Machine::new(terms, Outbox::default(), at(0));
    let facts = PostFacts { words: "x".into(), ..PostFacts::default() };
    let it = Happened { key: "f".into(), kind: PostKind::Failure, facts };
    let posts =
        |effects: Vec<Effect>| effects.iter().filter(|it| matches!(it, Effect::Post(_))).count();
    let reported = Input::Reported(Happened { key: "g".into(), ..it.clone() }, "g.txt".into());
    let early = machine.handle(reported.clone(), at(1));
    assert!(!early.iter().any(|it| matches!(it, Effect::Discard(_))), "its file stays");
    assert_eq!(posts(machine.handle(Input::Happened(it), at(1))), 0);
    assert_eq!(posts(machine.handle(Input::Known(Arc::new(known())), at(2))), 1);
    let later = machine.handle(reported, at(3));
    let kept = later.iter().position(|it| matches!(it, Effect::Remember(_)));
    let gone = later.iter().position(|it| matches!(it, Effect::Discard(_)));
    assert!(kept.unwrap() < gone.unwrap());
}

#[test]
fn what_is_reported_again_and_again_is_posted_twice_a_day() {
    let mut play = Play::new();
    let report = |play: &mut Play, hours: i64, key: &str, words: &str| {
        let facts = PostFacts { words: words.into(), ..PostFacts::default() };
        let it = Happened { key: key.into(), kind: PostKind::Failure, facts };
        play.tell(hours * 3600, Input::Reported(it, "f.txt".into()));
        for job in play.sent.clone() {
            play.answer(hours * 3600, &job, Ok(()));
        }
        std::mem::take(&mut play.sent).iter().filter(|it| it.chat == slug("slack")).count()
    };
    assert_eq!(report(&mut play, 0, "1", "the backup failed"), 1);
    assert_eq!(report(&mut play, 1, "2", "the backup failed"), 0);
    assert_eq!(report(&mut play, 1, "3", "something else"), 1);
    let mut play = play.killed();
    assert_eq!(report(&mut play, 2, "4", "the backup failed"), 0);
    assert_eq!(report(&mut play, 24, "5", "the backup failed"), 1);
    // A file that a kill left behind comes again much later.
    assert_eq!(report(&mut play, 48, "5", "the backup failed"), 0);
}

#[test]
fn places_are_posted_to_one_after_another_and_no_faster_than_the_chat_allows() {
    let mut play = Play::new();
    for key in ["a", "b", "c", "d", "e", "f"] {
        play.happen(1, key, PostKind::Newcomer);
    }
    assert_eq!(play.sent.len(), 1);
    let first = play.sent.remove(0);
    assert_eq!(play.pass(60), [], "the first has no answer yet");
    // Three may follow each other, and then one a second.
    play.answer(61, &first, Ok(()));
    for _ in 0..2 {
        let next = play.sent.remove(0);
        assert!(play.sent.is_empty());
        play.answer(61, &next, Ok(()));
    }
    assert_eq!(play.pass(62), []);
    let fourth = play.pass(63).remove(0);
    play.answer(63, &fourth, Ok(()));
    assert_eq!(play.pass(63), []);
    let fifth = play.pass(64);
    assert_eq!(fifth.len(), 1);
    play.answer(64, &fifth[0], Err(ChatError::Busy { seconds: 30 }));
    assert_eq!(play.pass(93), []);
    assert_eq!(play.pass(94), fifth, "nothing had happened, so it is simply sent again");
    play.answer(94, &fifth[0], Ok(()));
    assert_eq!(play.sent.len(), 1, "the others were long ago");
}

#[test]
fn a_post_without_an_answer_is_looked_for_before_it_is_sent_again() {
    for (arrived, again) in [(Arrived::Yes, 0), (Arrived::No, 1), (Arrived::Unknown, 0)] {
        let mut play = Play::new();
        play.happen(1, "a", PostKind::Newcomer);
        let job = play.sent.remove(0);
        play.answer(2, &job, Err(down()));
        assert_eq!(play.pass(3), []);
        let look = play.pass(20).remove(0);
        assert_eq!((look.look_since, &look.outgoing), (Some(at(1)), &job.outgoing));
        // A chat that does not answer this either is asked again.
        play.tell(21, Input::Arrived(look.outgoing.key.clone(), Err(down())));
        let look = play.pass(40).remove(0);
        assert!(look.look_since.is_some());
        let busy = Err(ChatError::Busy { seconds: 30 });
        play.tell(40, Input::Arrived(look.outgoing.key.clone(), busy));
        assert_eq!(play.pass(69), []);
        let look = play.pass(70).remove(0);
        play.tell(71, Input::Arrived(look.outgoing.key.clone(), Ok(arrived)));
        let sent = play.pass(72);
        let sent = std::mem::take(&mut play.sent).into_iter().chain(sent).count();
        assert_eq!(sent, again, "{arrived:?}");
        assert_eq!(play.kept.waiting.len(), again, "{arrived:?}");
        let given_up = play.told.iter().any(|it| matches!(it, Event::GivenUp { .. }));
        assert_eq!(given_up, arrived == Arrived::Unknown);
    }
}

/// A kill at any moment: what may have been sent is looked for, what was not is sent.
#[test]
fn a_kill_neither_loses_nor_repeats() {
    let mut play = Play::new();
    play.happen(1, "a", PostKind::Newcomer);
    play.happen(1, "b", PostKind::Newcomer);
    let first = play.sent.remove(0);
    let mut play = play.killed();
    assert_eq!(play.sent.len(), 1);
    let look = play.sent.remove(0);
    assert_eq!((&look.outgoing, look.look_since), (&first.outgoing, Some(at(1))));
    play.tell(2, Input::Arrived(look.outgoing.key.clone(), Ok(Arrived::Yes)));
    let second = play.pass(9).remove(0);
    assert!(second.look_since.is_none() && second.outgoing.text.contains("Ada"));
    play.answer(9, &second, Ok(()));
    assert!(play.killed().kept.waiting.is_empty());
}

#[test]
fn what_a_chat_refuses_waits_is_told_and_is_given_up_after_a_day() {
    let mut play = Play::new();
    play.happen(1, "a", PostKind::Newcomer);
    let job = play.sent.remove(0);
    let why = ChatError::Refused("the channel news is archived".into());
    play.answer(2, &job, Err(why));
    play.pass(3);
    let status = play.status.clone().unwrap();
    assert_eq!(status.waiting[0].trouble.as_deref(), Some("the channel news is archived"));
    assert_eq!(status.trouble, ["slack: the channel news is archived"]);
    assert_eq!(play.pass(500), []);
    let again = play.pass(700);
    assert_eq!(again, [job], "somebody may have mended it, and it was not posted");
    play.answer(700, &again[0], Err(ChatError::Denied("token_revoked".into())));
    assert_eq!(play.pass(24 * 3600 + 2), []);
    assert!(play.kept.waiting.is_empty());
    assert!(play.told.iter().any(|it| matches!(it, Event::GivenUp { .. })));
}

#[test]
fn a_text_for_one_person_is_sent_once_and_named_in_no_log() {
    let mut play = Play::new();
    let private = |key: &str| Private {
        key: key.into(),
        chat: slug("slack"),
        account: "U1".into(),
        text: "your dues are due".into(),
        buttons: vec![Button::new("How do I pay?", "pay")],
    };
    play.tell(1, Input::Private(vec![private("r1")]));
    play.tell(2, Input::Private(vec![private("r1")]));
    assert_eq!(play.sent.len(), 1);
    let job = play.sent.remove(0);
    assert_eq!(job.outgoing.to, crate::integrations::chat::To::Person("U1".into()));
    assert_eq!(job.outgoing.buttons[0].value, "pay");
    play.answer(3, &job, Ok(()));
    play.pass(4);
    let said = format!("{:?} {:?}", play.told, play.status);
    assert!(!said.contains("U1") && !said.contains("dues"), "{said}");
}

#[test]
fn an_application_is_posted_with_a_button_only_where_somebody_may_answer_it() {
    let mut play = Play::new();
    let mut known = known();
    for name in ["news", "elsewhere"] {
        known.channels.get_mut(&slug(name)).unwrap().posts.insert(PostKind::Application, None);
    }
    play.tell(1, Input::Known(Arc::new(known)));
    play.happen(2, "a", PostKind::Application);
    let of = |chat: &str| play.sent.iter().find(|it| it.chat == slug(chat)).unwrap();
    assert_eq!(of("slack").outgoing.buttons.len(), 1);
    assert_eq!(of("discord").outgoing.buttons, []);
    // A kill loses neither the post nor its button.
    assert_eq!(play.killed().kept.waiting.iter().filter(|it| !it.buttons.is_empty()).count(), 1);
}

#[test]
fn words_that_cannot_be_filled_in_give_way_to_the_usual_ones() {
    let mut play = Play::new();
    let mut known = known();
    let broken = Some("{{ member }}".to_owned());
    known.channels.get_mut(&slug("news")).unwrap().posts.insert(PostKind::Newcomer, broken);
    play.tell(1, Input::Known(Arc::new(known)));
    play.happen(2, "a", PostKind::Newcomer);
    assert_eq!(texts(&play.sent), ["slack Welcome, Ada, who has just become a member!"]);
    assert!(play.told.iter().any(|it| matches!(it, Event::Trouble { .. })));
}

#[test]
fn what_was_taken_on_long_ago_is_forgotten() {
    let mut outbox = Outbox::default();
    assert!(outbox.take_on("a", at(0)) && !outbox.take_on("a", at(1)));
    assert!(!outbox.forget(at(0) + SignedDuration::from_hours(24 * 99)));
    assert!(outbox.forget(at(0) + SignedDuration::from_hours(24 * 101)));
    assert!(outbox.told.is_empty());
}
