//! Webhooks of processors: whether one comes from the processor and was sent just now, by its signature
//! over the bytes as they came.

use std::fmt;

use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use super::ProcessorKind;

/// How far the time of a webhook may be from ours, in seconds, as Stripe recommends.
const FRESH: u64 = 300;

/// Why a webhook is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Forged {
    /// It has no signature.
    Unsigned,
    /// Its signature has another form.
    Malformed,
    /// Its signature is that of another key, or of other bytes.
    Wrong,
    /// It was signed at another time: somebody may have kept it, or a clock is off.
    Stale {
        /// How many seconds ago, by our clock; negative if that is still to come.
        seconds: i64,
    },
}

impl ProcessorKind {
    /// Returns the name of the header with the signature.
    #[must_use]
    pub const fn signature_header(self) -> &'static str {
        match self {
            Self::Stripe => "stripe-signature",
            Self::GoCardless => "webhook-signature",
        }
    }

    /// Returns the status that this processor is told if a webhook is not believed.
    #[must_use]
    pub const fn forged_status(self) -> u16 {
        match self {
            Self::Stripe => 400,
            Self::GoCardless => 498,
        }
    }
}

/// Checks a webhook. There may be several secrets, one a line, while one replaces another.
///
/// What GoCardless signs has no time in it; but whatever is repeated only makes us ask what happened,
/// and changes nothing.
///
/// # Errors
/// It is not signed by that secret, or not now.
pub fn verify(
    kind: ProcessorKind,
    secrets: &str,
    signature: Option<&str>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Forged> {
    let signature = signature.ok_or(Forged::Unsigned)?;
    let is_signed = |given: &str, parts: &[&[u8]]| {
        let Some(given) = digits(given) else { return false };
        secrets.split_whitespace().any(|secret| {
            let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
            let fed = mac.map(|mac| parts.iter().fold(mac, |mac, part| mac.chain_update(part)));
            fed.is_ok_and(|mac| mac.verify_slice(&given).is_ok())
        })
    };
    match kind {
        ProcessorKind::GoCardless => {
            if digits(signature).is_none() {
                return Err(Forged::Malformed);
            }
            if is_signed(signature, &[body]) { Ok(()) } else { Err(Forged::Wrong) }
        }
        ProcessorKind::Stripe => {
            let fields = || signature.split(',').filter_map(|it| it.trim().split_once('='));
            let time = fields().find(|(name, _)| *name == "t").map(|(_, value)| value);
            let time = time.ok_or(Forged::Malformed)?;
            let seconds: i64 = time.parse().map_err(|_| Forged::Malformed)?;
            // Several keys may sign while one of them is replaced.
            let mut given = fields().filter(|(name, _)| *name == "v1").peekable();
            if given.peek().is_none() {
                return Err(Forged::Malformed);
            }
            if !given.any(|(_, value)| is_signed(value, &[time.as_bytes(), b".", body])) {
                return Err(Forged::Wrong);
            }
            let seconds = now.as_second().saturating_sub(seconds);
            if seconds.unsigned_abs() > FRESH { Err(Forged::Stale { seconds }) } else { Ok(()) }
        }
    }
}

/// Signs a body as a processor does.
#[must_use]
pub fn sign(kind: ProcessorKind, secret: &str, body: &[u8], now: Timestamp) -> String {
    let time = now.as_second().to_string();
    let parts: &[&[u8]] = match kind {
        ProcessorKind::Stripe => &[time.as_bytes(), b".", body],
        ProcessorKind::GoCardless => &[body],
    };
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let mac = mac.map(|mac| parts.iter().fold(mac, |mac, part| mac.chain_update(part)));
    let bytes = mac.map(|it| it.finalize().into_bytes()).unwrap_or_default();
    let digits: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
    match kind {
        ProcessorKind::Stripe => format!("t={time},v1={digits}"),
        ProcessorKind::GoCardless => digits,
    }
}

/// Reads 64 hexadecimal digits.
fn digits(text: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(text.trim()).ok().map(|it| *it.as_bytes())
}

impl fmt::Display for Forged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned => f.write_str("it has no signature"),
            Self::Malformed => f.write_str("its signature is not one of this processor"),
            Self::Wrong => f.write_str("its signature is wrong"),
            Self::Stale { seconds } if *seconds < 0 => {
                write!(f, "it is dated {} seconds ahead: is a clock off?", seconds.unsigned_abs())
            }
            Self::Stale { seconds } => write!(f, "it was signed {seconds} seconds ago"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [ProcessorKind; 2] = [ProcessorKind::Stripe, ProcessorKind::GoCardless];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// The vector was made with `openssl dgst -sha256 -hmac whsec_space`.
    #[test]
    fn a_signature_made_by_another_program_is_believed() {
        let body = br#"{"id":"evt_1"}"#;
        let stripe = include_str!("webhook_vectors.txt").lines().next().unwrap();
        let gocardless = include_str!("webhook_vectors.txt").lines().nth(1).unwrap();
        let now = at(1_772_474_400);
        let header = format!("t=1772474400,v1=00,v0=1,v1={stripe}");
        assert_eq!(verify(ProcessorKind::Stripe, "whsec_space", Some(&header), body, now), Ok(()));
        let said = verify(ProcessorKind::GoCardless, "whsec_space", Some(gocardless), body, now);
        assert_eq!(said, Ok(()));
    }

    #[test]
    fn what_is_not_signed_now_by_the_secret_is_not_believed() {
        let (body, now) = (b"{}".as_slice(), at(1_772_474_400));
        for kind in KINDS {
            let good = sign(kind, "secret", body, now);
            let verdict = |secrets: &str, signature: Option<&str>, body: &[u8], now| {
                verify(kind, secrets, signature, body, now)
            };
            assert_eq!(verdict("secret", Some(&good), body, now), Ok(()));
            assert_eq!(verdict("new\nsecret\n", Some(&good), body, now), Ok(()), "two secrets");
            assert_eq!(verdict("", Some(&good), body, now), Err(Forged::Wrong), "no secret");
            assert_eq!(verdict("secret", None, body, now), Err(Forged::Unsigned));
            assert_eq!(verdict("other", Some(&good), body, now), Err(Forged::Wrong));
            assert_eq!(verdict("secret", Some(&good), b"{} ", now), Err(Forged::Wrong));
            for odd in ["", "t=1", "v1=00", "t=x,v1=00", "nothing", "t=1,v1"] {
                let said = verdict("secret", Some(odd), body, now);
                assert_eq!(said, Err(Forged::Malformed), "{odd}");
            }
        }
        let signed = sign(ProcessorKind::Stripe, "secret", body, now);
        let later = |seconds: i64| {
            let now = at(1_772_474_400 + seconds);
            verify(ProcessorKind::Stripe, "secret", Some(&signed), body, now)
        };
        assert_eq!((later(300), later(-300)), (Ok(()), Ok(())));
        assert_eq!(later(301), Err(Forged::Stale { seconds: 301 }));
        assert_eq!(later(-301), Err(Forged::Stale { seconds: -301 }));
    }

    proptest! {
        /// Whatever comes is answered, and only the signature of these bytes is believed.
        #[test]
        fn any_header_is_judged(header in ".{0,200}", body in prop::collection::vec(any::<u8>(), 0..99)) {
            for kind in KINDS {
                prop_assert!(verify(kind, "secret", Some(&header), &body, at(0)).is_err());
                let signed = sign(kind, "secret", &body, at(0));
                prop_assert_eq!(verify(kind, "secret", Some(&signed), &body, at(0)), Ok(()));
            }
        }
    }
}
