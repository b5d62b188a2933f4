//! A login by a link in a mail.

use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use maud::html;

use super::{service::too_often, whose::Whose};
use crate::{
    app::{AppError, look_up, texts::Texts, zone},
    domain::model::MemberId,
    store::tickets::{LinkPurpose, MailedLink},
    web::{
        Event, Site,
        fields::Fields,
        members::{post, session::Visit},
    },
};

/// How many links may be asked for from an address in an hour.
const MOST_FROM: u32 = 20;

/// How many links may be asked for to one e-mail address in an hour.
const MOST_TO: u32 = 5;

/// Sends a link to whoever has the address, if somebody does. The answer is always the same, and does
/// not wait for it.
pub(super) async fn send(visit: Visit, fields: Fields) -> Response {
    let (site, texts, now) = (&visit.frame.site, visit.frame.texts, visit.frame.site.now());
    let to = fields.text("email").trim().to_lowercase();
    if !site.member_logins.brake().allows(&visit.from("mail"), MOST_FROM, now) {
        return too_often(&visit);
    }
    if site.member_logins.brake().allows(&format!("mail to {to}"), MOST_TO, now) {
        let site = Arc::clone(site);
        tokio::spawn(async move {
            let told = Arc::clone(&site);
            if let Err(error) = site.work(move |site| deliver(site, &to, texts)).await {
                told.tell(&Event::Trouble { words: format!("no login by mail: {error}") });
            }
        });
    }
    let content = html! {
        p.note.good role="status" { (texts.say("login-mail-sent")) }
        p { (texts.say("login-mail-hint")) }
    };
    visit.frame.page(&texts.say("login-title"), &content).into_response()
}

fn deliver(site: &Site, to: &str, texts: Texts) -> Result<(), AppError> {
    let head = site.store.read(site.store.head()?)?;
    let today = site.now().to_zoned(zone::or_utc(&head)).date();
    let whose = Whose::of(&head, &[to.to_owned()], today);
    match whose {
        Whose::One(id) => write(site, id, texts),
        Whose::Nobodys | Whose::Several => {
            let why = match whose {
                Whose::Several => "several members have the address",
                _ => "no member has the address",
            };
            site.tell(&Event::LoginRefused { by: "mail".into(), why: why.into() });
            Ok(())
        }
    }
}

/// Sends a link to the address on record, not to what was typed.
fn write(site: &Site, id: MemberId, texts: Texts) -> Result<(), AppError> {
    let head = site.store.read(site.store.head()?)?;
    let (_, member) = look_up::member(&head, &id.to_string())?;
    let contact = look_up::contact(&head, id)?;
    let Some(email) = contact.email else { return Ok(()) };
    let links = site.store.mailed_links();
    links.sweep(site.now())?;
    let key = links.add(&MailedLink::new(id, LinkPurpose::Login, site.now()))?;
    let url = format!("{}{}", site.members_url()?, post::link_path(&key));
    let space = look_up::space(&head)?;
    let letter = post::Note {
        id,
        kind: "login",
        to: (member.name.clone(), email),
        subject: texts.fill("login-letter-subject", &[("space", &space.name)]),
        paragraphs: vec![
            texts.fill("letter-greeting", &[("name", &member.name)]),
            texts.say("login-letter-text"),
            url,
            texts.say("login-letter-otherwise"),
            space.notices.signature.clone().unwrap_or_else(|| space.name.clone()),
        ],
    };
    post::send(site, &space, letter)
}
