//! Takes the meaning out of what Slack would read as markup.

/// Escapes a text so that it is shown as it stands: nobody is called, and no link says something else
/// than where it leads (docs.slack.dev, "Formatting message text").
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // What turns the direction of writing, and other characters that are not seen.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() && c != '\n' => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_and_calls_nobody() {
        assert_eq!(escape("<!channel> R&D"), "&lt;!channel&gt; R&amp;D");
        assert_eq!(
            escape("<https://evil.example|our page>\u{202e}x\u{7}"),
            "&lt;https://evil.example|our page&gt;x"
        );
        assert_eq!(escape("Ada, 12 £\nBob"), "Ada, 12 £\nBob");
    }
}
