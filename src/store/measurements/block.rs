//! Some measurements as bytes: a head, differences as short numbers, a checksum.
//!
//! The head is two marks, the unit, whether a new counter begins, how many measurements there are, the
//! first and the last moment, and the length of what follows. Then come, for each measurement, how
//! much longer the time since the one before it is than the time before that, and how much the value
//! has changed. A regular meter thus takes one byte for the time, whatever its period.

use crate::domain::{meters::Measurement, model::Base};

/// The first bytes of a block.
const MARK: [u8; 2] = [0xd7, 0x4d];

/// The most measurements in a block.
pub(super) const MOST: usize = 4_096;

/// The length of the longest head: marks, unit, flags, four numbers.
const LONGEST_HEAD: usize = 4 + 4 * LONGEST_NUMBER;

/// The length of the longest number, in bytes.
const LONGEST_NUMBER: usize = 10;

/// A block that was found in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// The unit of its values.
    pub(super) base: Base,
    /// The first moment in it, in milliseconds.
    pub(super) first: i64,
    /// The last moment in it.
    pub(super) last: i64,
    begins: bool,
    count: usize,
    /// Where its measurements begin, and where they end.
    body: (usize, usize),
}

/// Writes measurements, which must be sorted by time, as blocks. Only the first of a block can begin a
/// new counter.
pub(super) fn write(base: Base, measurements: &[Measurement], out: &mut Vec<u8>) {
    let mut rest = measurements;
    while let Some(first) = rest.first() {
        let next = rest.iter().skip(1).position(|it| it.begins).map_or(rest.len(), |at| at + 1);
        let (these, others) = rest.split_at(next.min(MOST));
        let last = these.last().unwrap_or(first);
        let mut body = Vec::with_capacity(these.len() * 5);
        let (mut at, mut step, mut value) = (first.millis, 0_i64, 0_i64);
        for it in these {
            let since = it.millis.wrapping_sub(at);
            put(&mut body, zigzag(since.wrapping_sub(step)));
            put(&mut body, zigzag(it.value.wrapping_sub(value)));
            (at, step, value) = (it.millis, since, it.value);
        }
        let start = out.len();
        out.extend(MARK);
        out.extend([base.code(), u8::from(first.begins)]);
        put(out, these.len() as u64);
        put(out, zigzag(first.millis));
        put(out, zigzag(last.millis.wrapping_sub(first.millis)));
        put(out, body.len() as u64);
        out.extend(body);
        let sum = checksum(&out[start..]);
        out.extend(sum);
        rest = others;
    }
}

/// Finds the whole blocks in a file; returns them, and how many bytes are not part of any.
pub(super) fn find(bytes: &[u8]) -> (Vec<Block>, usize) {
    let (mut blocks, mut at, mut stray) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        match read_head(bytes, at) {
            Some((block, end)) => {
                blocks.push(block);
                at = end;
            }
            None => {
                let next = bytes[at + 1..].iter().position(|byte| *byte == MARK[0]);
                let next = next.map_or(bytes.len(), |next| at + 1 + next);
                stray += next - at;
                at = next;
            }
        }
    }
    (blocks, stray)
}

/// Reads the head of a block and compares its checksum; returns the block and where it ends.
fn read_head(bytes: &[u8], start: usize) -> Option<(Block, usize)> {
    let head = &bytes[start..bytes.len().min(start + LONGEST_HEAD)];
    let [mark, other, unit, flags, ..] = *head else { return None };
    if [mark, other] != MARK || flags > 1 {
        return None;
    }
    let mut at = 4;
    let count = usize::try_from(take(head, &mut at)?).ok().filter(|it| (1..=MOST).contains(it))?;
    let first = unzigzag(take(head, &mut at)?);
    let last = first.checked_add(unzigzag(take(head, &mut at)?))?;
    let length = usize::try_from(take(head, &mut at)?).ok()?;
    let (begin, end) = (start + at, (start + at).checked_add(length)?);
    let sum = bytes.get(end..end.checked_add(4)?)?;
    // Only then is it worth the time to look at all of it.
    if length > count * 2 * LONGEST_NUMBER || sum != checksum(&bytes[start..end]) {
        return None;
    }
    let base = Base::of_code(unit)?;
    Some((Block { base, first, last, begins: flags == 1, count, body: (begin, end) }, end + 4))
}

