//! Assembles pulses on two wires into frames.

use std::{fmt, time::Duration};

use super::Bits;

/// Which of the two wires a pulse came on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wire {
    /// D0: a zero.
    D0,
    /// D1: a one.
    D1,
}

/// A frame has ended once there was no pulse for this time.
///
/// The bits of a frame may be up to 20 ms apart (SIA AC-01-1996.10, pulse interval 0.2–20 ms); the
/// rest allows for delays of the system.
pub const QUIET: Duration = Duration::from_millis(25);

/// A pulse that follows another within this time does not count: it is an echo on a long wire, or
/// crosstalk between the wires. A real pulse takes at least 20 µs, and the next one comes at least
/// 200 µs later (the same standard).
pub const GLITCH: Duration = Duration::from_micros(20);

/// Assembles frames of at most 64 bits.
///
/// Each wire has its own thread, so a pulse may be passed on after a later one of the other wire.
/// Pulses are therefore sorted by time before they count.
///
/// `Debug` does not show the bits, because they may be a key of a passcode.
pub struct Assembler {
    /// Sorted by time.
    pulses: [(Duration, Wire); Bits::MOST as usize],
    count: usize,
    overflowed: bool,
    last: Duration,
}

impl Default for Assembler {
    fn default() -> Self {
        Self {
            pulses: [(Duration::ZERO, Wire::D0); Bits::MOST as usize],
            count: 0,
            overflowed: false,
            last: Duration::ZERO,
        }
    }
}

impl Assembler {
    /// Takes a pulse; returns the frame that ended before it, if any.
    ///
    /// # Errors
    /// What ended was not a frame: a sentence.
    pub fn pulse(&mut self, wire: Wire, at: Duration) -> Option<Result<Bits, String>> {
        let ended = self.expire(at);
        self.last = if self.count == 0 { at } else { self.last.max(at) };
        let pulses = &self.pulses[..self.count];
        let place = pulses.partition_point(|(time, _)| *time <= at);
        let near = |other: Option<&(Duration, Wire)>| {
            other.is_some_and(|(time, _)| time.abs_diff(at) < GLITCH)
        };
        // Of two pulses too close together, the earlier one counts, whichever is passed on first.
        if near(place.checked_sub(1).and_then(|before| pulses.get(before))) {
            return ended;
        }
        if near(pulses.get(place)) {
            self.pulses[place] = (at, wire);
        } else if self.count == self.pulses.len() {
            self.overflowed = true;
        } else {
            self.pulses.copy_within(place..self.count, place + 1);
            self.pulses[place] = (at, wire);
            self.count += 1;
        }
        ended
    }

    /// Returns when the frame ends unless another pulse comes first.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        (self.count > 0).then(|| self.last.saturating_add(QUIET))
    }

    /// Ends the frame if its time has come, and returns it.
    ///
    /// # Errors
    /// It was not a frame: a sentence.
    pub fn expire(&mut self, now: Duration) -> Option<Result<Bits, String>> {
        if self.due().is_none_or(|due| now < due) {
            return None;
        }
        let mut bits = Bits::default();
        for (_, wire) in &self.pulses[..self.count] {
            let _ = bits.push(*wire == Wire::D1); // there are never more pulses than bits
        }
        let overflowed = std::mem::take(&mut self.overflowed);
        self.count = 0;
        Some(if overflowed {
            Err("more than 64 bits without a pause: present one fob at a time; if this persists, \
                 check the two data wires"
                .to_owned())
        } else {
            Ok(bits)
        })
    }
}

