//! The supported card formats: the position of the number in a frame, and the parity bits.

use super::Bits;

/// A card format. Bits are counted from 1 in order of arrival.
///
/// All three have the same structure: an even parity bit, the facility code, the card number, an
/// odd parity bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// 26 bits, H10301, the open one: even parity over bits 1–13, facility code 2–9, card 10–25,
    /// odd parity over 14–26 (SIA AC-01-1996 and HID's published layout).
    Bits26,
    /// 34 bits, H10306: even parity over bits 1–17, facility code 2–17, card 18–33, odd parity
    /// over 18–34 (the layout called "Wiegand 34" in the manuals of common readers).
    Bits34,
    /// 37 bits, H10304: even parity over bits 1–19, facility code 2–17, card 18–36, odd parity
    /// over 19–37, so that bit 19 counts for both (HID's published layout). H10302 is the same
    /// without a facility code, and gives the same number.
    Bits37,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Bits26, Self::Bits34, Self::Bits37];

    /// Returns the format of frames with the given number of bits.
    #[must_use]
    pub fn of(count: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.count() == count)
    }

    /// Returns the number of bits in a frame.
    #[must_use]
    pub const fn count(self) -> u8 {
        match self {
            Self::Bits26 => 26,
            Self::Bits34 => 34,
            Self::Bits37 => 37,
        }
    }

    /// Returns how many low bits of the number are the card's; those above are the facility code.
    #[must_use]
    pub const fn card_bits(self) -> u8 {
        match self {
            Self::Bits26 | Self::Bits34 => 16,
            Self::Bits37 => 19,
        }
    }

    /// Returns how many bits each of the two parities covers, including its own.
    const fn span(self) -> u8 {
        match self {
            Self::Bits26 => 13,
            Self::Bits34 => 17,
            Self::Bits37 => 19,
        }
    }

    /// Reads the number: the facility code followed by the card number, as one binary number. In
    /// decimal, it is the number printed on a fob.
    ///
    /// # Errors
    /// A sentence that says which parity is wrong, or that the number of bits does not fit.
    pub fn read(self, bits: Bits) -> Result<u64, String> {
        let count = self.count();
        if bits.count() != count {
            return Err(format!("these are {} bits, not {count}", bits.count()));
        }
        let (even, odd) = self.parities(bits.value());
        let wrong = match (even, odd) {
            (false, true) => return Ok(bits.value() >> 1 & mask(count - 2)),
            (true, true) => "front",
            (false, false) => "back",
            (true, false) => "front and the back",
        };
        Err(format!(
            "{count} bits, but the parity of the {wrong} is wrong: present the fob again; \
             if this persists, check the two data wires"
        ))
    }

    /// Writes a number as a frame; bits that do not fit the format are cut off.
    #[must_use]
    pub const fn write(self, number: u64) -> Bits {
        let count = self.count();
        let mut value = (number & mask(count - 2)) << 1;
        let (even, odd) = self.parities(value);
        if even {
            value |= 1 << (count - 1);
        }
        if !odd {
            value |= 1;
        }
        Bits::new(value, count)
    }

    /// Tells whether the number of ones is odd, at the front and at the back.
    const fn parities(self, value: u64) -> (bool, bool) {
        let front = value >> (self.count() - self.span()) & mask(self.span());
        let back = value & mask(self.span());
        (front.count_ones() % 2 == 1, back.count_ones() % 2 == 1)
    }
}

const fn mask(count: u8) -> u64 {
    (1 << count) - 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Bits {
        let mut bits = Bits::default();
        for c in text.chars().filter(|c| *c != ' ') {
            bits.push(c == '1').unwrap();
        }
        bits
    }

    /// Written out by hand from the layouts: even, facility code, card, odd.
    #[test]
    fn known_frames_are_read() {
        for (format, text, number) in [
            // 7 ones in the first half of the number, 6 in the second
            (Format::Bits26, "1 11101011 0001111010000110 1", 235_u64 << 16 | 7814),
            (Format::Bits26, "0 00000000 0000000000000000 1", 0),
            (Format::Bits26, "1 00000001 0000000000000001 0", 1 << 16 | 1),
            (Format::Bits34, "1 0000000000000001 0000000000000001 0", 1 << 16 | 1),
            (Format::Bits34, "0 1111111111111111 1111111111111111 1", 0xffff_ffff),
            // bit 19 is the second of the card, and counts for both
            (Format::Bits37, "1 0000000000000000 0100000000000000000 0", 1 << 17),
            (Format::Bits37, "1 0000000000000001 0000000000000000001 0", 1 << 19 | 1),
        ] {
            assert_eq!(format.read(parse(text)), Ok(number), "{text}");
            assert_eq!(format.write(number), parse(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u64) {
            for format in Format::ALL {
                let number = number & mask(format.count() - 2);
                prop_assert_eq!(format.read(format.write(number)), Ok(number));
            }
        }

        #[test]
        fn one_bit_that_flipped_is_refused(number: u64) {
            for format in Format::ALL {
                let good = format.write(number);
                for place in 0..format.count() {
                    let bad = Bits::new(good.value() ^ 1 << place, good.count());
                    prop_assert!(format.read(bad).is_err(), "{:?}, {}", format, place);
                }
            }
        }
    }
}
