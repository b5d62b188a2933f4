//! Formats letters as mail servers exchange them (RFC 5322, RFC 2045).

use jiff::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::domain::{
    model::{email, text},
    notices::Letter,
};

/// The sender of letters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sender {
    /// The display name of the space.
    pub name: String,
    /// The sender address.
    pub from: String,
    /// The address for replies, if it differs.
    pub reply_to: Option<String>,
}

/// Turns a letter into a message with plain text and HTML, and with headers that mark it as sent
/// by a program (RFC 3834) and belonging to a list (RFC 2919).
///
/// The same occasion always has the same Message-ID, so that a letter sent twice after a crash can
/// be recognised.
///
/// # Errors
/// An address or name is not valid in a header.
pub fn compose(letter: &Letter, sender: &Sender, at: Timestamp) -> Result<Message, String> {
    for line in [&letter.to.0, &letter.subject, &sender.name] {
        if line.chars().any(text::is_control) {
            return Err("its header contains a line break or another control character".into());
        }
    }
    let from = address(&sender.from)?;
    let domain = from.domain().to_owned();
    let id = blake3::hash(format!("{}\n{}", sender.from, letter.key).as_bytes()).to_hex();
    let mut message = Message::builder()
        .from(Mailbox::new(Some(sender.name.clone()), from))
        .to(Mailbox::new(Some(letter.to.0.clone()), address(&letter.to.1)?))
        .subject(letter.subject.clone())
        .date(at.into())
        .message_id(Some(format!("<{}@{domain}>", &id[..32])))
        .raw_header(plain("List-Id", format!("<notices.{domain}>")))
        .raw_header(plain("Auto-Submitted", "auto-generated".to_owned()));
    if let Some(reply_to) = &sender.reply_to {
        message = message.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let parts = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    message.multipart(parts).map_err(|error| format!("the message cannot be composed: {error}"))
}

fn plain(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn address(text: &str) -> Result<Address, String> {
    let sent = email::as_sent(text).and_then(|sent| sent.parse().ok());
    sent.ok_or_else(|| format!("`{}` is not a valid e-mail address", email::masked(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            to: ("Jörg, \"the hammer\" Müller".into(), "joerg@example.org".into()),
            subject: "Grüße — your dues".into(),
            text: "Hello Jörg,\n\nall is well.\n".into(),
            html: "<p>Hello Jörg</p>".into(),
            key: "0042.reminder.2026-03-01/1".into(),
        }
    }

    fn sender() -> Sender {
        Sender {
            name: "Tool Shed".into(),
            from: "members@example.org".into(),
            reply_to: Some("board@example.org".into()),
        }
    }

    fn composed(letter: &Letter) -> String {
        let at = "2026-03-02T18:00:00Z".parse().unwrap();
        String::from_utf8(compose(letter, &sender(), at).unwrap().formatted()).unwrap()
    }

    #[test]
    fn it_is_plain_ascii_and_has_the_headers_of_a_program() {
        let message = composed(&letter());
        assert!(message.is_ascii(), "{message}");
        for header in [
            "From: \"Tool Shed\" <members@example.org>\r\n",
            "Reply-To: board@example.org\r\n",
            "Date: Mon, 02 Mar 2026 18:00:00 +0000\r\n",
            "List-Id: <notices.example.org>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "multipart/alternative",
            "<joerg@example.org>\r\n",
        ] {
            assert!(message.contains(header), "{header}: {message}");
        }
        let id = message.lines().find(|line| line.starts_with("Message-ID: <")).unwrap();
        assert!(id.ends_with("@example.org>"), "{id}");
        assert!(composed(&letter()).contains(id), "the same again");
        let other = Letter { key: "0042.reminder.2026-03-01/2".into(), ..letter() };
        assert!(!composed(&other).contains(id));
    }

    #[test]
    fn nothing_gets_into_a_header_by_a_line_break() {
        let at = Timestamp::UNIX_EPOCH;
        for letter in [
            Letter { subject: "a\r\nBcc: b@example.org".into(), ..letter() },
            Letter { to: ("a\nb".into(), "a@example.org".into()), ..letter() },
            Letter { to: ("a".into(), "a@example.org\r\nBcc: b@c.d".into()), ..letter() },
        ] {
            let error = compose(&letter, &sender(), at).unwrap_err();
            assert!(!error.contains('\n'), "{error}");
        }
    }
}
