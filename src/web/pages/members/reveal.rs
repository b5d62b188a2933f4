//! Personal data, shown once to whoever gives a reason, which is recorded before anything is shown.

use axum::extract::Path;
use maud::html;

use super::one::ask_for_personal_data;
use crate::{
    app::{
        AppError, look_up,
        view::{RevealView, View as _, contact_lines},
        zone,
    },
    config::Role,
    domain::model::text,
    store::reveals::{self, Reveal},
    web::{
        fields::Fields,
        pages::{
            frame::{Frame, Shown},
            table,
        },
    },
};

/// The maximum number of characters of a reason.
const LONGEST: usize = 200;

/// How many entries the list has.
const COUNT: usize = 200;

/// Records who looks and why, then shows a member's personal data.
pub(super) async fn page(frame: Frame, Path(id): Path<String>, fields: Fields) -> Shown {
    frame.require(Role::Desk, "see members")?;
    let by = frame.visitor.login.clone();
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let (id, member) = look_up::member(&head, &id)?;
        let contact = look_up::contact(&head, id)?;
        let reason = text::line(fields.text("reason").trim(), LONGEST);
        if reason.is_empty() {
            return Err(AppError::user("no reason was given, so nothing is shown"));
        }
        let reveal = Reveal { time: site.now(), by, member: id, reason };
        reveals::append(&site.journals, &reveal)?;
        let reasons = [
            ("reason of the concession", contact.concession_reason.clone().unwrap_or_default()),
            ("reason of the suspension", contact.suspension_reason.clone().unwrap_or_default()),
        ];
        let content = html! {
            p.note.warn { "Recorded: " (reveal.reason) }
            (table::labelled(&contact_lines(&contact)))
            (table::labelled(&reasons))
            p { a href={ "/members/" (id) } { "Back to the member" } }
            (ask_for_personal_data(id))
        };
        Ok((format!("{id} {}: personal data", member.name), content))
    });
    let (title, content) = worked.await.map_err(|error| frame.fail(&error))?;
    Ok(frame.page(&title, &content))
}

/// Lists who was shown whose personal data, the newest first.
pub(super) async fn list(frame: Frame) -> Shown {
    if !frame.may(Role::Admin) {
        return Err(frame.refuse("Your login may not see this: ask an admin."));
    }
    let worked = frame.site.work(|site| {
        let head = site.store.read(site.store.head()?)?;
        let zone = zone::or_utc(&head);
        let newest = reveals::read(&site.journals)?.into_iter().rev().take(COUNT);
        Ok(newest.map(|it| RevealView::new(it, &head, &zone)).collect::<Vec<_>>())
    });
    let rows = worked.await.map_err(|error| frame.fail(&error))?;
    let content = table::linked(&rows, RevealView::COLUMNS, RevealView::EMPTY, |row, heading| {
        (heading == "MEMBER").then(|| format!("/members/{}", row.reveal.member))
    });
    Ok(frame.page("Who looked at personal data", &content))
}
