//! The tokens in a controller's request: fobs, in any spelling that is read elsewhere.

use super::params::Params;
use crate::{config::Things, domain::model::Code};

/// Reads the token in a parameter.
///
/// # Errors
/// It is missing, or not the number of a fob.
pub(super) fn read(params: &Params, name: &str, things: Things) -> Result<Code, String> {
    let text = params.get(name).ok_or_else(|| format!("no {name} was given"))?;
    let hexadecimal = things.hexadecimal && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match hexadecimal {
        true => Code::fob(&format!("0x{text}")),
        false => Code::fob(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_decimal_unless_controllers_send_hexadecimal() {
        let read = |text: &str, hexadecimal| {
            let params = Params::parse(format!("token={text}").as_bytes(), b"");
            read(&params, "token", Things { hexadecimal, ..Things::default() })
        };
        let number = |text: &str, hexadecimal| read(text, hexadecimal).unwrap().reveal().to_owned();
        assert_eq!(number("12345678", false), "12345678");
        assert_eq!(number("12345678", true), 0x1234_5678.to_string());
        for spelling in ["eb1e86", "0xEB1E86", "235,7814"] {
            assert_eq!(number(spelling, true), "15408774");
            assert_eq!(number(spelling, false), "15408774");
        }
        assert!(read("", true).unwrap_err().contains("no token"));
        assert!(read("nobody", false).unwrap_err().contains("not a valid fob number"));
    }
}
