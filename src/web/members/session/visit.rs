//! A request of a browser in which somebody may be logged in.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};

use super::{Kept, Own};
use crate::{
    app::AppError,
    web::{
        Site,
        members::{frame::Frame, login::household},
    },
};

/// The frame of the page, and the session that the browser has, if any.
#[derive(Clone)]
pub(in crate::web::members) struct Visit {
    pub(in crate::web::members) frame: Frame,
    pub(in crate::web::members) cookie: Option<String>,
    path: String,
    method: Method,
}

impl FromRequestParts<Arc<Site>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let frame = Frame::from_request_parts(parts, site).await?;
        let cookie = sent(&parts.headers, site);
        let (path, method) = (parts.uri.path().to_owned(), parts.method.clone());
        Ok(Self { frame, cookie, path, method })
    }
}

fn sent(headers: &HeaderMap, site: &Site) -> Option<String> {
    Kept::Session.sent(headers, site.members_in_the_clear()).map(ToOwned::to_owned)
}

impl Visit {
    /// Does something for whoever is logged in.
    ///
    /// # Errors
    /// The page that says what went wrong, or leads to the login.
    pub(in crate::web::members) async fn own<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Own<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Response> {
        let Some(cookie) = self.cookie.clone() else { return Err(self.to_login()) };
        let done = self.frame.site.work(move |site| match Own::open(site, &cookie)? {
            Some(own) => job(&own).map(Some),
            None => Ok(None),
        });
        match done.await {
            Ok(Some(done)) => Ok(done),
            Ok(None) => Err(self.to_login()),
            Err(error) => Err(self.frame.fail(&error)),
        }
    }

    /// Shows a page of whoever is logged in.
    pub(in crate::web::members) async fn page(
        &self,
        title: &str,
        content: impl FnOnce(&Own<'_>) -> Result<Markup, AppError> + Send + 'static,
    ) -> Response {
        match self.own(content).await {
            Ok(content) => self.inside(title, &content).into_response(),
            Err(instead) => instead,
        }
    }

    /// Puts a page together on which one is logged in.
    pub(in crate::web::members) fn inside(&self, title: &str, content: &Markup) -> Markup {
        let texts = self.frame.texts;
        let links = [
            ("/profile", texts.say("profile-title")),
            ("/editme", texts.say("edit-title")),
            ("/guests", texts.say("guests-title")),
            ("/logout", texts.say("logout-title")),
        ];
        let has_guests = self.frame.site.in_force().is_ok_and(|it| it.has_guests());
        let content = html! {
            nav.links aria-label=(texts.say("own-pages")) {
                @for (path, words) in &links {
                    @if *path != "/guests" || has_guests {
                        a href=(path) aria-current=[(self.path == *path).then_some("page")] {
                            (words)
                        }
                    }
                }
            }
            (content)
        };
        self.frame.page(title, &content)
    }

    /// Forgets what was in the address after the path, so that no link of the page repeats it.
    pub(in crate::web::members) fn without_query(self) -> Self {
        Self { frame: self.frame.without_query(), ..self }
    }

    /// Names what is done from the place that the request comes from, to count it.
    pub(in crate::web::members) fn from(&self, what: &str) -> String {
        let place = self.frame.address.map(|it| household(it).to_string());
        format!("{what} {}", place.unwrap_or_default())
    }

    /// Leads to the login, and back here after it.
    fn to_login(&self) -> Response {
        let to = if self.method == Method::GET { self.path.as_str() } else { "/profile" };
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
        Redirect::to(&format!("/login?{query}")).into_response()
    }
}
