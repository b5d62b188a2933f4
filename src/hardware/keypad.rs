//! Turns keys pressed one after another into a passcode or a number.

use std::{fmt, time::Duration};

use crate::domain::model::{Code, CredentialType};

/// The meaning of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum KeypadKey {
    /// A digit, 0 to 9.
    Digit(u8),
    /// Starts again: `*`.
    Clear,
    /// Ends an entry: `#`, or Enter.
    Enter,
    /// A key that has no place in an entry. It invalidates the whole entry, so that no part of it
    /// is taken for somebody else's code.
    Foreign,
}

impl KeypadKey {
    /// Returns the key with a number on a keypad: 10 is `*`, 11 is `#`.
    #[must_use]
    pub const fn of(number: u8) -> Option<Self> {
        match number {
            0..=9 => Some(Self::Digit(number)),
            10 => Some(Self::Clear),
            11 => Some(Self::Enter),
            _ => None,
        }
    }
}

impl fmt::Debug for KeypadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Digit(_) => "Digit",
            Self::Clear => "Clear",
            Self::Enter => "Enter",
            Self::Foreign => "Foreign",
        })
    }
}

/// Collects keys. Time may be any clock, as long as it is always the same.
///
/// `Debug` never shows a digit, nor how many there are.
pub struct Keypad {
    kind: CredentialType,
    timeout: Duration,
    digits: String,
    invalid: Option<&'static str>,
    last: Option<Duration>,
}

/// How long a person may look for the next key.
pub const KEY_TIMEOUT: Duration = Duration::from_secs(5);

impl Keypad {
    /// Makes a collector that forgets an incomplete entry after this time without a key.
    #[must_use]
    pub fn new(kind: CredentialType, timeout: Duration) -> Self {
        // Never grows, so that no copy of a digit is left behind in memory.
        let digits = String::with_capacity(Code::LONGEST_PASSCODE);
        Self { kind, timeout, digits, invalid: None, last: None }
    }

    /// Takes a key pressed at that time; returns the code that it completes.
    ///
    /// Enter without digits has no effect.
    ///
    /// # Errors
    /// It completes something that is not a code: a sentence that does not repeat it.
    pub fn press(&mut self, key: KeypadKey, at: Duration) -> Option<Result<Code, String>> {
        if self.due().is_some_and(|due| at >= due) {
            self.clear();
        }
        self.last = Some(at);
        match key {
            KeypadKey::Digit(digit) if digit > 9 => self.invalidate(FOREIGN),
            KeypadKey::Digit(_) if self.digits.len() >= Code::LONGEST_PASSCODE => {
                self.invalidate(TOO_LONG)
            }
            KeypadKey::Digit(digit) => self.digits.push(char::from(b'0' + digit)),
            KeypadKey::Clear => self.clear(),
            KeypadKey::Foreign => self.invalidate(FOREIGN),
            KeypadKey::Enter => return self.complete(),
        }
        None
    }

    /// Forgets the current entry.
    pub fn clear(&mut self) {
        self.digits.clear();
        self.invalid = None;
        self.last = None;
    }

    /// Tells whether there is an incomplete entry.
    #[must_use]
    pub fn has_input(&self) -> bool {
        !self.digits.is_empty() || self.invalid.is_some()
    }

    /// Returns when the entry is to be forgotten, unless another key comes first.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        self.last.map(|last| last.saturating_add(self.timeout))
    }

    /// Forgets the entry if its time has come; tells whether there was one.
    pub fn expire(&mut self, now: Duration) -> bool {
        let expired = self.due().is_some_and(|due| now >= due);
        let lost = expired && self.has_input();
        if expired {
            self.clear();
        }
        lost
    }

    fn invalidate(&mut self, why: &'static str) {
        self.invalid.get_or_insert(why);
    }

    fn complete(&mut self) -> Option<Result<Code, String>> {
        let result = match self.invalid {
            Some(why) => Some(Err(why.to_owned())),
            None if self.digits.is_empty() => None,
            None => Some(Code::parse(self.kind, &self.digits)),
        };
        self.clear();
        result
    }
}

