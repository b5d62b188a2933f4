//! Letters about alarms.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, Sender, channel},
};

use super::Inbox;
use crate::{
    app::{AppError, look_up, notice::mailer, when, zone},
    building::Input,
    config::MailConfig,
    domain::{alarms::DueLetter, model::NoticeKind, notices::AlarmFacts, ops},
    integrations::mail::MailError,
    store::Store,
};

/// How many letters are remembered while others of the same alarm could not be sent.
const REMEMBERED: usize = 1_000;

/// Letters about alarms.
pub(in crate::building) struct Mail(Sender<DueLetter>);

impl Mail {
    /// Starts to send. The space's records say who gets them, and this machine's configuration how.
    pub(in crate::building) fn start(inbox: Inbox, space: PathBuf) -> io::Result<Self> {
        let (sender, due) = channel();
        super::start("mail", move || send_all(&inbox, &space, &due))?;
        Ok(Self(sender))
    }

    /// Sends a letter; the machine is told what became of it.
    pub(in crate::building) fn send(&self, letter: DueLetter) {
        let _ = self.0.send(letter); // at the end, nobody sends any more
    }
}

fn send_all(inbox: &Inbox, space: &Path, due: &Receiver<DueLetter>) {
    // Whom a letter reached whose other copies could not be sent.
    let mut reached = HashSet::new();
    for letter in due {
        let outcome = send(inbox, space, &letter, &mut reached);
        let outcome = outcome.map_err(|error| error.to_string());
        if reached.len() > REMEMBERED || outcome.is_ok() {
            reached.clear();
        }
        if !inbox.tell(Input::Mailed(letter, outcome)) {
            return;
        }
    }
}

fn send(
    inbox: &Inbox,
    space: &Path,
    due: &DueLetter,
    reached: &mut HashSet<String>,
) -> Result<(), AppError> {
    let store = Store::open(space)?;
    let head = store.read(store.head()?)?;
    let settings = look_up::space(&head)?;
    if settings.notices.off.contains(&NoticeKind::Alarm) {
        return Ok(());
    }
    let zone = zone::of(&head)?;
    let (alarm, now) = (&due.alarm, inbox.now());
    let facts = AlarmFacts {
        kind: alarm.id.kind.to_string(),
        subject: alarm.id.subject.as_ref().map(ToString::to_string),
        words: alarm.words.clone(),
        since: when::local(alarm.since, &zone),
        over: due.end,
        until: alarm.ended.map(|at| when::local(at, &zone)),
    };
    let mut post = mailer::mailer(&MailConfig::load()?, &settings, &store)?;
    let today = now.to_zoned(zone).date();
    let mut failed = None;
    for address in &settings.alarms.to {
        let key = format!("{} {} {} {address}", alarm.id, alarm.since, due.end);
        if reached.contains(&key) {
            continue;
        }
        let letter = ops::notice::alarm_letter(&head, address, facts.clone(), today)
            .map_err(|why| AppError::data(format!("cannot be written: {why}")))?;
        match post.mailer.send(&letter, now) {
            Ok(()) => drop(reached.insert(key)),
            // It would be refused for ever.
            Err(MailError::Refused(why)) => {
                reached.insert(key);
                let words = format!("a letter about an alarm was refused: {why}");
                inbox.tell(Input::Trouble("refused mail", Some(words)));
            }
            Err(error) => failed = Some(error.to_string()),
        }
    }
    failed.map_or(Ok(()), |why| Err(AppError::internal(why)))
}