impl Block {
    /// Passes on the measurements of a block that was found in these bytes.
    pub(super) fn each(&self, bytes: &[u8], mut f: impl FnMut(Measurement)) {
        let body = &bytes[self.body.0..self.body.1];
        let (mut at, mut step, mut value, mut begins) = (self.first, 0_i64, 0_i64, self.begins);
        let mut place = 0;
        for _ in 0..self.count {
            let (Some(time), Some(change)) = (take(body, &mut place), take(body, &mut place))
            else {
                return;
            };
            step = step.wrapping_add(unzigzag(time));
            at = at.wrapping_add(step);
            value = value.wrapping_add(unzigzag(change));
            f(Measurement { millis: at, value, begins });
            begins = false;
        }
    }

    /// Returns where it begins in the file: what was written later stands further back.
    pub(super) const fn place(&self) -> usize {
        self.body.0
    }

    /// Returns how many measurements there are.
    #[cfg(test)]
    pub(super) const fn count(&self) -> usize {
        self.count
    }
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum().to_le_bytes()
}

/// Makes small numbers of either sign into small numbers without a sign.
const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

const fn unzigzag(number: u64) -> i64 {
    ((number >> 1) as i64) ^ -((number & 1) as i64)
}

/// Appends a number, seven bits a byte, the lowest first.
fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads such a number.
fn take(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(bytes: &[u8]) -> Vec<Measurement> {
        let mut found = Vec::new();
        find(bytes).0.iter().for_each(|block| block.each(bytes, |it| found.push(it)));
        found
    }

    fn some() -> impl Strategy<Value = Vec<Measurement>> {
        let one = (any::<i32>(), any::<i64>(), proptest::bool::weighted(0.1));
        proptest::collection::vec(one, 0..30).prop_map(|mut all| {
            all.sort_by_key(|(millis, ..)| *millis);
            let one =
                |(millis, value, begins)| Measurement { millis: i64::from(millis), value, begins };
            all.into_iter().map(one).collect()
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(measurements in some()) {
            let mut bytes = Vec::new();
            write(Base::Watt, &measurements, &mut bytes);
            prop_assert_eq!(find(&bytes).1, 0);
            prop_assert_eq!(all(&bytes), measurements);
        }

        /// Wherever the first write was cut off, and whatever stands there instead, the second is read.
        #[test]
        fn a_torn_block_takes_no_other_with_it(
            one in some(), two in some(), cut in any::<prop::sample::Index>(), junk in any::<Vec<u8>>()
        ) {
            let mut bytes = Vec::new();
            write(Base::Watt, &one, &mut bytes);
            if !bytes.is_empty() {
                bytes.truncate(cut.index(bytes.len()));
            }
            let before = all(&bytes);
            prop_assert!(one.starts_with(&before));
            bytes.extend(&junk);
            write(Base::Watt, &two, &mut bytes);
            let found = all(&bytes);
            prop_assert!(found.starts_with(&before));
            prop_assert!(found.ends_with(&two), "{found:?}");
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in any::<Vec<u8>>()) {
            let (blocks, stray) = find(&bytes);
            prop_assert!(!blocks.is_empty() || stray == bytes.len());
        }
    }

    #[test]
    fn long_runs_are_split_and_a_regular_meter_takes_little() {
        let one = |n: i64| Measurement { millis: n * 1_000, value: 50_000 + n % 7, begins: false };
        let measurements: Vec<_> = (0..10_000).map(one).collect();
        let mut bytes = Vec::new();
        write(Base::Watt, &measurements, &mut bytes);
        let counts: Vec<usize> = find(&bytes).0.iter().map(Block::count).collect();
        assert_eq!(counts, [4_096, 4_096, 1_808]);
        assert!(bytes.len() < 20_200, "{}", bytes.len());
        assert_eq!(all(&bytes), measurements);
    }
}
