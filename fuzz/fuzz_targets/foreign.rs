//! Any bytes behind the beginning of a file that is no statement we read, such as MT940: it is refused
//! with a sentence that names it, or read: `cargo +nightly fuzz run foreign`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::integrations::statement::{Layout, StatementContext, read, unpack};

const BEGINNINGS: &[&[u8]] = &[
    b":20:STARTUMSE\r\n:25:10050000/1\r\n:60F:C260601EUR1,00\r\n",
    b"{1:F01BANKDEFFXXX}{4:\r\n:20:1\r\n:25:1\r\n",
    b"!Type:Bank\nD01/06/2026\n",
    b"%PDF-1.7\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1",
    b"\x1f\x8b\x08",
    b"[{\"id\":",
];

fuzz_target!(|bytes: &[u8]| {
    let context = StatementContext { currency: "EUR", layout: Layout::OneOf(&[]), trust_days: false };
    for beginning in BEGINNINGS {
        let bytes = [beginning, bytes].concat();
        let _ = unpack("it", bytes.clone());
        if let Err(refused) = read("it", &bytes, &context) {
            assert!(refused.message.starts_with("it") && !refused.message.ends_with('.'));
        }
    }
});
