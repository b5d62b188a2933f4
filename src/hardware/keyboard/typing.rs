//! Turns typing on a keyboard into fobs and passcodes.

use std::time::Duration;

use crate::{
    domain::model::{Code, CredentialType},
    hardware::keypad::{self, Keypad, KeypadKey},
};

/// A fob reader types a whole number within some tens of milliseconds. Keys further apart do not
/// belong to the same number.
const READER_TIMEOUT: Duration = Duration::from_millis(500);

/// Keys that follow this soon after half a number may be its other half, passed on late by a busy
/// machine. They are not taken for a number of their own, which would be somebody else's.
const REMAINDER_WINDOW: Duration = Duration::from_secs(2);

/// Collects the keys of one keyboard, identified by the kernel's key codes
/// (`linux/input-event-codes.h`), which stand for a key and not for what is printed on it.
#[derive(Debug)]
pub(super) struct Typing {
    kind: CredentialType,
    keypad: Keypad,
    /// Until when a key may belong to input that was dropped.
    remainder_until: Option<Duration>,
}

impl Typing {
    pub(super) fn new(kind: CredentialType) -> Self {
        let timeout = match kind {
            CredentialType::Fob => READER_TIMEOUT,
            CredentialType::Passcode => keypad::KEY_TIMEOUT,
        };
        Self { kind, keypad: Keypad::new(kind, timeout), remainder_until: None }
    }

    /// Takes a key press; returns what it completes.
    ///
    /// # Errors
    /// It completes something that is not a code: a sentence.
    pub(super) fn press(&mut self, code: u16, at: Duration) -> Option<Result<Code, String>> {
        let key = match (key(code)?, self.kind) {
            // A person may start again. A machine does not, so what came before was not a number.
            (KeypadKey::Clear, CredentialType::Fob) => KeypadKey::Foreign,
            (key, _) => key,
        };
        self.expire(at);
        if key != KeypadKey::Enter && self.remainder_until.take().is_some_and(|until| at < until) {
            self.keypad.press(KeypadKey::Foreign, at);
        }
        self.keypad.press(key, at)
    }

    /// Returns when time has to pass next.
    pub(super) fn due(&self) -> Option<Duration> {
        self.keypad.due()
    }

    /// Lets time pass; returns a message about dropped input, if any.
    pub(super) fn expire(&mut self, now: Duration) -> Option<String> {
        let remainder_until = self.keypad.due().map(|due| due.saturating_add(REMAINDER_WINDOW));
        if !self.keypad.expire(now) || self.kind != CredentialType::Fob {
            return None;
        }
        self.remainder_until = remainder_until;
        Some(
            "something was typed without Enter: present the fob again; if this persists, set \
             the reader to end numbers with Enter"
                .to_owned(),
        )
    }
}

