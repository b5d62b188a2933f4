//! Tokens of programs: random texts, of which the configuration has hashes only.

use crate::config::{Scope, Token, WebConfig};

/// What tokens begin with, so that one that leaks is recognised.
const PREFIX: &str = "space_";

/// Makes a token, and returns it with its hash for the configuration.
#[must_use]
pub fn new_token() -> (String, String) {
    let random = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()].map(|it| it.simple().to_string());
    let token = format!("{PREFIX}{}", random.concat());
    let hash = hash(&token);
    (token, hash)
}

fn hash(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

/// Returns the name of the token, and the token as configured, if there is such a one.
pub(in crate::web) fn find<'c>(config: &'c WebConfig, token: &str) -> Option<(&'c str, &'c Token)> {
    let wanted = blake3::hash(token.as_bytes());
    let fits = |it: &Token| blake3::Hash::from_hex(&it.hash).is_ok_and(|hash| hash == wanted);
    config.tokens.iter().find(|(_, it)| fits(it)).map(|(name, it)| (name.as_str(), it))
}

impl Token {
    /// Tells whether the token may do something.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_itself_and_by_nothing_else() {
        let (token, hash) = new_token();
        assert!(token.starts_with(PREFIX) && token.len() == PREFIX.len() + 64);
        let configured = Token { hash: hash.clone(), scopes: [Scope::Decisions].into() };
        let config = WebConfig {
            tokens: [("wall".parse().unwrap(), configured)].into(),
            ..Default::default()
        };
        let (name, found) = find(&config, &token).unwrap();
        assert!(name == "wall" && found.may(Scope::Decisions) && !found.may(Scope::Changes));
        for wrong in ["", "space_", &hash, &token[1..]] {
            assert!(find(&config, wrong).is_none(), "{wrong}");
        }
    }
}