const FOREIGN: &str = "something other than digits was typed: type digits, then Enter or #";
const TOO_LONG: &str = "more than 20 digits were typed, which no code has";

impl fmt::Debug for Keypad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keypad").field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types `1`, `*`, `#`, `?` (foreign), or waits: `.` is a second.
    fn type_in(keypad: &mut Keypad, text: &str) -> Vec<Result<Code, String>> {
        let mut now = Duration::from_secs(1);
        let mut found = Vec::new();
        for c in text.chars() {
            let key = match c {
                '.' => {
                    now += Duration::from_secs(1);
                    continue;
                }
                '*' => KeypadKey::Clear,
                '#' => KeypadKey::Enter,
                '?' => KeypadKey::Foreign,
                digit => KeypadKey::Digit(digit.to_digit(10).unwrap() as u8),
            };
            found.extend(keypad.press(key, now));
        }
        found
    }

    fn passcodes(text: &str) -> Vec<Result<Code, String>> {
        type_in(&mut Keypad::new(CredentialType::Passcode, KEY_TIMEOUT), text)
    }

    #[test]
    fn digits_and_the_end_are_a_passcode() {
        let code = |digits| Ok(Code::passcode(digits).unwrap());
        assert_eq!(passcodes("0042#"), [code("0042")]);
        assert_eq!(passcodes("12#34#"), [code("12"), code("34")]);
        assert_eq!(passcodes("12345678901234567890#"), [code("12345678901234567890")]);
    }

    #[test]
    fn empty_input_has_no_effect() {
        for text in ["#", "##", "12*#", "12", "*", ""] {
            assert_eq!(passcodes(text), [], "{text}");
        }
    }

    #[test]
    fn it_is_cleared_by_the_key_and_by_time() {
        let code = |digits| Ok(Code::passcode(digits).unwrap());
        assert_eq!(passcodes("99*12#"), [code("12")]);
        assert_eq!(passcodes("99....12#"), [code("9912")]);
        assert_eq!(passcodes("99.....12#"), [code("12")]);
        assert_eq!(passcodes("99.....#"), []);
        assert_eq!(passcodes("9?.....12#"), [code("12")]);
    }

    #[test]
    fn no_part_of_an_invalid_entry_is_a_code() {
        for text in ["12?34#", "?#", "1?2?3#", "123456789012345678901#"] {
            let found = passcodes(text);
            assert!(matches!(found.as_slice(), [Err(_)]), "{text}: {found:?}");
        }
        let next = passcodes("1?#12#");
        assert_eq!(next[1], Ok(Code::passcode("12").unwrap()));
    }

    #[test]
    fn a_number_is_a_fob_without_leading_zeros() {
        let mut keypad = Keypad::new(CredentialType::Fob, Duration::from_millis(500));
        let found = type_in(&mut keypad, "0015408774#");
        assert_eq!(found, [Code::fob("15408774")]);
    }

    #[test]
    fn it_says_when_something_was_forgotten() {
        let mut keypad = Keypad::new(CredentialType::Passcode, KEY_TIMEOUT);
        assert_eq!(keypad.due(), None);
        keypad.press(KeypadKey::Digit(1), Duration::from_secs(1));
        assert_eq!(keypad.due(), Some(Duration::from_secs(6)));
        assert!(!keypad.expire(Duration::from_millis(5999)));
        assert!(keypad.expire(Duration::from_secs(6)));
        assert!(!keypad.expire(Duration::from_secs(6)));
        assert_eq!(keypad.due(), None);
    }

    #[test]
    fn debug_shows_no_digit() {
        let mut keypad = Keypad::new(CredentialType::Passcode, KEY_TIMEOUT);
        type_in(&mut keypad, "7777");
        let shown = format!("{keypad:?} {:?}", KeypadKey::Digit(7));
        assert!(!shown.contains('7') && !shown.contains('4'), "{shown}");
    }
}
