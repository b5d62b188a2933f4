//! The link in a mail: it leads to a page with a button, since programs follow links in mails to look
//! for what is bad, and then it would be used up.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::html;

use super::{page, service::too_often, welcome};
use crate::{
    store::tickets::LinkPurpose,
    web::{
        fields::Fields,
        members::{
            edit::confirm_address,
            post::{KEY, LINK},
            session::Visit,
        },
    },
};

/// How many links may be tried from an address in an hour.
const MOST: u32 = 60;

/// Shows the button.
pub(super) async fn page(visit: Visit, fields: Fields) -> Response {
    let texts = visit.frame.texts;
    let key = fields.text(KEY).to_owned();
    let looked_up = key.clone();
    let link = visit
        .frame
        .site
        .work(move |site| Ok(site.store.mailed_links().get(&looked_up, site.now())?));
    let (title, button) = match link.await {
        Ok(Some(link)) => match link.purpose {
            LinkPurpose::Login => ("login-title", "login-go"),
            LinkPurpose::Address { .. } => ("address-title", "address-go"),
        },
        Ok(None) => return over(&visit),
        Err(error) => return visit.frame.fail(&error),
    };
    let content = html! {
        form method="post" action=(LINK) {
            input type="hidden" name=(KEY) value=(key);
            div.buttons { button { (texts.say(button)) } }
        }
    };
    visit.frame.page(&texts.say(title), &content).into_response()
}

/// Follows the link, once.
pub(super) async fn follow(visit: Visit, fields: Fields) -> Response {
    let key = fields.text(KEY).to_owned();
    let site = &visit.frame.site;
    if !site.member_logins.brake().allows(&visit.from("link"), MOST, site.now()) {
        return too_often(&visit);
    }
    let link = site.work(move |site| Ok(site.store.mailed_links().take(&key, site.now())?));
    let link = match link.await {
        Ok(Some(link)) => link,
        Ok(None) => return over(&visit),
        Err(error) => return visit.frame.fail(&error),
    };
    if let LinkPurpose::Address { .. } = link.purpose {
        return confirm_address(&visit, link).await;
    }
    let former = visit.cookie.clone();
    let begun = site.work(move |site| welcome::begin(site, link.member, "mail", former.as_deref()));
    match begun.await {
        Ok(cookie) => welcome::inside(&visit, &cookie, "/profile"),
        Err(error) => visit.frame.fail(&error),
    }
}

/// Says that the link is of no use any more.
fn over(visit: &Visit) -> Response {
    page::wrong(visit, StatusCode::GONE, &visit.frame.texts.say("link-over"))
}
