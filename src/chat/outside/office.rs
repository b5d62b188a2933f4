//! What is due by the date: reminders of dues for single people, and the review of a month.

use std::{
    collections::BTreeMap,
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::{InForce, Inbox};
use crate::service::start_thread as thread;
use crate::{
    app::{
        AppError,
        notice::{DueNotices, review},
        zone,
    },
    chat::{Happened, Input, Private, press::Press},
    clock,
    config::ServicesConfig,
    domain::{
        model::{Contact, MemberId, NoticeKind, PostKind, Slug},
        ops,
        posts::PostFacts,
    },
    integrations::chat::Button,
    store::{Revision, Store},
};

/// How often the date is looked at.
const PERIOD: Duration = Duration::from_secs(60);

/// How often is looked whether the program ends.
const PAUSE: Duration = Duration::from_millis(500);

/// The hour of the day from which on people are written to.
const MORNING: i8 = 9;

/// Starts to look at the date.
pub(super) fn start(
    inbox: Inbox,
    store: Arc<Store>,
    config: &ServicesConfig,
    in_force: InForce,
) -> io::Result<()> {
    let reminding = config.chats.iter().filter(|(_, it)| it.reminders);
    let reminding = reminding.map(|(name, it)| {
        let pay = it.app_secret_file.is_some().then(|| Press::Pay.button());
        Reminding { chat: name.clone(), buttons: pay.into_iter().collect() }
    });
    let reminding: Vec<Reminding> = reminding.collect();
    thread("office", move || {
        let mut looked: Option<Instant> = None;
        while !inbox.is_ending() {
            let due = looked.is_none_or(|at| at.elapsed() >= PERIOD);
            if due && in_force.is_known() {
                looked = Some(Instant::now());
                let trouble = match look(&store, &reminding, inbox.now()) {
                    Ok((inputs, trouble)) => {
                        if !inputs.into_iter().all(|it| inbox.tell(it)) {
                            return;
                        }
                        trouble
                    }
                    Err(error) => Some(error.to_string()),
                };
                inbox.tell(Input::Trouble("office".into(), trouble));
            }
            clock::pause(PAUSE);
        }
    })
}

/// A chat where members are reminded, and what they may press below a reminder.
struct Reminding {
    chat: Slug,
    buttons: Vec<Button>,
}

/// Returns what is due, and what keeps some of it from being told.
fn look(
    store: &Store,
    reminding: &[Reminding],
    now: Timestamp,
) -> Result<(Vec<Input>, Option<String>), AppError> {
    let head = store.read(store.head()?)?;
    let local = now.to_zoned(zone::of(&head)?);
    let (today, hour) = (local.date(), local.hour());
    if hour < MORNING {
        return Ok((Vec::new(), None));
    }
    let mut inputs = Vec::new();
    if today.day() == 1 {
        let (month, review) = review::last_month(store, &head, today, &())?;
        let facts = PostFacts { words: numbers(&month, &review), ..PostFacts::default() };
        let (key, kind) = (format!("review:{month}"), PostKind::Review);
        inputs.push(Input::Happened(Happened { key, kind, facts }));
    }
    let mut trouble = None;
    if !reminding.is_empty() {
        let (reminders, unwritten) = reminders(store, &head, reminding, now)?;
        inputs.push(Input::Private(reminders));
        trouble = unwritten;
    }
    Ok((inputs, trouble))
}

/// Says how many there are, and nobody's name.
fn numbers(month: &str, review: &serde_json::Value) -> String {
    let count = |key: &str| review[key].as_array().map_or(0, Vec::len);
    let members = review["total"]["members"].as_u64().unwrap_or_default();
    format!(
        "{month}: {members} members; {} new, {} left, {} lapsed",
        count("new"),
        count("left"),
        count("lapsed")
    )
}

/// Reminds who is due to be reminded today, by the same rules as letters do, and in the words of letters.
/// Also returns what keeps somebody from being reminded.
fn reminders(
    store: &Store,
    head: &Revision<'_>,
    reminding: &[Reminding],
    now: Timestamp,
) -> Result<(Vec<Private>, Option<String>), AppError> {
    let today = now.to_zoned(zone::of(head)?).date();
    let due = DueNotices::of(store, head, &store.read_outbox()?, None, today, &())?;
    let of_dues = |kind: NoticeKind| matches!(kind, NoticeKind::Reminder | NoticeKind::Lapsed);
    let wanted = due.all.iter().filter(|((_, kind), _)| of_dues(*kind));
    let contacts: BTreeMap<MemberId, Contact> = head.contacts(|_| true).into_iter().collect();
    let (mut all, mut trouble) = (Vec::new(), None);
    for ((member, kind), occasions) in wanted {
        let Some(contact) = contacts.get(member) else { continue };
        for Reminding { chat, buttons } in reminding {
            let Some(account) = contact.accounts.get(chat.as_str()) else { continue };
            for occasion in occasions {
                match ops::notice::chat_text(head, *member, occasion, today) {
                    Ok(text) => all.push(Private {
                        key: format!("{kind}:{member}:{}", occasion.key),
                        chat: chat.clone(),
                        account: account.clone(),
                        text,
                        buttons: buttons.clone(),
                    }),
                    Err(why) => trouble = Some(format!("a reminder is not written: {why}")),
                }
            }
        }
    }
    Ok((all, trouble))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_review_has_numbers_and_nobody_in_it() {
        let review = json!({
            "total": { "members": 40 }, "new": [{ "name": "Ada" }], "left": [], "lapsed": [{}, {}],
        });
        assert_eq!(numbers("2026-02", &review), "2026-02: 40 members; 1 new, 0 left, 2 lapsed");
    }
}
