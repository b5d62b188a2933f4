//! Passwords and their hashes (argon2id, RFC 9106).

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};

/// Returns the hash of a password for the configuration, with a salt of its own.
///
/// # Errors
/// The password is too short, or the system has no random numbers.
pub fn hash_password(password: &str) -> Result<String, String> {
    if password.chars().count() < 10 {
        return Err("the password is too short: use at least 10 characters".into());
    }
    let hash: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
    hash.map(|it| it.to_string()).map_err(|error| error.to_string())
}

/// Tells whether a password has this hash. Takes tens of milliseconds and 19 MB.
pub(super) fn fits(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

/// A hash that no password has, so that a name that does not exist takes as long as one that does.
pub(super) const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c3BhY2Utbm8tb25lLWhlcmU$\
                                 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_hash_and_no_other() {
        let hash = hash_password("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(fits("correct horse", &hash) && !fits("correct house", &hash));
        assert!(!fits("", NOBODY) && !fits("correct horse", "no hash"));
        assert!(PasswordHash::new(NOBODY).is_ok(), "it has to take as long as a real one");
        assert_ne!(hash, hash_password("correct horse").unwrap());
        assert!(hash_password("short").unwrap_err().contains("10"));
    }
}
