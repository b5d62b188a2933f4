//! The bits of one frame, in order of arrival.

use std::fmt;

/// Up to 64 bits; the first to arrive is the highest.
///
/// `Debug` shows their number but not their values, because they may be a key of a passcode.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Bits {
    value: u64,
    count: u8,
}

/// There was another bit after the 64th.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooMany;

impl Bits {
    /// The maximum number of bits.
    pub const MOST: u8 = 64;

    /// Takes the lowest bits of a number; no more than [`Bits::MOST`] of them.
    #[must_use]
    pub const fn new(value: u64, count: u8) -> Self {
        let count = if count > Self::MOST { Self::MOST } else { count };
        let mask = if count == Self::MOST { u64::MAX } else { (1 << count) - 1 };
        Self { value: value & mask, count }
    }

    /// Appends a bit.
    ///
    /// # Errors
    /// There are already [`Bits::MOST`] bits; nothing changes.
    pub const fn push(&mut self, bit: bool) -> Result<(), TooMany> {
        if self.count == Self::MOST {
            return Err(TooMany);
        }
        self.value = self.value << 1 | bit as u64;
        self.count += 1;
        Ok(())
    }

    /// Returns the number of bits.
    #[must_use]
    pub const fn count(self) -> u8 {
        self.count
    }

    /// Returns the bits as a number; the last one is the units digit.
    #[must_use]
    pub const fn value(self) -> u64 {
        self.value
    }

    /// Iterates over the bits in order of arrival.
    pub fn iter(self) -> impl Iterator<Item = bool> {
        (0..self.count).rev().map(move |place| self.value >> place & 1 == 1)
    }
}

impl fmt::Debug for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bits({})", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_keep_their_order() {
        let mut bits = Bits::default();
        for bit in [true, false, true, true] {
            bits.push(bit).unwrap();
        }
        assert_eq!(bits, Bits::new(0b1011, 4));
        assert_eq!(bits.iter().collect::<Vec<_>>(), [true, false, true, true]);
    }

    #[test]
    fn there_are_never_more_than_64() {
        let mut bits = Bits::new(0, Bits::MOST);
        assert_eq!(bits.push(true), Err(TooMany));
        assert_eq!(bits, Bits::new(0, 64));
        assert_eq!(Bits::new(u64::MAX, 200).count(), Bits::MOST);
        assert_eq!(Bits::new(u64::MAX, 3).value(), 7);
    }

    #[test]
    fn debug_does_not_show_a_key() {
        assert_eq!(format!("{:?}", Bits::new(9, 4)), "Bits(4)");
    }
}
