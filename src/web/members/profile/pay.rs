//! By what a payment processor takes somebody's dues: a page that lasts, and the way to the processor's own
//! page, which does not.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};

use crate::{
    app::{
        look_up,
        service::{self, NoPage},
        texts::Texts,
    },
    config::ServicesConfig,
    domain::model::Slug,
    web::{
        Event,
        members::session::{Own, Visit},
    },
};

/// Where the page is; letters name it.
pub(in crate::web::members) const PAGE: &str = "/profile/pay";

/// Where the way to the processor begins. It is a link and no form, since browsers let no form lead
/// elsewhere.
pub(super) const GO: &str = "/profile/pay/go";

/// How often somebody may be led to the processor in an hour.
const MOST: u32 = 20;

/// Returns the processor that takes somebody's dues.
pub(super) fn processor(own: &Own<'_>) -> Option<Slug> {
    look_up::contact(&own.head, own.id).ok()?.pays_by
}

/// Shows by whom the dues are taken, and the way to say by what.
pub(super) async fn page(visit: Visit) -> Response {
    let texts = visit.frame.texts;
    visit.page(&texts.say("pay-title"), move |own| Ok(content(own, texts))).await
}

fn content(own: &Own<'_>, texts: Texts) -> Markup {
    html! {
        @match processor(own) {
            Some(_) => {
                p { (texts.say("pay-what")) }
                div.buttons { a.button href=(GO) rel="nofollow" { (texts.say("pay-go")) } }
            }
            None => {
                p { (texts.say("pay-by-hand")) }
                p { a href="/profile" { (texts.say("profile-title")) } }
            }
        }
    }
}

/// Asks the processor for its page, and leads there.
pub(super) async fn go(visit: Visit) -> Response {
    let texts = visit.frame.texts;
    let asked = visit.own(move |own| {
        let site = own.site;
        if !site.member_logins.brake().allows(&format!("pay {}", own.id), MOST, own.now) {
            return Ok(Err("pay-too-often"));
        }
        let back = site.members_url().ok().map(|url| format!("{url}/profile"));
        let config = ServicesConfig::of_machine()?;
        let page = service::link(&config, &own.head, own.id, back, own.now);
        Ok(page.map(|it| it.url).map_err(|why| {
            let words = match &why {
                NoPage::ByHand => "pay-by-hand",
                NoPage::Early(_) => "pay-early",
                NoPage::Nothing(_) => "pay-nothing",
                NoPage::NoWayBack | NoPage::Failed(_) => "pay-down",
            };
            let error = why.error(&own.head, own.id);
            site.tell(&Event::Trouble { words: format!("no page to pay by: {error}") });
            words
        }))
    });
    match asked.await {
        Ok(Ok(url)) => Redirect::to(&url).into_response(),
        Ok(Err(words)) => {
            let content = html! {
                p.note.warn role="alert" { (texts.say(words)) }
                p { a href="/profile" { (texts.say("profile-title")) } }
            };
            let page = visit.inside(&texts.say("pay-title"), &content);
            (StatusCode::CONFLICT, page).into_response()
        }
        Err(instead) => instead,
    }
}
