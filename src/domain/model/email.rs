//! E-mail addresses: their form, and how to show them without giving them away.

use super::text;

/// Tells whether a mail program would accept it: one `@`, something before it, a dotted name after
/// it.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let fits = |c: char| !c.is_whitespace() && !text::is_control(c) && !"<>(),;:\"@\\".contains(c);
    let labels = |host: &str| host.split('.').all(|label| !label.is_empty());
    !user.is_empty()
        && text.len() <= 254
        && host.contains('.')
        && labels(host)
        && user.chars().chain(host.chars()).all(fits)
}

/// Returns an address shortened for logs: `a…@example.org`.
#[must_use]
pub fn masked(address: &str) -> String {
    match address.split_once('@') {
        Some((user, host)) => {
            let first: String = user.chars().take(1).collect();
            format!("{}…@{}", text::shown(&first), text::shown(host))
        }
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_shape() {
        for good in ["ada@example.org", "a.b+c@mail.example.org", "jörg@exämple.de"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "a b@example.org",
            "a@b",
            "a@b..c",
            "a@b@c.d",
            "a@example.org\r\nBcc: b@example.org",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_log_shows_one_letter_of_an_address() {
        assert_eq!(masked("ada@example.org"), "a…@example.org");
        assert_eq!(masked("nonsense"), "…");
    }
}
