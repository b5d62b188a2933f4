//! What a reader reports, a fob's number or a passcode, and the keyed hash stored in its place.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::Error as _};

use super::{Slug, fob_number, text_schema::written_as};

/// The two kinds of credential (requirements.md D-23).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum CredentialType {
    /// A token held to a reader.
    Fob,
    /// Digits typed on a keypad.
    Passcode,
}

impl CredentialType {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Fob => "fob",
            Self::Passcode => "passcode",
        }
    }
}

impl fmt::Display for CredentialType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A fob's number or a passcode in its one normal form. Never stored; only its [`CodeHash`] is.
///
/// `Debug` and `Display` show a fob's number and hide a passcode, so that no log can contain one
/// by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    kind: CredentialType,
    /// The text that is hashed, `fob:15408774`: a reading is hashed more often than it is shown.
    text: String,
}

impl Code {
    /// The maximum number of digits of a passcode, given by the board's buffer (`ACCX`).
    pub const LONGEST_PASSCODE: usize = 20;

    /// Returns the number of digits of a passcode; `None` for a fob.
    #[must_use]
    pub fn passcode_digits(&self) -> Option<usize> {
        self.text.strip_prefix("passcode:").map(str::len)
    }

    /// Reads a fob's number: decimal (leading zeros are ignored), `facility-code,card`
    /// (`235,7814`), or hexadecimal (`0xEB1E86`, or any spelling with a letter A–F).
    ///
    /// # Errors
    /// A sentence that says what is expected and repeats the text: a fob's number is not a secret.
    pub fn fob(text: &str) -> Result<Self, String> {
        let number = fob_number::read(text.trim()).ok_or_else(|| {
            format!(
                "`{}` is not a valid fob number: write it in decimal (15408774), \
                 as facility-code,card (235,7814; of a card with 37 bits, 37:235,7814) or in hex (0xEB1E86)",
                super::text::shown(text)
            )
        })?;
        Ok(Self::of(CredentialType::Fob, &number.to_string()))
    }

    /// Says how a fob's number was read, if it may be meant in hexadecimal: with a leading zero, or as
    /// many digits as a reader prints, and no letter among them.
    #[must_use]
    pub fn fob_doubt(text: &str) -> Option<String> {
        let text = text.trim();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let looks_like_hex = digits && text.starts_with('0') && matches!(text.len(), 8 | 14);
        let number = fob_number::read(text).filter(|_| looks_like_hex)?;
        Some(format!("{text} was read in decimal, as {number}; if it is in hex, write hex:{text}"))
    }

    /// Reads a passcode: 1 to 20 digits; leading zeros count.
    ///
    /// # Errors
    /// A sentence that says what is expected and does not repeat the passcode.
    pub fn passcode(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty()
            || text.len() > Self::LONGEST_PASSCODE
            || !text.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(format!("a passcode has 1 to {} digits", Self::LONGEST_PASSCODE));
        }
        Ok(Self::of(CredentialType::Passcode, text))
    }

    fn of(kind: CredentialType, digits: &str) -> Self {
        Self { kind, text: format!("{kind}:{digits}") }
    }

    /// Reads a code of the given type.
    ///
    /// # Errors
    /// As [`Code::fob`] and [`Code::passcode`].
    pub fn parse(kind: CredentialType, text: &str) -> Result<Self, String> {
        match kind {
            CredentialType::Fob => Self::fob(text),
            CredentialType::Passcode => Self::passcode(text),
        }
    }

    /// Returns the type.
    #[must_use]
    pub const fn kind(&self) -> CredentialType {
        self.kind
    }

    /// Returns the number of a fob, and `None` for a passcode: what a log may contain.
    #[must_use]
    pub fn loggable(&self) -> Option<&str> {
        (self.kind == CredentialType::Fob).then(|| self.reveal())
    }

    /// Returns the digits themselves, for callers that have to pass them on; never log them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text[self.kind.as_str().len() + 1..]
    }

    /// Computes the keyed hash under which this code is stored, without allocating.
    #[must_use]
    pub fn hash(&self, key: &SpaceKey) -> CodeHash {
        key.hash(self.text.as_bytes())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            CredentialType::Fob => write!(f, "fob {}", self.reveal()),
            CredentialType::Passcode => f.write_str("passcode ****"),
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The secret of a space: 32 random bytes, kept outside the versioned files.
///
/// A fob has 24 bits and a passcode fewer, so it is this key, not the hash function, that keeps a
/// leaked clone from opening a door.
#[derive(Clone, PartialEq, Eq)]
pub struct SpaceKey([u8; 32]);

impl SpaceKey {
    /// Takes 32 random bytes as a key.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the key as 64 hexadecimal digits, for `space key export`.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// Returns a name for the key that reveals nothing about it. `space.json` keeps it, so that a
    /// wrong key is recognised instead of making every fob unknown.
    #[must_use]
    pub fn id(&self) -> String {
        hex(&self.hash(b"key-id").0[..4])
    }

    /// Derives the key that the controllers of a facility sign with; the number tells apart the keys
    /// that a facility has had.
    #[must_use]
    pub fn for_controllers(&self, facility: &Slug, number: u32) -> [u8; 32] {
        *blake3::keyed_hash(&self.0, format!("controller:{facility}:{number}").as_bytes())
            .as_bytes()
    }

    /// Returns what only whoever has the key can work out from a text: no code of a fob or passcode begins
    /// as it does.
    #[must_use]
    pub fn proof(&self, of: &str) -> [u8; 16] {
        self.hash(format!("proof:{of}").as_bytes()).0
    }

    fn hash(&self, text: &[u8]) -> CodeHash {
        let full = blake3::keyed_hash(&self.0, text);
        let mut half = [0_u8; 16];
        half.copy_from_slice(&full.as_bytes()[..16]);
        CodeHash(half)
    }
}

impl FromStr for SpaceKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse_hex(text.trim()).map(Self).ok_or_else(|| "a key is 64 hexadecimal digits".to_owned())
    }
}