impl fmt::Debug for Assembler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assembler").field("count", &self.count).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);
    const US: Duration = Duration::from_micros(1);

    /// Sends bits at an interval from a time on; returns the results and the time of the last one.
    fn send(
        assembler: &mut Assembler,
        text: &str,
        from: Duration,
        apart: Duration,
    ) -> (Vec<Result<Bits, String>>, Duration) {
        let mut at = from;
        let mut ended = Vec::new();
        for (index, c) in text.chars().enumerate() {
            at = from + apart * u32::try_from(index).unwrap();
            ended.extend(assembler.pulse(if c == '1' { Wire::D1 } else { Wire::D0 }, at));
        }
        (ended, at)
    }

    #[test]
    fn a_frame_ends_with_the_quiet_after_it() {
        let mut assembler = Assembler::default();
        let (ended, last) = send(&mut assembler, "1011", MS, 2 * MS);
        assert_eq!((ended, assembler.due()), (vec![], Some(last + QUIET)));
        assert_eq!(assembler.expire(last + QUIET - US), None);
        assert_eq!(assembler.expire(last + QUIET), Some(Ok(Bits::new(0b1011, 4))));
        assert_eq!((assembler.expire(last + 2 * QUIET), assembler.due()), (None, None));
    }

    #[test]
    fn a_pause_that_is_just_long_enough_parts_two_frames() {
        let mut assembler = Assembler::default();
        let (_, last) = send(&mut assembler, "1011", MS, 2 * MS);
        let (ended, last) = send(&mut assembler, "0", last + QUIET, MS);
        assert_eq!(ended, [Ok(Bits::new(0b1011, 4))]);
        assert_eq!(assembler.expire(last + QUIET), Some(Ok(Bits::new(0, 1))));
    }

    #[test]
    fn a_pause_that_is_just_too_short_does_not() {
        let mut assembler = Assembler::default();
        let (_, last) = send(&mut assembler, "1011", MS, 2 * MS);
        let (ended, last) = send(&mut assembler, "0110", last + QUIET - US, 2 * MS);
        assert_eq!(ended, []);
        assert_eq!(assembler.expire(last + QUIET), Some(Ok(Bits::new(0b1011_0110, 8))));
    }

    #[test]
    fn the_slowest_and_the_fastest_reader_are_heard() {
        for apart in [200 * US, 20 * MS] {
            let mut assembler = Assembler::default();
            let (ended, last) = send(&mut assembler, &"10".repeat(13), MS, apart);
            assert_eq!(ended, []);
            let bits = assembler.expire(last + QUIET).unwrap().unwrap();
            assert_eq!((bits.count(), bits.value()), (26, 0x2aa_aaaa));
        }
    }

    #[test]
    fn echoes_are_dropped() {
        let mut assembler = Assembler::default();
        assembler.pulse(Wire::D1, MS);
        assembler.pulse(Wire::D0, MS + 19 * US);
        assembler.pulse(Wire::D1, MS + 5 * US);
        assembler.pulse(Wire::D0, 2 * MS);
        assert_eq!(assembler.expire(MS * 50), Some(Ok(Bits::new(0b10, 2))));
        assembler.pulse(Wire::D1, MS * 60);
        assembler.pulse(Wire::D0, MS * 60 + GLITCH);
        assert_eq!(assembler.expire(MS * 90), Some(Ok(Bits::new(0b10, 2))));
    }

    #[test]
    fn pulses_that_are_handed_over_late_are_put_in_order() {
        let mut assembler = Assembler::default();
        for (wire, at) in [
            (Wire::D1, 2),
            (Wire::D1, 4),
            (Wire::D0, 1),
            (Wire::D0, 3),
            (Wire::D1, 6),
            (Wire::D0, 5),
        ] {
            assert_eq!(assembler.pulse(wire, MS * at), None);
        }
        assert_eq!(assembler.due(), Some(6 * MS + QUIET));
        assert_eq!(assembler.expire(40 * MS), Some(Ok(Bits::new(0b01_0101, 6))));
        // An echo may be passed on before the pulse that caused it.
        assembler.pulse(Wire::D0, 50 * MS + 10 * US);
        assembler.pulse(Wire::D1, 50 * MS);
        assert_eq!(assembler.expire(80 * MS), Some(Ok(Bits::new(1, 1))));
    }

    #[test]
    fn debug_does_not_show_a_key() {
        let mut assembler = Assembler::default();
        send(&mut assembler, "1001", MS, MS);
        assert_eq!(format!("{assembler:?}"), "Assembler { count: 4, .. }");
    }

    #[test]
    fn a_storm_of_pulses_is_one_refusal() {
        let mut assembler = Assembler::default();
        let (ended, last) = send(&mut assembler, &"1".repeat(10_000), MS, MS);
        assert_eq!(ended, []);
        assert!(assembler.expire(last + QUIET).unwrap().unwrap_err().contains("more than 64 bits"));
        let (_, last) = send(&mut assembler, &"1".repeat(64), last + 100 * MS, MS);
        assert_eq!(assembler.expire(last + QUIET), Some(Ok(Bits::new(u64::MAX, 64))));
    }
}
