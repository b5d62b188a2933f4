//! The letters to people who are not members yet, and to those who decide on them.

use jiff::Timestamp;

use crate::{
    app::{
        AppError,
        notice::note::{self, Note},
        texts::Texts,
    },
    domain::model::{Application, Space},
    store::Store,
};

/// Sends the link that confirms the address.
///
/// # Errors
/// It was not handed over.
pub(super) fn link(
    store: &Store,
    space: &Space,
    to: &Application,
    url: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    let texts = Texts::of(to.language);
    let paragraphs = [
        texts.fill("mail-hello", &[("name", &to.name)]),
        texts.fill("mail-link", &[("space", &space.name)]),
        url.to_owned(),
        texts.say("mail-link-day"),
        texts.say("mail-link-not-you"),
    ];
    send(store, space, to, "mail-link-subject", &paragraphs, now)
}

/// Says that the address is a member's.
///
/// # Errors
/// It was not handed over.
pub(super) fn already(
    store: &Store,
    space: &Space,
    to: &Application,
    now: Timestamp,
) -> Result<(), AppError> {
    let texts = Texts::of(to.language);
    // The name is whatever somebody typed, who may not be the member.
    let paragraphs = [
        texts.fill("mail-already", &[("space", &space.name)]),
        texts.say("mail-already-then"),
        texts.say("mail-link-not-you"),
    ];
    let to = (to.email.clone(), to.email.clone());
    let subject = "mail-already-subject";
    note::send(store, space, Note { texts, to, subject, paragraphs: &paragraphs }, now)
}

/// Says that the application was declined.
///
/// # Errors
/// It was not handed over.
pub(super) fn declined(
    store: &Store,
    space: &Space,
    to: &Application,
    why: Option<&str>,
    now: Timestamp,
) -> Result<(), AppError> {
    let texts = Texts::of(to.language);
    let mut paragraphs = vec![
        texts.fill("mail-hello", &[("name", &to.name)]),
        texts.fill("mail-declined", &[("space", &space.name)]),
    ];
    paragraphs.extend(why.map(str::to_owned));
    paragraphs.push(texts.say("mail-declined-data"));
    send(store, space, to, "mail-declined-subject", &paragraphs, now)
}

/// Tells the directors that an application waits; without an address of theirs nobody is told.
///
/// # Errors
/// It was not handed over.
pub(super) fn waiting(store: &Store, space: &Space, now: Timestamp) -> Result<(), AppError> {
    let texts = Texts::of(space.language);
    let paragraphs = [texts.say("mail-waiting")];
    space.notices.directors.iter().try_for_each(|address| {
        let to = (space.name.clone(), address.clone());
        let subject = "mail-waiting-subject";
        note::send(store, space, Note { texts, to, subject, paragraphs: &paragraphs }, now)
    })
}

fn send(
    store: &Store,
    space: &Space,
    to: &Application,
    subject: &str,
    paragraphs: &[String],
    now: Timestamp,
) -> Result<(), AppError> {
    let texts = Texts::of(to.language);
    let to = (to.name.clone(), to.email.clone());
    note::send(store, space, Note { texts, to, subject, paragraphs }, now)
}
