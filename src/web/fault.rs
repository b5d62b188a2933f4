//! Why a program does not get what it asks for.

use std::{any::Any, sync::Arc};

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

use crate::{
    app::AppError,
    domain::ops::Refusal,
    store::StoreError,
    web::{Site, answer::Problem},
};

/// An obstacle, not in words yet.
pub(super) enum Fault {
    /// It is one of this program's errors.
    Error(AppError),
    /// The checks refuse the change that was asked for.
    Refused(AppError),
    /// It is about the request.
    Problem(Problem),
}

impl Fault {
    /// Says that something does not exist.
    pub(super) fn missing(what: impl Into<String>) -> Self {
        Self::Problem(Problem::new(StatusCode::NOT_FOUND, what))
    }

    /// Says that whoever asks may not do this.
    pub(super) fn forbidden(why: impl Into<String>) -> Self {
        Self::Problem(Problem::new(StatusCode::FORBIDDEN, why))
    }

    /// Says that a value is not valid.
    pub(super) fn invalid(why: impl Into<String>) -> Self {
        Self::Problem(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why))
    }
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        Self::Error(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Error(error.into())
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Error(refusal.into())
    }
}

/// Does work that reads files, aside from the threads that answer.
pub(super) async fn work<T: Send + 'static>(
    site: &Arc<Site>,
    job: impl FnOnce(&Site) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Problem> {
    let done = site.work(move |site| Ok(job(site))).await.unwrap_or_else(|error| Err(error.into()));
    let of = |error: &AppError| Problem::of(error, |advice| site.words(advice));
    done.map_err(|fault| match fault {
        Fault::Error(error) => of(&error),
        Fault::Refused(error) => of(&error).with_status(StatusCode::UNPROCESSABLE_ENTITY),
        Fault::Problem(problem) => problem,
    })
}

/// Answers after a fault in this program.
pub(super) fn broken(_: Box<dyn Any + Send>) -> Response {
    let words = "this broke off because of a fault in the program";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
}
