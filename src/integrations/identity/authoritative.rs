//! Which address of a provider's claims counts.

use serde::Deserialize;

/// The issuer that vouches for few of the addresses it knows.
const GOOGLE: &str = "https://accounts.google.com";

/// What a provider claims about somebody's address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
pub(super) struct Claims {
    /// The address.
    #[serde(default)]
    pub(super) email: Option<String>,
    /// Whether the provider once saw that it reaches this person. Some say so in a text.
    #[serde(default)]
    email_verified: Option<Flag>,
    /// The organisation at Google that has the address.
    #[serde(default)]
    hd: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
enum Flag {
    Is(bool),
    Says(String),
}

impl Flag {
    fn is_set(&self) -> bool {
        match self {
            Self::Is(set) => *set,
            Self::Says(text) => text == "true",
        }
    }
}

/// Returns the address, if the provider vouches for it.
///
/// Google verified an address of another domain when the account was made, but whoever owns the
/// domain may have given the address to somebody else since (Google, "Verify the Google ID token on
/// your server side"): only its own addresses, and those of organisations that are there, count.
pub(super) fn counts(issuer: &str, claims: &Claims) -> Option<String> {
    let email = claims.email.clone()?;
    let is_verified = claims.email_verified.as_ref().is_some_and(Flag::is_set);
    let is_its_own = || email.to_ascii_lowercase().ends_with("@gmail.com") || claims.hd.is_some();
    let counts = is_verified && (issuer != GOOGLE || is_its_own());
    counts.then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(issuer: &str, claims: &str) -> Option<String> {
        counts(issuer, &serde_json::from_str(claims).unwrap())
    }

    #[test]
    fn only_what_is_verified_counts() {
        let other = "https://login.example.org";
        for (claims, counts) in [
            (r#"{"email": "a@example.org", "email_verified": true}"#, true),
            (r#"{"email": "a@example.org", "email_verified": "true"}"#, true),
            (r#"{"email": "a@example.org", "email_verified": false}"#, false),
            (r#"{"email": "a@example.org", "email_verified": "false"}"#, false),
            (r#"{"email": "a@example.org", "email_verified": "yes"}"#, false),
            (r#"{"email": "a@example.org", "email_verified": null}"#, false),
            (r#"{"email": "a@example.org"}"#, false),
            (r#"{"email_verified": true}"#, false),
        ] {
            assert_eq!(counted(other, claims).is_some(), counts, "{claims}");
        }
    }

    #[test]
    fn google_vouches_for_its_own_addresses_and_those_of_organisations() {
        let verified = |email: &str, more: &str| {
            counted(GOOGLE, &format!(r#"{{"email": "{email}", "email_verified": true{more}}}"#))
        };
        assert!(verified("ada@gmail.com", "").is_some());
        assert!(verified("Ada@GMAIL.com", "").is_some());
        assert!(verified("ada@example.org", "").is_none());
        assert!(verified("ada@notgmail.com", "").is_none());
        assert!(verified("ada@example.org", r#", "hd": "example.org""#).is_some());
        let claims = r#"{"email": "ada@gmail.com", "email_verified": false, "hd": "gmail.com"}"#;
        assert!(counted(GOOGLE, claims).is_none());
    }
}
