//! Requests that a controller signs, so that nobody on the network can make them up or repeat them.
//!
//! The parameter `time` has the seconds since 1970, and `mac` 64 hexadecimal digits: the HMAC-SHA256
//! (RFC 2104) by the facility's key over the method and the path with a blank between, and then
//! `name=value` for every other parameter, decoded and sorted by name, each part with a line break
//! after it. A request is answered once, within a minute of its time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::http::Method;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use super::params::Params;

/// How far the time of a request may be from ours, in seconds.
const FRESH: i64 = 60;

/// How many requests are remembered. Those of one minute have to fit.
const MOST: usize = 100_000;

/// The signed requests that were answered lately. They are forgotten when the program ends.
#[derive(Debug, Default)]
pub(in crate::web) struct Signatures(Mutex<HashMap<[u8; 32], i64>>);

impl Signatures {
    /// Checks a request, and remembers it.
    ///
    /// # Errors
    /// It is not signed by that key, not fresh, or was answered before.
    pub(super) fn check(
        &self,
        key: &[u8; 32],
        (method, path): (&Method, &str),
        params: &Params,
        now: Timestamp,
    ) -> Result<(), &'static str> {
        let given = params.get("mac").ok_or("the request is not signed")?;
        let given = digits(given).ok_or("the signature is not 64 hexadecimal digits")?;
        let time = params.get("time").and_then(|text| text.parse::<i64>().ok());
        let time = time.ok_or("the signed request has no time")?;
        let text = params.signed_text(method.as_str(), path);
        let text = text.ok_or("a signed parameter has a line break")?;
        let mac = Hmac::<Sha256>::new_from_slice(key);
        let mac = mac.map_err(|_| "the key cannot be used")?.chain_update(text);
        mac.verify_slice(&given).map_err(|_| "the signature is wrong")?;
        if time.abs_diff(now.as_second()) > FRESH.unsigned_abs() {
            return Err("the time of the signed request is more than a minute off");
        }
        let mut answered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answered.len() >= MOST {
            answered.retain(|_, at| at.abs_diff(now.as_second()) <= FRESH.unsigned_abs());
        }
        if answered.contains_key(&given) {
            return Err("the signed request was answered before");
        }
        if answered.len() >= MOST {
            return Err("too many signed requests within a minute");
        }
        answered.insert(given, time);
        Ok(())
    }
}

fn digits(text: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(text).ok().map(|it| *it.as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: [u8; 32] = [7; 32];
    const NOW: i64 = 1_767_225_600;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn signed(key: &[u8; 32], query: &str) -> Params {
        let params = Params::parse(query.as_bytes(), b"");
        let text = params.signed_text("GET", "/verify").unwrap();
        let mac = Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize();
        let mac = blake3::Hash::from_bytes(mac.into_bytes().into()).to_hex();
        Params::parse(format!("{query}&mac={mac}").as_bytes(), b"")
    }

    fn check(signatures: &Signatures, params: &Params, now: i64) -> Result<(), &'static str> {
        signatures.check(&KEY, (&Method::GET, "/verify"), params, at(now))
    }

    #[test]
    fn the_text_is_as_documented() {
        let params = Params::parse(b"token=1&time=5&thing=laser&mac=x", b"");
        let text = params.signed_text("GET", "/verify").unwrap();
        assert_eq!(text, "GET /verify\nthing=laser\ntime=5\ntoken=1\n");
    }

    #[test]
    fn a_signed_request_counts_once_and_within_a_minute() {
        let all = Signatures::default();
        let request = signed(&KEY, &format!("thing=laser&token=1&time={NOW}"));
        for late in [NOW - 61, NOW + 61, 0] {
            assert!(check(&all, &request, late).unwrap_err().contains("minute off"), "{late}");
        }
        assert_eq!(check(&all, &request, NOW + 60), Ok(()));
        assert!(check(&all, &request, NOW).unwrap_err().contains("before"));
        assert_eq!(check(&all, &signed(&KEY, &format!("token=2&time={NOW}")), NOW - 60), Ok(()));
    }

    #[test]
    fn what_is_not_signed_by_the_key_does_not_count() {
        let all = Signatures::default();
        let query = format!("thing=laser&token=1&time={NOW}");
        let request = signed(&KEY, &query);
        let mac = request.get("mac").unwrap();
        let changed = format!("thing=laser&token=2&time={NOW}&mac={mac}");
        for (params, part) in [
            (Params::parse(query.as_bytes(), b""), "not signed"),
            (Params::parse(format!("{query}&mac=12").as_bytes(), b""), "64"),
            (Params::parse(changed.as_bytes(), b""), "wrong"),
            (signed(&[8; 32], &query), "wrong"),
            (signed(&KEY, "thing=laser"), "no time"),
        ] {
            let why = check(&all, &params, NOW).unwrap_err();
            assert!(why.contains(part), "{params:?}: {why}");
        }
        let elsewhere = all.check(&KEY, (&Method::GET, "/induct"), &request, at(NOW));
        assert!(elsewhere.is_err() && check(&all, &request, NOW).is_ok());
        // A line break would let a value pass for other parameters.
        let broken = Params::parse(format!("{query}&x=1%0Ay=2&mac={mac}").as_bytes(), b"");
        assert!(check(&all, &broken, NOW).unwrap_err().contains("line break"));
    }

    #[test]
    fn memory_is_bounded_and_old_requests_make_room() {
        let all = Signatures::default();
        {
            let mut answered = all.0.lock().unwrap();
            for count in 0..MOST as u64 {
                let mut mac = [0; 32];
                mac[..8].copy_from_slice(&count.to_le_bytes());
                answered.insert(mac, NOW);
            }
        }
        let full = signed(&KEY, &format!("token=1&time={NOW}"));
        assert!(check(&all, &full, NOW).unwrap_err().contains("too many"));
        let later = NOW + 61;
        assert_eq!(check(&all, &signed(&KEY, &format!("token=1&time={later}")), later), Ok(()));
    }

    proptest! {
        #[test]
        fn two_requests_with_the_same_text_have_the_same_parameters(
            one in proptest::collection::btree_map("[a=\\n]{0,3}", "[a=\\n]{0,3}", 0..3),
            two in proptest::collection::btree_map("[a=\\n]{0,3}", "[a=\\n]{0,3}", 0..3),
        ) {
            let encoded = |all: &std::collections::BTreeMap<String, String>| {
                let mut out = form_urlencoded::Serializer::new(String::new());
                out.extend_pairs(all).finish()
            };
            let text = |all| Params::parse(encoded(all).as_bytes(), b"").signed_text("GET", "/");
            if let (Some(a), Some(b)) = (text(&one), text(&two)) {
                prop_assert_eq!(a == b, one == two);
            }
        }
    }
}
