//! What all pages have in common: who looks, the navigation, and errors.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::{next_step::next_step, table::sentence};
use crate::{
    app::{AppError, view::building},
    config::Role,
    store::ErrorKind,
    web::{Site, answer, assets, login::Visitor},
};

/// The pages of the navigation, and who sees them.
const NAVIGATION: &[(&str, &str, Role)] = &[
    ("/", "Activity", Role::View),
    ("/ask", "May this fob?", Role::View),
    ("/members", "Members", Role::Desk),
    ("/applications", "Applications", Role::Admin),
    ("/requests", "Requests", Role::Admin),
    ("/hardware", "Doors", Role::View),
    ("/building", "Building", Role::View),
    ("/requirements", "Requirements", Role::View),
    ("/payments", "Payments", Role::Admin),
    ("/reports", "Reports", Role::View),
    ("/history", "History", Role::Desk),
    ("/log", "Log", Role::View),
];

/// Who looks at which page.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) site: Arc<Site>,
    pub(super) visitor: Visitor,
    path: String,
    /// Whether only a part of the page is asked for, by its script.
    pub(super) partial: bool,
}

impl FromRequestParts<Arc<Site>> for Frame {
    type Rejection = StatusCode;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let visitor = parts.extensions.get::<Visitor>().cloned();
        let kind = parts.headers.get("hx-request-type");
        Ok(Self {
            site: Arc::clone(site),
            visitor: visitor.ok_or(StatusCode::UNAUTHORIZED)?,
            path: parts.uri.path().to_owned(),
            partial: kind.is_some_and(|it| it == "partial"),
        })
    }
}

/// A page instead of the one that was asked for: an error, or the way to another one.
pub(super) struct Instead(Box<Response>);

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl Instead {
    /// Leads to another page.
    pub(super) fn see(path: &str) -> Self {
        Self(Box::new(Redirect::to(path).into_response()))
    }
}

/// What a handler returns.
pub(super) type Shown = Result<Markup, Instead>;

impl Frame {
    /// Tells whether the visitor may do what this role may do.
    pub(super) fn may(&self, role: Role) -> bool {
        self.visitor.role >= role
    }

    /// Puts a page together.
    pub(super) fn page(&self, title: &str, content: &Markup) -> Markup {
        let in_force = self.site.in_force();
        let space = in_force.as_ref().map(|it| it.name.clone()).unwrap_or_default();
        let is_here = |url: &str| match url {
            "/" => self.path == "/" || self.path.starts_with("/activity"),
            _ => self.path.starts_with(url),
        };
        let journal = self.site.journal_state();
        let now = self.site.now();
        let heat = self.site.guard().and_then(|state| building::guard_alarm(&state, now));
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) " · " (space) }
                    link rel="stylesheet" href=(assets::STYLE.url);
                    script src=(assets::HTMX.url) defer {}
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header {
                        a.space href="/" { (space) }
                        nav aria-label="Pages" {
                            @for (url, name, role) in NAVIGATION {
                                @if self.may(*role) {
                                    a href=(url) aria-current=[is_here(url).then_some("page")] {
                                        (name)
                                    }
                                }
                            }
                        }
                        span.who { (self.visitor.author.name) }
                    }
                    main id="main" {
                        h1 { (title) }
                        @if let Some(words) = &heat {
                            p.note.warn role="alert" { a href="/building" { (sentence(words)) } }
                        }
                        @if let Some(trouble) = &journal.trouble {
                            p.note.bad role="alert" { (trouble.words) }
                        }
                        (content)
                    }
                    footer {
                        @match &in_force {
                            Ok(it) => p { "By commit " code { (it.index.commit().short()) } },
                            Err(error) => p.bad { (error.message) },
                        }
                    }
                }
            }
        }
    }

    /// Shows why there is no such page.
    pub(super) fn fail(&self, error: &AppError) -> Instead {
        let title = match error.kind {
            ErrorKind::Unchanged => "Nothing to do",
            ErrorKind::User => "That did not work",
            ErrorKind::Busy | ErrorKind::Overtaken => "Somebody was faster",
            ErrorKind::Data => "The records cannot be used",
            ErrorKind::Internal => "Something is broken",
            ErrorKind::Committed => "It is done, but something is broken",
        };
        let page = self.page(title, &self.trouble(error));
        Instead(Box::new((answer::status(error), page).into_response()))
    }

    /// Lets only those on who may do what this role may; `what` is what they would do.
    ///
    /// # Errors
    /// The page that says so.
    pub(super) fn require(&self, role: Role, what: &str) -> Result<(), Instead> {
        if self.may(role) {
            return Ok(());
        }
        Err(self.refuse(&format!("Your login may not {what}: ask an admin.")))
    }

    /// Shows that this login may not do that.
    pub(super) fn refuse(&self, words: &str) -> Instead {
        let page = self.page("That is not for you", &html! { p.note.warn { (words) } });
        Instead(Box::new((StatusCode::FORBIDDEN, page).into_response()))
    }

    /// Shows an error inside a page, with everything that is known about it.
    pub(super) fn trouble(&self, error: &AppError) -> Markup {
        html! {
            div.note.bad role="alert" {
                p { (error.message) }
                @if !error.findings.is_empty() {
                    ul { @for it in &error.findings { li { (it) } } }
                }
                @if let Some(advice) = &error.advice { p { (next_step(&self.site, advice)) } }
            }
        }
    }
}

/// Answers for a page that does not exist.
pub(super) async fn not_found(frame: Frame) -> Response {
    let page =
        frame.page("There is no such page", &maud::html! { p { a href="/" { "Activity" } } });
    (StatusCode::NOT_FOUND, page).into_response()
}
