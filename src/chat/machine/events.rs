//! What becomes a post: each thing that happened once, and what goes on as it begins and ends.

use jiff::{SignedDuration, Timestamp};

use super::{DoorSeen, Happened, Machine, Place, Private, Waiting, outbox::Ongoing};
use crate::{
    chat::press::Press,
    domain::{
        alarms::Alarm,
        model::{Activity, AlarmKind, PostKind, Reason, Slug},
        posts::{self, PostFacts},
    },
    integrations::chat::Button,
};

/// What happened at a door longer ago is not posted any more.
const NEWS: SignedDuration = SignedDuration::from_hours(1);

/// When the same words are posted again that somebody reported: what failed last night may fail tonight.
const AGAIN: SignedDuration = SignedDuration::from_hours(12);

impl Machine {
    /// Posts something that happened once, in every channel that wants it.
    pub(super) fn happen(&mut self, it: &Happened, now: Timestamp) {
        let Some(known) = self.known.clone() else { return };
        if !self.outbox.take_on(&it.key, now) {
            return;
        }
        self.changed = true;
        let facts = PostFacts { space: known.space.clone(), ..it.facts.clone() };
        for (name, channel) in &known.channels {
            let Some(words) = channel.posts.get(&it.kind) else { continue };
            if !self.terms.chats.contains(&channel.chat) {
                continue;
            }
            let text = posts::render(it.kind, words.as_deref(), &facts).or_else(|why| {
                self.trouble(&format!("channel {name}, {}", it.kind), Some(why));
                posts::render(it.kind, None, &facts)
            });
            let Ok(text) = text else { continue };
            let place = Place::Channel(channel.place(name).to_owned());
            let answers =
                it.kind == PostKind::Application && self.terms.answering.contains(&channel.chat);
            let buttons = if answers { vec![Press::Applications.button()] } else { Vec::new() };
            self.wait(&it.key, channel.chat.clone(), place, (text, buttons), now);
        }
    }

    /// Posts what another program reported, unless the same words were posted a while ago: what fails
    /// every minute is told as well by one post.
    pub(super) fn report(&mut self, it: &Happened, now: Timestamp) {
        if self.outbox.told.contains_key(&it.key) {
            return; // its file was left by a kill
        }
        let hash = blake3::hash(it.facts.words.as_bytes()).to_hex();
        let words = format!("failure-words:{}", &hash[..32]);
        let told = self.outbox.told.get(&words);
        if told.is_some_and(|at| now.duration_since(*at) < AGAIN) {
            self.changed |= self.outbox.take_on(&it.key, now);
            return;
        }
        self.outbox.told.insert(words, now);
        self.happen(it, now);
    }

    /// Writes to somebody alone.
    pub(super) fn write_to(&mut self, it: Private, now: Timestamp) {
        if self.terms.chats.contains(&it.chat) && self.outbox.take_on(&it.key, now) {
            self.changed = true;
            self.wait(&it.key, it.chat, Place::Person(it.account), (it.text, it.buttons), now);
        }
    }

    fn wait(
        &mut self,
        key: &str,
        chat: Slug,
        place: Place,
        (text, buttons): (String, Vec<Button>),
        now: Timestamp,
    ) {
        let parts = format!("{key}\n{chat}\n{place:?}");
        let key = blake3::hash(parts.as_bytes()).to_hex()[..32].to_owned();
        let (sent, next, trouble) = (None, None, None);
        self.outbox.waiting.push(Waiting {
            key,
            chat,
            place,
            text,
            buttons,
            since: now,
            sent,
            next,
            trouble,
        });
    }

    /// Takes how the doors are; one that does not answer is as it was.
    pub(super) fn see_doors(&mut self, doors: &[DoorSeen], now: Timestamp) {
        for door in doors {
            // A facility may have several doors; it is open while one of them is.
            let any = doors.iter().any(|it| it.facility == door.facility && it.held);
            let key = format!("held:{}", door.facility);
            match (any, self.outbox.ongoing.get(&key).cloned()) {
                (true, None) => {
                    let words = String::new();
                    self.outbox.ongoing.insert(key.clone(), Ongoing { since: now, words });
                    self.changed = true;
                    let facts = PostFacts { until: door.until.clone(), ..self.at(&door.facility) };
                    let (key, kind) = (format!("{key}:{now}"), PostKind::OpenHouseBegins);
                    self.happen(&Happened { key, kind, facts }, now);
                }
                (false, Some(began)) => {
                    self.outbox.ongoing.remove(&key);
                    self.changed = true;
                    let facts = PostFacts { over: true, ..self.at(&door.facility) };
                    let (key, kind) =
                        (format!("{key}:{}:over", began.since), PostKind::OpenHouseEnds);
                    self.happen(&Happened { key, kind, facts }, now);
                }
                _ => {}
            }
        }
    }

    /// Takes the alarms that there are now. Those of doors come from the doors themselves, sooner.
    pub(super) fn see_alarms(&mut self, alarms: &[Alarm], now: Timestamp) {
        let of_door = |kind| matches!(kind, AlarmKind::DoorForced | AlarmKind::DoorHeldOpen);
        let kind = |key: &str| match key.starts_with("alarm:guard-cut") {
            true => PostKind::GuardCut,
            false => PostKind::Alarm,
        };
        let name = |alarm: &Alarm| format!("alarm:{}", alarm.id).replace(' ', ":");
        for alarm in alarms.iter().filter(|it| !of_door(it.id.kind)) {
            let (key, words) = (name(alarm), alarm.words.clone());
            let before = self.outbox.ongoing.get(&key).map(|it| it.since);
            if before == Some(alarm.since) {
                continue;
            }
            let ongoing = Ongoing { since: alarm.since, words: words.clone() };
            self.outbox.ongoing.insert(key.clone(), ongoing);
            self.changed = true;
            let facts = PostFacts { words, ..PostFacts::default() };
            let kind = kind(&key);
            self.happen(&Happened { key: format!("{key}:{}", alarm.since), kind, facts }, now);
        }
        let there: Vec<String> = alarms.iter().map(name).collect();
        let over: Vec<(String, Ongoing)> = self
            .outbox
            .ongoing
            .iter()
            .filter(|(key, _)| key.starts_with("alarm:") && !there.contains(key))
            .map(|(key, it)| (key.clone(), it.clone()))
            .collect();
        for (key, it) in over {
            self.outbox.ongoing.remove(&key);
            self.changed = true;
            let facts = PostFacts { words: it.words, over: true, ..PostFacts::default() };
            let kind = kind(&key);
            self.happen(&Happened { key: format!("{key}:{}:over", it.since), kind, facts }, now);
        }
    }

    /// Takes what happened at a door.
    pub(super) fn see_activity(&mut self, it: &Activity, now: Timestamp) {
        let kind = match it.reason {
            Reason::ForcedOpen => PostKind::DoorForced,
            Reason::HeldOpen => PostKind::DoorHeldOpen,
            _ => return,
        };
        let is_new = self.outbox.since.is_some_and(|since| it.time >= since)
            && now.duration_since(it.time) < NEWS;
        if is_new && !it.rehearsal {
            let key = format!("{kind}:{}:{}", it.facility, it.time);
            let facts = self.at(&it.facility);
            self.happen(&Happened { key, kind, facts }, now);
        }
    }

    /// Returns the facts that name a facility.
    fn at(&self, facility: &Slug) -> PostFacts {
        let known = self.known.as_ref().and_then(|it| it.facilities.get(facility).cloned());
        let facility = known.unwrap_or_else(|| facility.to_string());
        PostFacts { facility, ..PostFacts::default() }
    }
}