impl fmt::Debug for SpaceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id())
    }
}

/// The first 128 bits of the keyed BLAKE3 hash of `fob:15408774` or `passcode:0042`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeHash([u8; 16]);

impl CodeHash {
    /// Returns the bytes. They are evenly distributed, so any of them may select a bucket.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Takes 16 bytes as a hash.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for CodeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for CodeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for CodeHash {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            "a code is stored as its keyed hash, 32 hexadecimal digits, \
             which are computed when a credential is added"
                .to_owned()
        };
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(wrong());
        }
        parse_hex(text).map(Self).ok_or_else(wrong)
    }
}

written_as!(CodeHash, r"^[0-9a-f]{32}$", "The keyed hash of a fob's number or a passcode.");

impl Serialize for CodeHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CodeHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}"); // writing to a String cannot fail
        out
    })
}

fn parse_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digit = |d: u8| char::from(d).to_digit(16);
        // two digits below sixteen make a number below 256
        *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SpaceKey {
        SpaceKey::from_bytes([7; 32])
    }

    #[test]
    fn every_spelling_of_a_fob_is_one_code() {
        let plain = Code::fob("15408774").unwrap();
        for text in [
            "0015408774",
            "235,7814",
            "235, 07814",
            "0xEB1E86",
            "eb1e86",
            "hex:EB1E86",
            " 15408774 ",
        ] {
            assert_eq!(Code::fob(text).unwrap(), plain, "{text}");
        }
    }

    #[test]
    fn passcodes_keep_leading_zeros() {
        let hash = |text| Code::passcode(text).unwrap().hash(&key());
        assert_ne!(hash("0042"), hash("42"));
    }

    #[test]
    fn a_fob_and_a_passcode_of_the_same_digits_differ() {
        assert_ne!(
            Code::fob("4455").unwrap().hash(&key()),
            Code::passcode("4455").unwrap().hash(&key())
        );
    }

    #[test]
    fn a_passcode_is_never_shown() {
        let code = Code::passcode("4455661").unwrap();
        assert!(!format!("{code} {code:?}").contains("4455661"));
        assert_eq!(code.loggable(), None);
        assert!(!Code::passcode("44x55661").unwrap_err().contains("55661"));
    }

    #[test]
    fn each_facility_has_other_keys_for_its_controllers() {
        let (laser, lathe) = ("laser".parse().unwrap(), "lathe".parse().unwrap());
        let all = [
            key().for_controllers(&laser, 1),
            key().for_controllers(&laser, 2),
            key().for_controllers(&lathe, 1),
            SpaceKey::from_bytes([8; 32]).for_controllers(&laser, 1),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(all[0], key().for_controllers(&laser, 1));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in [
            "",
            "-5",
            "12 34",
            "65536,1",
            "1,524288",
            "37:1",
            "37:65536,1",
            "hex:",
            "hex:g",
            "0x",
            "99999999999999999999999",
            "12g",
        ] {
            assert!(Code::fob(text).is_err(), "{text}");
        }
        for text in ["", "12a", "123456789012345678901"] {
            assert!(Code::passcode(text).is_err(), "{text}");
        }
    }

    #[test]
    fn keys_and_hashes_survive_being_written() {
        let hash = Code::fob("1").unwrap().hash(&key());
        assert_eq!(hash.to_string().parse::<CodeHash>().unwrap(), hash);
        assert_eq!(key().to_hex().parse::<SpaceKey>().unwrap(), key());
        assert_ne!(key().id(), SpaceKey::from_bytes([8; 32]).id());
    }
}
