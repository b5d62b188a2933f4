//! One file of each bank whose profile comes with the program: the profile is chosen by the header
//! line, and every line is read.

use std::{fs, path::Path};

use space::{
    domain::payments::LineKind,
    integrations::statement::{Layout, StatementContext, read, shipped},
};

/// Reads the file of a bank; the first line names the profile that was chosen.
fn read_file(bank: &str) -> String {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statements/banks");
    let bytes = fs::read(dir.join(format!("{bank}.csv"))).unwrap();
    let context =
        StatementContext { currency: "GBP", layout: Layout::OneOf(&[]), trust_days: false };
    let read = read(bank, &bytes, &context).unwrap();
    let mut lines = vec![read.chosen.map_or("none".to_owned(), |name| name.to_string())];
    for row in &read.statement.rows {
        lines.push(match &row.content {
            Err(why) => format!("{}: {why}", row.number),
            Ok(line) => {
                let kind = match &line.kind {
                    LineKind::Plain => String::new(),
                    kind => format!(" ({kind})"),
                };
                let id = line.bank_id.as_ref().map_or(String::new(), |id| format!(" {id}"));
                format!("{}: {} {} {}{id}{kind}", row.number, line.date, line.amount, line.text)
            }
        });
    }
    assert_eq!(read.statement.warnings, [""; 0], "{bank}");
    lines.join("\n") + "\n"
}

#[test]
fn the_file_of_each_bank_is_read_by_its_profile() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statements/banks");
    let mut read = String::new();
    for (name, _) in shipped() {
        read.push_str(&format!("# {}\n", read_file(name.as_str())));
    }
    let place = dir.join("expected.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&place, &read).unwrap();
    }
    assert_eq!(read, fs::read_to_string(&place).unwrap(), "BLESS=1 writes it anew");
    for (name, _) in shipped() {
        assert!(read.contains(&format!("# {name}\n")), "{name} was read by another profile");
    }
}
