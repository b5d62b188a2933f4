//! Any bytes as a table: `cargo +nightly fuzz run csv`.

#![no_main]

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use space::{
    domain::model::{Columns, StatementProfile},
    integrations::statement::{StatementContext, read},
};

fuzz_target!(|input: (bool, u8, &[u8])| {
    let (comma, above, bytes) = input;
    let zone = TimeZone::UTC;
    let profile = StatementProfile {
        name: "it".into(),
        separator: if comma { ';' } else { ',' },
        encoding: "utf-8".into(),
        decimal: if comma { ',' } else { '.' },
        date_form: "%d.%m.%Y".into(),
        lines_above: u16::from(above % 4),
        columns: Columns {
            date: "d".into(),
            amount: Some("a".into()),
            credit: Some("c".into()),
            debit: None,
            text: vec!["t".into()],
            id: None,
            payer: Some("t".into()),
            currency: None,
        },
    };
    let context = StatementContext { zone: &zone, currency: "GBP", profile: Some(&profile) };
    let heading = if comma { &b"d;a;c;t\n"[..] } else { &b"d,a,c,t\n"[..] };
    for bytes in [bytes.to_vec(), [heading, bytes].concat()] {
        let Ok(statement) = read("it", &bytes, &context) else { continue };
        for row in &statement.rows {
            if let Ok(line) = &row.content {
                assert!((1900..2200).contains(&line.date.year()));
                assert!(line.text.len() <= 500 && !line.text.contains(|c: char| c.is_control()));
            }
        }
    }
});
