//! Why a form cannot be used as it was filled in, and which of its fields is wrong.

use crate::{app::AppError, domain::ops::Refusal, store::StoreError};

/// What is wrong, and where.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The field, if it is one.
    pub(super) field: Option<&'static str>,
    /// What is wrong.
    pub(super) error: AppError,
}

impl Wrong {
    /// Says that a field has to be filled in.
    pub(super) fn missing(field: &'static str, what: &str) -> Self {
        Self { field: Some(field), error: AppError::user(format!("{what} is missing")) }
    }
}

/// Says which field a result comes from.
pub(super) trait At<T> {
    /// Blames a field for the error, unless another one already is.
    ///
    /// # Errors
    /// The same, with the field.
    fn at(self, field: &'static str) -> Result<T, Wrong>;
}

impl<T, E: Into<Wrong>> At<T> for Result<T, E> {
    fn at(self, field: &'static str) -> Result<T, Wrong> {
        self.map_err(|error| {
            let wrong = error.into();
            Wrong { field: wrong.field.or(Some(field)), ..wrong }
        })
    }
}

impl From<AppError> for Wrong {
    fn from(error: AppError) -> Self {
        Self { field: None, error }
    }
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Self {
        AppError::from(refusal).into()
    }
}

impl From<StoreError> for Wrong {
    fn from(error: StoreError) -> Self {
        AppError::from(error).into()
    }
}

impl From<String> for Wrong {
    fn from(message: String) -> Self {
        AppError::from(message).into()
    }
}
