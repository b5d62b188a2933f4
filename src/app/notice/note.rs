//! A letter that is no notice: it is written here and now, and nothing of it is on record.

use jiff::Timestamp;

use crate::{
    app::{AppError, notice::mailer, texts::Texts},
    config::MailConfig,
    domain::{
        model::Space,
        notices::{Letter, plain},
    },
    integrations::mail::MailError,
    store::{ErrorKind, Store},
};

/// A letter, in a language.
pub struct Note<'n> {
    /// The texts in the language.
    pub texts: Texts,
    /// The name and the address of the recipient.
    pub to: (String, String),
    /// The name of the text that is its subject; the name of the space is filled in.
    pub subject: &'n str,
    /// What it says.
    pub paragraphs: &'n [String],
}

/// Hands a letter over.
///
/// # Errors
/// There is no sender address, or it was not accepted.
pub fn send(store: &Store, space: &Space, note: Note<'_>, now: Timestamp) -> Result<(), AppError> {
    let Note { texts, to, subject, paragraphs } = note;
    let signature = space.notices.signature.as_ref().unwrap_or(&space.name);
    let text = format!("{}\n\n{signature}", paragraphs.join("\n\n"));
    let subject = texts.fill(subject, &[("space", &space.name)]);
    let notice = plain(&subject, &text).map_err(|error| AppError::internal(error.note.text))?;
    let key = format!("note.{}", uuid::Uuid::new_v4().simple());
    let letter = Letter { to, subject: notice.subject, text: notice.text, html: notice.html, key };
    let mut post = mailer::mailer(&MailConfig::load()?, space, store)?;
    post.mailer.send(&letter, now).map_err(|error| match error {
        MailError::Refused(why) => AppError::user(format!("the letter was refused: {why}")),
        MailError::Later(why) | MailError::Down(why) => {
            AppError::new(ErrorKind::Busy, format!("no letter can be sent now: {why}"))
        }
    })
}
