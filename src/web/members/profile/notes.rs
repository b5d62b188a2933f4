//! What only valid members may know: door codes, the Wi-Fi. It is `member-notes.md` beside the
//! records, or `member-notes.de.md` for a language.

use maud::{Markup, html};

use crate::{
    app::{AppError, texts::Texts},
    domain::dues::Standing,
    store::StoreError,
    web::members::{documents::paragraphs, session::Own},
};

/// Shows the notes to members in good standing, if the space has written any.
///
/// # Errors
/// The repository is damaged there.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Result<Markup, AppError> {
    let names = [format!("member-notes.{}.md", texts.language()), "member-notes.md".to_owned()];
    let mut notes = None;
    for name in names {
        let read = own.head.text(&name).map_err(|it| StoreError::Refused(vec![it]))?;
        notes = notes.or(read);
    }
    let Some(notes) = notes else { return Ok(html! {}) };
    Ok(html! {
        h2 { (texts.say("notes-title")) }
        @if own.standing() == Standing::Good { (paragraphs(&notes.text)) }
        @else { p.faint { (texts.say("notes-not-now")) } }
    })
}
