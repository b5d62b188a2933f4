//! The meaning of a frame: a fob's number, or a key of the keypad.

use super::{Bits, Format};
use crate::{domain::model::Code, hardware::keypad::KeypadKey};

/// The meaning of the bits between two pauses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Frame {
    /// A fob was held to the reader.
    Fob(Code),
    /// A key of the reader's keypad was pressed.
    Key(KeypadKey),
    /// Something else, with a sentence about what is wrong that does not reveal a key.
    Refused(String),
}

/// Decodes a frame.
///
/// A card has 26, 34 or 37 bits ([`Format`]). A key is its number in 4 bits, or in 8 bits of which
/// the first four are the inverse of the last ("4-bit burst" and "8-bit burst" in the manuals of
/// readers); 10 is `*` and 11 is `#`.
#[must_use]
pub fn decode(bits: Bits) -> Frame {
    let count = bits.count();
    if let Some(format) = Format::of(count) {
        let code = format.read(bits).and_then(|number| Code::fob(&number.to_string()));
        return code.map_or_else(Frame::Refused, Frame::Fob);
    }
    match count {
        4 => key(bits.value()),
        8 if bits.value() >> 4 == !bits.value() & 0xf => key(bits.value() & 0xf),
        8 => Frame::Refused(
            "8 bits, but the first four are not the inverse of the last: press the key again"
                .to_owned(),
        ),
        _ => Frame::Refused(describe_length(count)),
    }
}

fn key(number: u64) -> Frame {
    let key = u8::try_from(number).ok().and_then(KeypadKey::of);
    key.map_or_else(
        || Frame::Refused("the key is neither a digit nor * nor #".to_owned()),
        Frame::Key,
    )
}

fn describe_length(count: u8) -> String {
    let what = match count {
        _ if is_two_readings(count) => "two readings ran together: present one fob at a time",
        0..26 => "a reading was cut short: present the fob again",
        _ => "not a supported card format; supported are 26, 34 and 37 bits",
    };
    format!("{count} bits: {what}")
}

/// Tells whether two cards, or a card and a key, together have this many bits.
fn is_two_readings(count: u8) -> bool {
    let cards = Format::ALL.map(Format::count);
    let with = |card: u8| cards.iter().chain(&[4, 8]).any(|other| card + other == count);
    cards.into_iter().any(with)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_spellings_of_a_fob_are_the_frame_s() {
        let frame = decode(Format::Bits26.write(235 << 16 | 7814));
        assert_eq!(frame, Frame::Fob(Code::fob("235,7814").unwrap()));
        assert_eq!(frame, Frame::Fob(Code::fob("15408774").unwrap()));
    }

    #[test]
    fn keys_come_in_four_bits_or_eight() {
        for number in 0..16 {
            let short = decode(Bits::new(number, 4));
            let long = decode(Bits::new((!number & 0xf) << 4 | number, 8));
            assert_eq!(short, long);
            match number {
                0..=9 => assert_eq!(short, Frame::Key(KeypadKey::Digit(number as u8))),
                10 => assert_eq!(short, Frame::Key(KeypadKey::Clear)),
                11 => assert_eq!(short, Frame::Key(KeypadKey::Enter)),
                _ => assert!(matches!(short, Frame::Refused(_))),
            }
        }
    }

    #[test]
    fn a_key_whose_halves_disagree_is_refused() {
        let keys =
            (0..=255).filter(|value| !matches!(decode(Bits::new(*value, 8)), Frame::Refused(_)));
        assert_eq!(keys.count(), 12);
    }

    #[test]
    fn the_refusal_says_what_to_do() {
        let words = |count| match decode(Bits::new(0, count)) {
            Frame::Refused(words) => words,
            other => panic!("{count}: {other:?}"),
        };
        for (count, word) in [
            (25, "25 bits: a reading was cut short"),
            (1, "cut short"),
            (52, "52 bits: two readings ran together"),
            (60, "ran together"),
            (30, "ran together"),
            (32, "32 bits: not a supported card format"),
            (64, "not a supported card format"),
            (26, "parity of the back"),
        ] {
            assert!(words(count).contains(word), "{}", words(count));
        }
    }

    proptest! {
        #[test]
        fn only_known_lengths_are_decoded(value: u64, count: u8) {
            let bits = Bits::new(value, count);
            let known = [4, 8, 26, 34, 37].contains(&bits.count());
            prop_assert!(known || matches!(decode(bits), Frame::Refused(_)));
        }

        #[test]
        fn a_card_is_its_number(number in 0..1_u64 << 35) {
            for format in Format::ALL {
                let number = number & ((1 << (format.count() - 2)) - 1);
                let code = Code::fob(&number.to_string()).unwrap();
                prop_assert_eq!(decode(format.write(number)), Frame::Fob(code));
            }
        }
    }
}
