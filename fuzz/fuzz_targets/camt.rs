//! Any bytes as CAMT: `cargo +nightly fuzz run camt`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::integrations::statement::{Layout, StatementContext, read, unpack};

fuzz_target!(|bytes: &[u8]| {
    // As an archive, too.
    let _ = unpack("it", [b"PK\x03\x04", bytes].concat());
    let context = StatementContext { currency: "GBP", layout: Layout::OneOf(&[]), trust_days: false };
    // As a whole document, and after a valid beginning.
    for bytes in [bytes.to_vec(), [&b"<Document><BkToCstmrStmt><Ntry>"[..], bytes].concat()] {
        let Ok(read) = read("it", &bytes, &context) else { continue };
        let lines = bytes.split(|byte| *byte == b'\n').count();
        for row in &read.statement.rows {
            assert!(row.number >= 1 && row.number as usize <= lines);
            if let Ok(line) = &row.content {
                assert!((1900..2200).contains(&line.date.year()));
                assert!(line.text.len() <= 500 && !line.text.contains(|c: char| c.is_control()));
            }
        }
    }
});