/// Returns the meaning of a key; `None` for keys that only modify others.
const fn key(code: u16) -> Option<KeypadKey> {
    Some(match code {
        // the top row starts with 1 and ends with 0
        2..=10 => KeypadKey::Digit(code as u8 - 1),
        11 => KeypadKey::Digit(0),
        // the keypad, row by row
        71..=73 => KeypadKey::Digit(code as u8 - 64),
        75..=77 => KeypadKey::Digit(code as u8 - 71),
        79..=81 => KeypadKey::Digit(code as u8 - 78),
        82 => KeypadKey::Digit(0),
        // Enter, and that of the keypad
        28 | 96 => KeypadKey::Enter,
        // Escape, Backspace, * on the keypad, Delete
        1 | 14 | 55 | 111 => KeypadKey::Clear,
        // Shift, left and right, and the three locks
        42 | 54 | 58 | 69 | 70 => return None,
        _ => KeypadKey::Foreign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);
    const TOP: [u16; 10] = [11, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const PAD: [u16; 10] = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73];

    fn codes(row: [u16; 10], digits: &str) -> Vec<u16> {
        digits.bytes().map(|digit| row[usize::from(digit - b'0')]).collect()
    }

    /// Presses keys at an interval.
    fn press(kind: CredentialType, codes: &[u16], apart: Duration) -> Vec<Result<Code, String>> {
        let mut typing = Typing::new(kind);
        let at = (1..).map(|n| apart * n);
        codes.iter().zip(at).filter_map(|(code, at)| typing.press(*code, at)).collect()
    }

    #[test]
    fn a_number_and_enter_are_a_fob() {
        for row in [TOP, PAD] {
            for enter in [28, 96] {
                let mut keys = codes(row, "0123456789");
                keys.push(enter);
                let found = press(CredentialType::Fob, &keys, 5 * MS);
                assert_eq!(found, [Code::fob("123456789")]);
            }
        }
    }

    #[test]
    fn shift_and_locks_are_ignored() {
        let keys = [42, 2, 54, 3, 58, 69, 70, 28];
        assert_eq!(press(CredentialType::Fob, &keys, MS), [Code::fob("12")]);
    }

    #[test]
    fn any_other_key_makes_the_whole_entry_noise() {
        // A, Tab, left arrow, and for a fob also keys that clear
        for foreign in [30, 15, 105, 0, 767, u16::MAX, 55, 1] {
            let found = press(CredentialType::Fob, &[2, foreign, 3, 28, 4, 28], MS);
            assert!(found[0].is_err(), "{foreign}: {found:?}");
            assert_eq!(found[1..], [Code::fob("3")]);
        }
        // 20 digits are more than any fob has
        let mut keys = vec![10; 20];
        keys.push(28);
        assert!(press(CredentialType::Fob, &keys, MS)[0].is_err());
    }

    #[test]
    fn half_a_number_is_dropped() {
        let mut typing = Typing::new(CredentialType::Fob);
        typing.press(2, MS);
        assert_eq!((typing.due(), typing.expire(500 * MS)), (Some(501 * MS), None));
        assert!(typing.expire(501 * MS).unwrap().contains("Enter"));
        assert_eq!((typing.due(), typing.expire(600 * MS)), (None, None));
        assert_eq!(press(CredentialType::Fob, &[2, 28], 500 * MS), []);
        assert_eq!(press(CredentialType::Fob, &[2, 3, 28], 499 * MS), [Code::fob("12")]);
    }

    #[test]
    fn the_other_half_of_a_number_is_no_number() {
        let read = |pause: Duration| {
            let mut typing = Typing::new(CredentialType::Fob);
            typing.press(2, MS);
            let at = MS + pause;
            (typing.press(3, at), typing.press(4, at + MS), typing.press(28, at + 2 * MS))
        };
        assert_eq!(read(499 * MS), (None, None, Some(Code::fob("123"))));
        for pause in [500, 2499] {
            let (None, None, Some(Err(_))) = read(pause * MS) else { panic!("{pause}") };
        }
        assert_eq!(read(2500 * MS), (None, None, Some(Code::fob("23"))));
    }

    #[test]
    fn a_person_types_a_passcode_slowly_and_may_begin_anew() {
        let second = 1000 * MS;
        let found = press(CredentialType::Passcode, &[2, 55, 11, 5, 3, 28], 4 * second);
        assert_eq!(found, [Code::passcode("042")]);
        assert_eq!(press(CredentialType::Passcode, &[2, 3, 28], 5 * second), []);
        let mut typing = Typing::new(CredentialType::Passcode);
        typing.press(2, MS);
        assert_eq!(typing.expire(6 * second), None, "that is no fault of a reader");
    }

    #[test]
    fn every_digit_is_on_both_rows_and_nowhere_else() {
        let digits =
            (0..=u16::MAX).filter(|code| matches!(key(*code), Some(KeypadKey::Digit(0..=9))));
        let mut rows = [TOP, PAD].concat();
        rows.sort_unstable();
        assert_eq!(digits.collect::<Vec<_>>(), rows);
    }
}
