//! Lets in the programs that have a token, and each to what its token may do.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::{
    config::Scope,
    store::Author,
    web::{
        Site,
        answer::Problem,
        login::{bearer, find_token},
    },
};

/// A program that asks, by the name of its token.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// The name of the token.
    pub(super) name: String,
}

impl Program {
    /// Returns the author of what it changes.
    pub(super) fn author(&self) -> Author {
        Author::program(&self.name)
    }
}

/// Asks for a token that may do something, and tells those behind it whose it is.
pub(super) async fn require(
    State((site, scope)): State<(Arc<Site>, Scope)>,
    mut request: Request,
    next: Next,
) -> Response {
    let config = site.logins.config();
    let found = bearer(request.headers()).and_then(|token| find_token(&config, token));
    let Some((name, token)) = found else {
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "a valid token is needed");
        let challenge = (header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return ([challenge], problem).into_response();
    };
    if !token.may(scope) {
        let words = format!("the token {name} may not do this");
        return Problem::new(StatusCode::FORBIDDEN, words).into_response();
    }
    request.extensions_mut().insert(Program { name: name.to_owned() });
    next.run(request).await
}
