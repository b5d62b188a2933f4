//! Dice that fall the same way for the same seed, on every machine.

/// SplitMix64 (Steele, Lea and Flood, 2014): short, and good enough for a script.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Returns a number from 0 up to, and without, `end`; 0 if that is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Returns a number of a range, both ends included.
    pub(super) fn between(&mut self, first: i64, last: i64) -> i64 {
        let many = u64::try_from(last - first).unwrap_or_default() + 1;
        first + i64::try_from(self.below(many)).unwrap_or_default()
    }

    /// Tells whether something happens that happens so many times in a hundred.
    pub(super) fn falls(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
