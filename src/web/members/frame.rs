//! What all pages for members have in common: the language, the frame, and what is said when something
//! fails.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, Uri, request::Parts},
    response::{IntoResponse as _, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::language;
use crate::{
    app::{AppError, texts::Texts},
    domain::model::Language,
    store::ErrorKind,
    web::{Event, Site, answer, assets, login::Peer},
};

/// Who looks at which page, in which language.
#[derive(Clone)]
pub(in crate::web) struct Frame {
    pub(in crate::web) site: Arc<Site>,
    pub(in crate::web) texts: Texts,
    /// From where; `None` if it is not known.
    pub(in crate::web) address: Option<std::net::IpAddr>,
    uri: Uri,
}

impl FromRequestParts<Arc<Site>> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let in_force = site.in_force().ok();
        let language = language::of(&parts.uri, &parts.headers, in_force.as_deref());
        let peer = parts.extensions.get::<Peer>();
        Ok(Self {
            site: Arc::clone(site),
            texts: Texts::of(language),
            address: peer.and_then(|it| it.asker(&parts.headers)),
            uri: parts.uri.clone(),
        })
    }
}

impl Frame {
    /// Puts a page together.
    pub(in crate::web) fn page(&self, title: &str, content: &Markup) -> Markup {
        let in_force = self.site.in_force();
        let space = in_force.as_ref().map(|it| it.name.as_str()).unwrap_or_default();
        html! {
            (DOCTYPE)
            html lang=(self.texts.language()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) " · " (space) }
                    link rel="stylesheet" href=(assets::STYLE.url);
                    script src=(assets::HTMX.url) defer {}
                }
                body {
                    a.skip href="#main" { (self.texts.say("skip-to-content")) }
                    header { span.space { (space) } }
                    main id="main" {
                        h1 { (title) }
                        (content)
                    }
                    footer { (self.switch()) }
                }
            }
        }
    }

    /// Shows the languages that the same page is there in.
    fn switch(&self) -> Markup {
        html! {
            nav.links aria-label=(self.texts.say("language-switch")) {
                @for it in Language::ALL {
                    @if *it == self.texts.language() {
                        span aria-current="true" { (it.own_name()) }
                    } @else {
                        a href=(self.in_language(*it)) lang=(it) hreflang=(it) { (it.own_name()) }
                    }
                }
            }
        }
    }

    /// Returns the address of this page in a language.
    fn in_language(&self, language: Language) -> String {
        let query = self.uri.query().unwrap_or_default();
        let others = form_urlencoded::parse(query.as_bytes());
        let mut new = form_urlencoded::Serializer::new(String::new());
        new.extend_pairs(others.filter(|(name, _)| name != language::NAME));
        new.append_pair(language::NAME, language.code());
        format!("{}?{}", self.uri.path(), new.finish())
    }

    /// Forgets what was in the address after the path, so that no link of the page repeats it.
    pub(in crate::web) fn without_query(mut self) -> Self {
        self.uri = self.uri.path().parse().unwrap_or_default();
        self
    }

    /// Shows that something failed, without saying what to somebody who cannot mend it: that is in the
    /// log.
    pub(in crate::web) fn fail(&self, error: &AppError) -> Response {
        if error.kind != ErrorKind::User {
            self.site.tell(&Event::Trouble { words: error.message.clone() });
        }
        self.refuse(answer::status(error), &self.texts.say("error-ours"))
    }

    /// Shows why something is not done.
    pub(in crate::web) fn refuse(&self, status: StatusCode, words: &str) -> Response {
        let content = html! { p.note.bad role="alert" { (words) } };
        (status, self.page(&self.texts.say("error-title"), &content)).into_response()
    }
}

/// Answers for a page that does not exist.
pub(in crate::web) async fn not_found(frame: Frame) -> Response {
    let page = frame.page(&frame.texts.say("not-found-title"), &html! {});
    (StatusCode::NOT_FOUND, page).into_response()
}
