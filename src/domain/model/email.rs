//! E-mail addresses: whether they can exist, how they go out, and how to show them without giving
//! them away.

use super::text;

/// The longest local part, in bytes (RFC 5321 §4.5.3.1.1).
const LONGEST_USER: usize = 64;

/// The longest address, in bytes (RFC 5321 §4.5.3.1.3).
const LONGEST_ADDRESS: usize = 254;

/// Domains that are kept from ever existing (RFC 6761 §6).
const NOWHERE: [&str; 2] = ["invalid", "localhost"];

/// Tells whether there can be such an address.
#[must_use]
pub fn is_address(text: &str) -> bool {
    as_sent(text).is_some()
}

/// Returns an address as it goes out: the domain in ASCII, since few servers know any other (RFC
/// 5891). `None` if there can be no such address.
#[must_use]
pub fn as_sent(text: &str) -> Option<String> {
    let (user, host) = text.split_once('@')?;
    let fits = |c: char| !c.is_whitespace() && !text::is_control(c) && !"<>(),;:\"@\\".contains(c);
    if user.len() > LONGEST_USER
        || user.split('.').any(str::is_empty)
        || !user.chars().chain(host.chars()).all(fits)
    {
        return None;
    }
    // It checks letters, hyphens and lengths; a domain of one word or an IP address it lets pass.
    let host = idna::domain_to_ascii_strict(host).ok()?;
    let (_, last) = host.rsplit_once('.')?;
    let exists = !last.bytes().all(|byte| byte.is_ascii_digit()) && !NOWHERE.contains(&last);
    let address = format!("{user}@{host}");
    (exists && address.len() <= LONGEST_ADDRESS).then_some(address)
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_goes_out_in_ascii() {
        for (written, sent) in [
            ("ada@example.org", "ada@example.org"),
            ("a.b+c@mail.example.org", "a.b+c@mail.example.org"),
            ("Ada@Example.ORG", "Ada@example.org"),
            ("ada@exämple.de", "ada@xn--exmple-cua.de"),
            ("ada@EXÄMPLE.de", "ada@xn--exmple-cua.de"),
            ("ada@例え.jp", "ada@xn--r8jz45g.jp"),
            ("jörg@exämple.de", "jörg@xn--exmple-cua.de"),
            ("ada@xn--exmple-cua.de", "ada@xn--exmple-cua.de"),
        ] {
            assert_eq!(as_sent(written).as_deref(), Some(sent), "{written}");
        }
    }

    #[test]
    fn what_cannot_exist_is_none() {
        let long = format!("ada@{}.org", "a".repeat(64));
        let longer = format!("{}@example.org", "a".repeat(65));
        let longest = format!("ada@{}org", "abcdefghi.".repeat(26));
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
            ".ada@example.org",
            "ada.@example.org",
            "a..da@example.org",
            "ada@-example.org",
            "ada@example-.org",
            "ada@exam_ple.org",
            "ada@example.org.",
            "ada@example.123",
            "ada@192.0.2.1",
            "ada@example.invalid",
            "ada@host.localhost",
            "ada@xn--a.de",
            &long,
            &longer,
            &longest,
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_log_shows_one_letter_of_an_address() {
        assert_eq!(masked("ada@example.org"), "a…@example.org");
        assert_eq!(masked("nonsense"), "…");
    }

    proptest! {
        #[test]
        fn what_goes_out_is_an_address_and_stays_the_same(text in "[a-zäß.@-]{1,20}") {
            if let Some(sent) = as_sent(&text) {
                prop_assert_eq!(as_sent(&sent), Some(sent.clone()));
                let (_, host) = sent.split_once('@').unwrap();
                prop_assert!(host.is_ascii());
            }
        }
    }
}
