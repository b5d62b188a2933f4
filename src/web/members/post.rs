//! Sends a member a mail with a link that works once. It is no notice: nothing of it is on record.

use crate::{
    app::{AppError, notice::mailer::mailer},
    config::MailConfig,
    domain::{
        model::{MemberId, Space},
        notices::{Letter, plain},
    },
    integrations::mail::MailError,
    web::Site,
};

/// Where links in mails lead.
pub(super) const LINK: &str = "/login/link";

/// The parameter with what a link is known by.
pub(super) const KEY: &str = "key";

/// Returns the address of a link.
pub(super) fn link_path(known_by: &str) -> String {
    format!("{LINK}?{KEY}={known_by}")
}

/// A mail of a few paragraphs.
pub(super) struct Note {
    /// Who it is about.
    pub(super) id: MemberId,
    /// What it is for, in one word.
    pub(super) kind: &'static str,
    /// The name and the address.
    pub(super) to: (String, String),
    /// The subject.
    pub(super) subject: String,
    /// The text.
    pub(super) paragraphs: Vec<String>,
}

/// Hands a mail over.
///
/// # Errors
/// There is no sender address or no server, or the server does not take it.
pub(super) fn send(site: &Site, space: &Space, note: Note) -> Result<(), AppError> {
    let Note { id, kind, to, subject, paragraphs } = note;
    let now = site.now();
    let notice = plain(&subject, &paragraphs.join("\n\n"));
    let notice = notice.map_err(|error| AppError::internal(error.note.text))?;
    let key = format!("{id}.{kind}.{}", now.as_nanosecond());
    let letter = Letter { to, subject: notice.subject, text: notice.text, html: notice.html, key };
    let mut post = mailer(&MailConfig::load()?, space, &site.store)?;
    post.mailer.send(&letter, now).map_err(|error| match error {
        MailError::Refused(why) | MailError::Later(why) | MailError::Down(why) => {
            AppError::internal(format!("a mail for {kind} was not sent: {why}"))
        }
    })
}
