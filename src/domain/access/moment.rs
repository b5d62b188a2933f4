//! An instant in twelve bytes instead of sixteen, since an index holds many.

use jiff::Timestamp;

/// An instant, exact; it sorts by time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Moment {
    /// The seconds since 1970, upper half first, so that the parts sort like the whole.
    seconds: (i32, u32),
    nanoseconds: i32,
}

impl Moment {
    pub(super) fn new(at: Timestamp) -> Self {
        let seconds = at.as_second();
        Self {
            // the two halves of 64 bits
            seconds: ((seconds >> 32) as i32, seconds as u32),
            nanoseconds: at.subsec_nanosecond(),
        }
    }

    pub(super) fn timestamp(self) -> Timestamp {
        let seconds = (i64::from(self.seconds.0) << 32) | i64::from(self.seconds.1);
        Timestamp::new(seconds, self.nanoseconds).expect("it was made of a timestamp")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_timestamp() -> impl Strategy<Value = Timestamp> {
        let range = Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond();
        let near = -3_000_000_000_i128..3_000_000_000;
        prop_oneof![range, near].prop_map(|at| Timestamp::from_nanosecond(at).unwrap())
    }

    proptest! {
        #[test]
        fn it_is_the_same_instant_and_sorts_alike(a in any_timestamp(), b in any_timestamp()) {
            prop_assert_eq!(Moment::new(a).timestamp(), a);
            prop_assert_eq!(Moment::new(a).cmp(&Moment::new(b)), a.cmp(&b));
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_moments_too() {
        for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
            assert_eq!(Moment::new(at).timestamp(), at);
        }
        assert_eq!(size_of::<Moment>(), 12);
    }
}
