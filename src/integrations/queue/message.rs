//! The messages of a queue, as bytes whose meaning the queue does not know.

/// The maximum size of a message in bytes: what SQS allows.
pub const LARGEST: usize = 1024 * 1024;

/// The maximum length of an id or a group: both together are part of a file name, and SQS allows 128
/// for each.
const LONGEST: usize = 96;

/// A message that was received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Incoming {
    /// What it says. Of a message larger than [`LARGEST`], only so many bytes and one more.
    pub body: Vec<u8>,
    /// Its id, which is the same each time it is received, and which no other message has.
    pub id: String,
    /// What deletes or leaves it; each time it is received, that may be another one.
    pub receipt: Receipt,
    /// When it was sent, if the queue knows.
    pub sent: Option<jiff::Timestamp>,
    /// How often it was received, at least.
    pub times_received: u32,
    /// The group that it was sent with, if any.
    pub group: Option<String>,
}

impl Incoming {
    /// Returns the body as text.
    ///
    /// # Errors
    /// Why it is not a text: it is too large, or not UTF-8.
    pub fn text(&self) -> Result<&str, String> {
        if self.body.len() > LARGEST {
            return Err(format!("it is larger than {LARGEST} bytes"));
        }
        std::str::from_utf8(&self.body)
            .map_err(|error| format!("its byte {} is not UTF-8", error.valid_up_to() + 1))
    }
}

/// What a queue needs to delete or leave a message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Receipt(pub(super) String);

/// A message to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// Its id, which is the same whenever it is sent again: the other side recognises it by that.
    /// Letters, digits, `-`, `_` and `.`, not starting with a dot, at most 96. Where messages are
    /// files, they have the order of their ids.
    pub id: String,
    /// The messages of one group keep their order, where a queue has an order. The same characters
    /// as in an id.
    pub group: String,
    /// What it says.
    pub body: String,
}

impl Outgoing {
    /// Checks that every queue can carry it.
    pub(super) fn check(&self) -> Result<(), String> {
        for (what, text) in [("id", &self.id), ("group", &self.group)] {
            let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
            let odd = text.is_empty() || text.len() > LONGEST || text.starts_with('.');
            if odd || !text.bytes().all(fits) {
                let text = crate::domain::model::text::shown(text);
                return Err(format!("`{text}` is not a valid {what} of a message"));
            }
        }
        match self.body.len() {
            0 => Err("the message is empty".into()),
            size if size > LARGEST => {
                Err(format!("the message has {size} bytes, more than {LARGEST}"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing(id: &str, group: &str, body: &str) -> Result<(), String> {
        Outgoing { id: id.into(), group: group.into(), body: body.into() }.check()
    }

    #[test]
    fn an_id_can_be_part_of_a_file_name_and_of_a_request() {
        assert_eq!(outgoing("2026-01-05T180000.5Z_a", "front-door", "{}"), Ok(()));
        let long = "a".repeat(97);
        for bad in ["", "a/b", "..", ".a", "a b", "a\nb", "ü", "a@b", "a:b", &long] {
            assert!(outgoing(bad, "frontdoor", "{}").unwrap_err().contains("valid id"), "{bad}");
            assert!(outgoing("a", bad, "{}").unwrap_err().contains("valid group"), "{bad}");
        }
        assert!(outgoing("a", "b", "").is_err());
        assert_eq!(outgoing("a", "b", &"x".repeat(LARGEST)), Ok(()));
        assert!(outgoing("a", "b", &"x".repeat(LARGEST + 1)).is_err());
    }

    #[test]
    fn what_is_not_text_is_told() {
        let of = |body: Vec<u8>| Incoming {
            body,
            id: String::new(),
            receipt: Receipt(String::new()),
            sent: None,
            times_received: 1,
            group: None,
        };
        assert_eq!(of(b"{}".to_vec()).text(), Ok("{}"));
        assert!(of(b"ab\xff".to_vec()).text().unwrap_err().contains("byte 3"));
        assert!(of(vec![b' '; LARGEST + 1]).text().unwrap_err().contains("larger"));
    }
}
