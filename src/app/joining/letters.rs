//! The letters to people who are not members yet, and to those who decide on them.

use jiff::Timestamp;

use crate::{
    app::{AppError, notice::mailer, texts::Texts},
    config::MailConfig,
    domain::{
        model::{Application, Space},
        notices::{Letter, plain},
    },
    integrations::mail::MailError,
    store::{ErrorKind, Store},
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
    send(store, space, to, "mail-already-subject", &paragraphs, now)
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
pub(super) fn waiting(
    store: &Store,
    space: &Space,
    id: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    let texts = Texts::of(space.language);
    let paragraphs = [texts.say("mail-waiting")];
    space.notices.directors.iter().enumerate().try_for_each(|(number, address)| {
        let to = (space.name.clone(), address.clone());
        let key = format!("application.{id}.{number}");
        post(store, space, texts, (to, key), "mail-waiting-subject", &paragraphs, now)
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
    let key = format!("joining.{}", uuid::Uuid::new_v4().simple());
    let to_whom = ((to.name.clone(), to.email.clone()), key);
    post(store, space, Texts::of(to.language), to_whom, subject, paragraphs, now)
}

fn post(
    store: &Store,
    space: &Space,
    texts: Texts,
    (to, key): ((String, String), String),
    subject: &str,
    paragraphs: &[String],
    now: Timestamp,
) -> Result<(), AppError> {
    let signature = space.notices.signature.as_ref().unwrap_or(&space.name);
    let text = format!("{}\n\n{signature}", paragraphs.join("\n\n"));
    let subject = texts.fill(subject, &[("space", &space.name)]);
    let notice = plain(&subject, &text).map_err(|error| AppError::internal(error.note.text))?;
    let letter = Letter { to, subject: notice.subject, text: notice.text, html: notice.html, key };
    let mut post = mailer::mailer(&MailConfig::load()?, space, store)?;
    post.mailer.send(&letter, now).map_err(|error| match error {
        MailError::Refused(why) => AppError::user(format!("the letter was refused: {why}")),
        MailError::Later(why) | MailError::Down(why) => {
            AppError::new(ErrorKind::Busy, format!("no letter can be sent now: {why}"))
        }
    })
}
