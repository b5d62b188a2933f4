//! Any bytes as a webhook and its signature: only what the secret signs, now, is believed:
//! `cargo +nightly fuzz run webhooks`.

#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use space::integrations::processor::{
    ProcessorKind,
    webhook::{sign, verify},
};

fuzz_target!(|input: (&str, &[u8], u32, &str)| {
    let (header, body, second, more) = input;
    let at = Timestamp::from_second(second.into()).expect("a time");
    for kind in [ProcessorKind::Stripe, ProcessorKind::GoCardless] {
        // Nobody knows the secret who did not sign with it.
        assert!(verify(kind, "secret", Some(header), body, at).is_err());
        let signed = sign(kind, "secret", body, at);
        assert_eq!(verify(kind, "other\nsecret", Some(&signed), body, at), Ok(()));
        let longer = [body, b"x"].concat();
        assert!(verify(kind, "secret", Some(&signed), &longer, at).is_err());
        // Whatever stands behind or before it, a signature of these bytes is not one of others.
        for odd in
            [format!("{signed}{more}"), format!("{more}{signed}"), format!("{signed},{more}")]
        {
            assert!(verify(kind, "secret", Some(&odd), &longer, at).is_err());
            if let Err(why) = verify(kind, "secret", Some(&odd), body, at) {
                assert!(!why.to_string().contains(|c: char| c.is_control()));
            }
        }
    }
});
