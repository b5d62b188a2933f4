//! Numbers and texts as bytes: seven bits of a number a byte, a text after its length.

/// Writes.
#[derive(Default)]
pub(super) struct Pen(pub(super) Vec<u8>);

impl Pen {
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(super) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(T, &mut Self)) {
        self.number(u64::from(value.is_some()));
        if let Some(value) = value {
            write(value, self);
        }
    }
}

/// Reads; nothing where the bytes end or are not what was asked for.
pub(super) struct Cursor<'b>(pub(super) &'b [u8]);

impl<'b> Cursor<'b> {
    pub(super) fn number(&mut self) -> Option<u64> {
        match self.0 {
            [byte @ ..0x80, rest @ ..] => {
                self.0 = rest;
                Some(u64::from(*byte))
            }
            _ => self.longer_number(),
        }
    }

    fn longer_number(&mut self) -> Option<u64> {
        let mut number = 0;
        // Ten times seven bits are enough for 64.
        for (place, byte) in self.0.iter().take(10).enumerate() {
            number |= u64::from(byte & 0x7f) << (7 * place);
            if *byte < 0x80 {
                self.0 = &self.0[place + 1..];
                return Some(number);
            }
        }
        None
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// Reads how many of something follow; each takes at least a byte.
    pub(super) fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|length| *length <= self.0.len())
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.text_bytes()?).ok()
    }

    /// Reads a text without looking whether it is one.
    pub(super) fn text_bytes(&mut self) -> Option<&'b [u8]> {
        let length = self.length()?;
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(text)
    }

    /// Goes past some numbers.
    pub(super) fn skip_numbers(&mut self, count: usize) -> Option<()> {
        for _ in 0..count {
            let last = self.0.iter().position(|byte| *byte < 0x80)?;
            self.0 = &self.0[last + 1..];
        }
        Some(())
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(super) fn maybe<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Some(None) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            number in any::<u64>(),
            signed in any::<i64>(),
            text in ".*",
            maybe in any::<Option<i64>>(),
        ) {
            let mut pen = Pen::default();
            pen.number(number);
            pen.signed(signed);
            pen.text(&text);
            pen.maybe(maybe, |it, pen| pen.signed(it));
            let mut past = Cursor(&pen.0);
            prop_assert_eq!(past.skip_numbers(2), Some(()));
            prop_assert_eq!(past.text_bytes(), Some(text.as_bytes()));
            prop_assert_eq!(past.skip_numbers(1 + usize::from(maybe.is_some())), Some(()));
            prop_assert!(past.0.is_empty());
            prop_assert_eq!((past.skip_numbers(1), past.text_bytes()), (None, None));
            let mut at = Cursor(&pen.0);
            prop_assert_eq!(at.number(), Some(number));
            prop_assert_eq!(at.signed(), Some(signed));
            prop_assert_eq!(at.text(), Some(text.as_str()));
            prop_assert_eq!(at.maybe(Cursor::signed), Some(maybe));
            prop_assert!(at.0.is_empty() && at.number().is_none());
        }
    }
}
