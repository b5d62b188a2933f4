//! Accepts new codes: a passcode must not be easy to guess.

use crate::{
    app::AppError,
    domain::model::{Code, Space},
};

/// Accepts a new code.
///
/// # Errors
/// Fails if a passcode has fewer digits than the space demands; existing passcodes stay valid. The
/// message does not repeat the passcode.
pub fn accept(code: Code, space: &Space) -> Result<Code, AppError> {
    let minimum = usize::from(space.shortest_passcode);
    match code.passcode_digits() {
        Some(digits) if digits < minimum => {
            let message = format!("a passcode needs at least {minimum} digits here");
            Err(AppError::user(message).hint("the limit is `shortest_passcode` in space.json"))
        }
        _ => Ok(code),
    }
}
