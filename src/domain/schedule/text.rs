//! The text of a calendar file, from its bytes.

/// Returns the text of a calendar.
///
/// A line may be folded in the middle of a letter (RFC 5545 §3.1), so that only the unfolded bytes are
/// valid UTF-8.
///
/// # Errors
/// It is written in another encoding; a sentence says in which, and what to do.
pub fn text_of(bytes: Vec<u8>) -> Result<String, String> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error.into_bytes(),
    };
    if let Ok(text) = String::from_utf8(unfolded(&bytes)) {
        return Ok(text);
    }
    let start = &bytes[..bytes.len().min(200)];
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    let encoding = match &bytes[..] {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        _ if zeros * 10 > start.len() => "UTF-16",
        _ => "Latin-1 or Windows-1252, it seems",
    };
    let valid = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    let line = bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
    Err(format!("line {line} is not UTF-8 ({encoding}): save the file as UTF-8"))
}

/// Joins the lines that were folded.
fn unfolded(bytes: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        match rest {
            [b'\r', b'\n', b' ' | b'\t', tail @ ..] | [b'\n', b' ' | b'\t', tail @ ..] => {
                rest = tail
            }
            _ => {
                joined.push(*first);
                rest = tail;
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_folded_within_a_letter_is_joined() {
        let folded = b"SUMMARY:Zo\xc3\r\n \xab\r\nA:1\n".to_vec();
        assert_eq!(text_of(folded).unwrap(), "SUMMARY:Zo\u{eb}\r\nA:1\n");
    }

    #[test]
    fn another_encoding_is_named() {
        let latin = text_of(b"BEGIN:VCALENDAR\r\nSUMMARY:Zo\xeb\r\n".to_vec()).unwrap_err();
        assert!(latin.contains("line 2") && latin.contains("Latin-1"), "{latin}");
        let wide: Vec<u8> =
            "\u{feff}BEGIN:VCALENDAR \u{eb}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(text_of(wide.clone()).unwrap_err().contains("UTF-16"));
        assert!(
            text_of(wide[2..].iter().copied().chain([0xff]).collect())
                .unwrap_err()
                .contains("UTF-16")
        );
    }

    proptest! {
        #[test]
        fn wherever_a_text_is_folded_it_is_read(text in "[a-zäöß€𝄞:]{1,60}", at: prop::sample::Index) {
            let mut bytes = text.clone().into_bytes();
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, *b"\r\n ");
            let read = text_of(bytes).unwrap();
            prop_assert_eq!(read.replace("\r\n ", ""), text);
        }
    }
}
