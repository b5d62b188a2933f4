//! Applications: who wants to join, what is known of them, and the buttons that decide.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use super::{
    frame::{Frame, Instead, Shown},
    table,
};
use crate::{
    app::{
        AppError,
        joining::{self, accept, decline},
        look_up,
        view::{ApplicationView, View as _, application_lines},
        zone,
    },
    config::Role,
    domain::model::{Application, Stage, Waiting},
    web::{Event, Site, fields::Fields},
};

/// Their address.
pub(super) const PATH: &str = "/applications";

/// Lists them.
pub(super) async fn page(frame: Frame) -> Shown {
    frame.require(Role::Admin, "see applications")?;
    let worked = frame.site.work(|site| {
        let zone = zone::or_utc(&site.store.read(site.store.head()?)?);
        let all = joining::applications(&site.store).all(site.now());
        Ok(all.iter().map(|it| ApplicationView::new(it, &zone)).collect::<Vec<_>>())
    });
    let rows = worked.await.map_err(|error| frame.fail(&error))?;
    let link = |row: &ApplicationView, heading: &str| {
        (heading == "NAME").then(|| format!("{PATH}/{}", row.id))
    };
    let content = html! {
        (table::linked(&rows, ApplicationView::COLUMNS, ApplicationView::EMPTY, link))
        p.faint { "Who waits for a link has not confirmed the e-mail address yet." }
    };
    Ok(frame.page("Applications", &content))
}

/// Shows one.
pub(super) async fn one(frame: Frame, Path(id): Path<String>) -> Shown {
    frame.require(Role::Admin, "see applications")?;
    show(&frame, id, None).await
}

async fn show(frame: &Frame, id: String, wrong: Option<AppError>) -> Shown {
    let worked = frame.site.work(move |site| {
        let it = find(site, &id)?;
        let currency = look_up::currency(&site.store.read(site.store.head()?)?)?;
        Ok((application_lines(&it.content, &currency), it))
    });
    let (lines, it) = worked.await.map_err(|error| frame.fail(&error))?;
    let content = html! {
        @if let Some(wrong) = &wrong { (frame.trouble(wrong)) }
        @if matches!(it.stage, Stage::Link { .. }) {
            p.note.warn { "The link in the mail has not been followed: the address may be somebody else's." }
        }
        dl { @for (what, value) in &lines { dt { (what) } dd { (value) } } }
        (decision(&it))
    };
    Ok(frame.page(&it.content.name, &content))
}

/// Shows the buttons that decide.
fn decision(it: &Waiting<Application>) -> Markup {
    html! {
        form method="post" action={ (PATH) "/" (it.id) "/accept" } {
            div.buttons {
                button { "Accept, and send the welcome" }
                a.button.quiet href=(PATH) { "Back" }
            }
        }
        form method="post" action={ (PATH) "/" (it.id) "/decline" } {
            (Fields::default().line("reason", "Reason", "a sentence in the mail, if you like"))
            div.buttons { button.danger { "Decline, with a mail" } }
        }
    }
}

/// Accepts one.
pub(super) async fn accept(frame: Frame, Path(id): Path<String>) -> Result<Response, Instead> {
    frame.require(Role::Admin, "accept applications")?;
    let (visitor, asked) = (frame.visitor.clone(), id.clone());
    let worked = frame.site.work(move |site| {
        let joined = accept::accept(&site.store, &asked, Some(&visitor.author), site.now())?;
        site.tell(&Event::Joined { member: joined.id, children: joined.children.len() });
        Ok(joined)
    });
    match worked.await {
        Ok(joined) => {
            let content = html! {
                p.note.good role="status" { (joined.name) " is member " (joined.id) "." }
                @if let Some(why) = &joined.unsent { p.note.warn { "The welcome waits: " (why) } }
                div.buttons {
                    a.button href={ "/credentials/add?member=" (joined.id) "&back=/members/" (joined.id) } {
                        "Hand out a fob"
                    }
                    a.button.quiet href={ "/members/" (joined.id) } { "The page of the member" }
                    a.button.quiet href=(PATH) { "Applications" }
                }
            };
            Ok(frame.page("Accepted", &content).into_response())
        }
        Err(error) => Ok(show(&frame, id, Some(error)).await.into_response()),
    }
}

/// Declines one.
pub(super) async fn decline(
    frame: Frame,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Instead> {
    frame.require(Role::Admin, "decline applications")?;
    let asked = id.clone();
    let worked = frame.site.work(move |site| {
        let it = find(site, &asked)?;
        decline::decline(&site.store, &it, fields.get("reason"), true, site.now())
    });
    match worked.await {
        Ok(()) => Ok(Instead::see(PATH).into_response()),
        Err(error) => Ok(show(&frame, id, Some(error)).await.into_response()),
    }
}

fn find(site: &Site, id: &str) -> Result<Waiting<Application>, AppError> {
    let found = joining::applications(&site.store).get(id, site.now())?;
    found.ok_or_else(|| {
        AppError::user("there is no such application: somebody may have decided on it")
    })
}
