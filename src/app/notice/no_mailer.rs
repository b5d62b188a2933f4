//! Replaces the mailer in a program that was built without mail.

use crate::{
    app::{AppError, notice::post::Post},
    config::MailConfig,
    domain::model::Space,
    left_out,
    store::Store,
};

/// Makes no mailer.
///
/// # Errors
/// Always: this program has none.
pub fn mailer(_: &MailConfig, _: &Space, _: &Store) -> Result<Post, AppError> {
    Err(missing())
}

fn missing() -> AppError {
    AppError::user(left_out::without("mail")).hint(left_out::INSTALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_mailer_is_reported() {
        let error = missing();
        assert_eq!(error.message, "this `space` was built without mail");
        assert_eq!(error.advice, Some(left_out::INSTALL.into()));
    }
}
