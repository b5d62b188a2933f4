//! Any bytes as a table: `cargo +nightly fuzz run csv`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::{
    domain::model::{Columns, DirectionColumn, StatementProfile, StatusColumn},
    integrations::statement::{Layout, StatementContext, guess, read},
};

fuzz_target!(|input: (bool, bool, bool, u8, &[u8])| {
    let (comma, header, chosen, above, bytes) = input;
    let named = |name: &str, at: u8| if header { name.to_owned() } else { at.to_string() };
    let words = Vec::new;
    let profile = StatementProfile {
        name: "it".into(),
        separator: if comma { ';' } else { ',' },
        encoding: "utf-8".into(),
        decimal: if comma { ',' } else { '.' },
        date_form: "%d.%m.%Y".into(),
        lines_above: u16::from(above % 4),
        header,
        columns: Columns {
            date: named("d", 1),
            amount: Some(named("a", 2)),
            credit: Some(named("c", 3)),
            direction: (above & 4 != 0).then(|| DirectionColumn {
                column: named("c", 3),
                incoming: words(),
                outgoing: words(),
            }),
            status: (above & 8 != 0)
                .then(|| StatusColumn { column: named("t", 4), booked: words() }),
            kind: (above & 16 != 0).then(|| named("t", 4)),
            text: vec![named("t", 4)],
            payer: Some(named("t", 4)),
            ..Columns::default()
        },
    };
    let own = [("it".parse().expect("a name"), profile.clone())];
    let layout = if chosen { Layout::OneOf(&own) } else { Layout::Profile(&profile) };
    let context = StatementContext { currency: "GBP", layout, trust_days: above & 32 != 0 };
    let heading = if comma { &b"d;a;c;t\n"[..] } else { &b"d,a,c,t\n"[..] };
    for bytes in [bytes.to_vec(), [heading, bytes].concat()] {
        let _ = guess("it", &bytes, "GBP", jiff::civil::date(2026, 6, 15));
        let Ok(read) = read("it", &bytes, &context) else { continue };
        let mut last = 0;
        for row in &read.statement.rows {
            assert!(row.number > last, "each line is in one row");
            last = row.number;
            if let Ok(line) = &row.content {
                assert!((1900..2200).contains(&line.date.year()));
                assert!(line.text.len() <= 500 && !line.text.contains(|c: char| c.is_control()));
            }
        }
    }
});
