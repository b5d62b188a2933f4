//! Any pulses at any times: `cargo +nightly fuzz run wiegand`.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use space::{
    domain::model::CredentialType,
    hardware::{
        keypad::{KeypadKey, Keypad, KEY_TIMEOUT},
        wiegand::{Assembler, Bits, Format, Frame, Wire, decode},
    },
};

fuzz_target!(|bytes: &[u8]| {
    let mut assembler = Assembler::default();
    let mut keypad = Keypad::new(CredentialType::Passcode, KEY_TIMEOUT);
    let mut now = Duration::ZERO;
    // A byte is a pulse: its wire, and its distance after or before the previous one.
    for byte in bytes {
        let wire = if byte & 1 == 1 { Wire::D1 } else { Wire::D0 };
        let step = match byte >> 1 & 7 {
            0 => Duration::from_micros(10),
            1 => Duration::from_millis(25),
            2 => Duration::from_millis(100),
            3 => Duration::from_secs(6),
            4 => Duration::MAX,
            _ => Duration::from_millis(2),
        };
        now = if byte >> 4 == 15 { now.saturating_sub(step) } else { now.saturating_add(step) };
        if let Some(ended) = assembler.pulse(wire, now) {
            take(ended, &mut keypad, now);
        }
        assert!(assembler.due().is_some());
    }
    if let Some(ended) = assembler.expire(Duration::MAX) {
        take(ended, &mut keypad, now);
    }
    assert_eq!(assembler.due(), None);
    if let Some((count, rest)) = bytes.split_first() {
        let mut value = [0; 8];
        value.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        take(Ok(Bits::new(u64::from_le_bytes(value), *count)), &mut keypad, now);
        for key in rest {
            let key = KeypadKey::of(key & 15).unwrap_or(KeypadKey::Foreign);
            if let Some(Ok(code)) = keypad.press(key, now) {
                assert_eq!(code.kind(), CredentialType::Passcode);
            }
        }
    }
});

fn take(ended: Result<Bits, String>, keypad: &mut Keypad, now: Duration) {
    let Ok(bits) = ended else { return };
    assert_eq!(bits.iter().count(), usize::from(bits.count()));
    match decode(bits) {
        Frame::Fob(code) => {
            // Writing what was read produces the same bits.
            let format = Format::of(bits.count()).expect("only cards have a fob's number");
            let number = code.loggable().expect("it is a fob").parse().expect("it is a number");
            assert_eq!(format.write(number), bits);
        }
        Frame::Key(key) => {
            assert!([4, 8].contains(&bits.count()));
            let _ = keypad.press(key, now);
        }
        Frame::Refused(words) => assert!(!words.is_empty()),
    }
}
