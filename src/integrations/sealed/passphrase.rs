//! What opens a sealed file, which never appears in any output.

use std::fmt;

/// How many characters a passphrase has at least: with the file in hand, one can try them all.
pub const LEAST: usize = 12;

/// A passphrase.
#[derive(Clone)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes a text as a passphrase, without the line break at its end; `None` if it is too short.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim_end_matches(['\n', '\r']);
        (text.chars().count() >= LEAST).then(|| Self(text.to_owned()))
    }

    #[cfg(feature = "backup")]
    pub(super) fn secret(&self) -> age::secrecy::SecretString {
        self.0.clone().into()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let _ = &self.0; // a program without backups does not use it
        f.write_str("Passphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_long_enough_and_never_shown() {
        assert!(Passphrase::new("too short").is_none());
        assert!(Passphrase::new("elevenchars\n").is_none());
        let shown = format!("{:?}", Passphrase::new("wet paint on the lathe\r\n"));
        assert_eq!(shown, "Some(Passphrase(…))");
    }
}
