//! The content of a letter as it goes over a connection (RFC 5321 §4.5.2), with its end.

use std::fmt;

/// A letter with its dots doubled and the line that ends it, written at once: a second, small write would
/// wait until the server has confirmed the first, which takes 40 ms.
pub(super) struct Transparent<'m>(&'m str);

impl<'m> Transparent<'m> {
    /// Takes a letter whose lines end with CR LF; `None` if it is not UTF-8.
    pub(super) fn of(message: &'m [u8]) -> Option<Self> {
        std::str::from_utf8(message).ok().map(Self)
    }
}

impl fmt::Display for Transparent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, line) in self.0.split("\r\n").enumerate() {
            f.write_str(if at > 0 { "\r\n" } else { "" })?;
            f.write_str(if line.starts_with('.') { "." } else { "" })?;
            f.write_str(line)?;
        }
        f.write_str("\r\n.\r\n")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a server makes of it.
    fn received(sent: &str) -> Option<String> {
        let mut lines = Vec::new();
        let mut rest = sent.split("\r\n");
        loop {
            match rest.next()? {
                "." => return (rest.eq([""])).then(|| lines.join("\r\n")),
                line => lines.push(line.strip_prefix('.').unwrap_or(line)),
            }
        }
    }

    proptest! {
        #[test]
        fn every_letter_arrives_as_it_is(
            parts in prop::collection::vec(
                prop::sample::select(vec![".", "..", "\r\n", "a", "ä", "\n", "\r", " "]), 0..20),
        ) {
            let letter = parts.concat();
            let sent = Transparent::of(letter.as_bytes()).unwrap().to_string();
            prop_assert_eq!(received(&sent), Some(letter));
        }
    }
}
