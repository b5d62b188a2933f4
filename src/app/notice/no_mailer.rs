//! What is said where letters would be handed over and the program was built without mail.

use crate::{
    app::{AppError, notice::post::Post},
    config::MailConfig,
    domain::model::Space,
    left_out,
    store::Store,
};

/// Would make a mailer.
///
/// # Errors
/// Always: there is none in this program.
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
    fn what_is_left_out_is_said() {
        let error = missing();
        assert_eq!(error.message, "this `space` was built without mail");
        assert_eq!(error.advice, Some(left_out::INSTALL.into()));
    }
}
