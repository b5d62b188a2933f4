//! Statements with the oddities that banks are known for: the result of each file in
//! `tests/statements/`, line by line.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "statements/banks.rs"]
mod banks;
#[path = "statements/forms.rs"]
mod forms;

use std::{fs, path::Path};

use proptest::prelude::*;
use space::{
    domain::{
        model::{Columns, StatementProfile},
        payments::Statement,
    },
    integrations::statement::{Layout, Refused, StatementContext, read},
};

fn file(name: &str) -> Vec<u8> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statements");
    fs::read(dir.join(name)).unwrap()
}

/// Reads a file by a profile, or by the one that its header line tells.
fn read_as(
    name: &str,
    bytes: &[u8],
    profile: Option<&StatementProfile>,
) -> Result<Statement, Refused> {
    let layout = profile.map_or(Layout::OneOf(&[]), Layout::Profile);
    let context = StatementContext { currency: "GBP", layout, trust_days: false };
    read(name, bytes, &context).map(|read| read.statement)
}

fn statement(name: &str, profile: Option<&StatementProfile>) -> Statement {
    read_as(name, &file(name), profile).unwrap()
}

/// Formats the result, one line per transaction.
fn summary(statement: &Statement) -> Vec<String> {
    let row = |row: &space::domain::payments::StatementRow| match &row.content {
        Err(why) => format!("{}: {why}", row.number),
        Ok(line) => {
            let maybe = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
            format!(
                "{}: {} {} {} | {} | {} | {}",
                row.number,
                line.date,
                line.amount,
                maybe(&line.currency),
                line.text,
                maybe(&line.bank_id),
                maybe(&line.payer)
            )
        }
    };
    statement.rows.iter().map(row).collect()
}

#[test]
fn ofx_1_with_closing_tags_left_out() {
    let read = statement("closing-tags-left-out.ofx", None);
    assert_eq!(
        summary(&read),
        [
            "17: 2018-05-09 2500 GBP | ZOË PERSON SM0001 STO | F1 | ZOË PERSON",
            "25: 2018-05-08 125000 GBP | J SMITH & SON SM0002 DUES £ R&D | F2 | J SMITH & SON",
            "34: 2018-05-07 -870 GBP | POWER LTD | - | POWER LTD",
            "41: `25.000` has 3 decimal places, but the currency has 2",
            "48: `99999999999999999999.00` is too large for an amount",
            "55: `20189907` is not a valid date",
            "62: 2018-05-06 3000 EUR | EUROS SM0001 | F7 | EUROS SM0001",
            "70: 2018-05-06 2500 GBP | A<B LTD SM0003 | F8 | A<B LTD",
            "80: it is not booked yet; import it again once it is",
        ]
    );
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn ofx_1_in_one_line_and_in_utf_8() {
    assert_eq!(
        summary(&statement("one-line.ofx", None)),
        [
            "1: 2018-05-09 2500 GBP | ZOË SM0001 | F1 | ZOË SM0001",
            "1: 2018-05-09 2500 GBP | SM0001 | F2 | SM0001",
        ]
    );
}

#[test]
fn ofx_2_whole_and_cut_short() {
    let whole = summary(&statement("version-2.ofx", None));
    let first = "8: 2018-05-09 2500 GBP | J SMITH & SON SM0001 | X/1 2 | J SMITH & SON";
    assert_eq!(whole, [first, "17: 2018-05-10 5000 GBP | SM0002 | X2 | SM0002"]);
    let cut = statement("cut-short.ofx", None);
    assert_eq!(summary(&cut), [first, "17: the file ends in the middle of it"]);
    assert_eq!(cut.warnings, ["cut-short.ofx is incomplete: download it from the bank again"]);
}

#[test]
fn camt_053_with_batches() {
    let read = statement("batches.camt053.xml", None);
    let first = "5: 2018-05-09 2500 EUR | Zoë Person SM0001 Mai & Juni | R1 | \
                 Zoë Person DE02120300000000202051";
    assert_eq!(
        summary(&read),
        [
            first,
            "22: 2018-05-08 2500 EUR | SM0002 | R2/1 | -",
            "23: 2018-05-08 5000 EUR | B Person SM0003 | R2/2 | B Person",
            // The parts do not add up to the total, so it stays whole.
            "28: 2018-05-08 6000 EUR | SM0002 SM0003 Sammler | - | -",
            "37: 2018-05-08 -870 EUR | Strom | - | -",
            "41: it is not booked yet; import it again once it is",
            "45: `25.001` has 3 decimal places, but the currency has 2",
            "47: it is neither a credit nor a debit",
        ]
    );
    let cut = statement("cut-short.camt053.xml", None);
    assert_eq!(summary(&cut), [first, "16: the file ends in the middle of it"]);
    assert_eq!(cut.warnings.len(), 1);
}

fn german() -> StatementProfile {
    StatementProfile {
        name: "German".into(),
        separator: ';',
        encoding: "windows-1252".into(),
        decimal: ',',
        date_form: "%d.%m.%Y".into(),
        lines_above: 3,
        header: true,
        columns: Columns {
            date: "Buchungstag".into(),
            amount: Some("Betrag".into()),
            text: vec!["Auftraggeber".into(), "Verwendungszweck".into()],
            payer: Some("Auftraggeber".into()),
            currency: Some("währung".into()),
            ..Columns::default()
        },
    }
}

fn english() -> StatementProfile {
    StatementProfile {
        name: "English".into(),
        separator: ',',
        encoding: "utf-8".into(),
        decimal: '.',
        date_form: "%d/%m/%Y".into(),
        lines_above: 0,
        header: true,
        columns: Columns {
            date: "Date".into(),
            credit: Some("Paid in".into()),
            debit: Some("Paid out".into()),
            text: vec!["Description".into()],
            id: Some("Id".into()),
            ..Columns::default()
        },
    }
}

#[test]
fn csv_with_a_decimal_comma_and_lines_above() {
    assert_eq!(
        summary(&statement("german.csv", Some(&german()))),
        [
            "5: 2018-05-09 2500 EUR | Zoë \"Z\" Person SM0001 Mai | - | Zoë \"Z\" Person",
            "7: 2018-05-08 125000 EUR | B Person SM0002 | - | B Person",
            "8: 2018-05-08 -870 EUR | Strom AG Abschlag | - | Strom AG",
            "9: `25,000` has 3 decimal places, but the currency has 2",
            "10: `31.02.2018` is not a valid date in the format %d.%m.%Y",
            "11: 2018-05-08 2500 USD | E Person SM0005 | - | E Person",
            "12: `Saldo` is not a valid date in the format %d.%m.%Y",
        ]
    );
}

#[test]
fn csv_with_two_columns_cut_short() {
    let read = statement("two-columns.csv", Some(&english()));
    assert_eq!(
        summary(&read),
        [
            "2: 2018-05-09 2500 - | SM0001 | A1 | -",
            "3: 2018-05-09 -870 - | POWER | A2 | -",
            "4: it has no amount",
            "5: the file ends in the middle of it",
        ]
    );
    assert_eq!(read.warnings.len(), 1);
}

#[test]
fn csv_without_a_line_end_is_whole_unless_an_amount_may_go_on() {
    let mut profile = english();
    profile.columns = Columns {
        credit: None,
        debit: None,
        amount: Some("Sum".into()),
        id: None,
        ..profile.columns
    };
    let read = |end: &str| {
        let table =
            format!("Date,Description,Sum\n09/05/2018,SM0001,25.00\n09/05/2018,SM0002,{end}");
        let read = read_as("x", table.as_bytes(), Some(&profile)).unwrap();
        (read.rows[1].content.as_ref().map(|line| line.amount).ok(), read.warnings.len())
    };
    assert_eq!((read("250.00"), read("250.00\n")), ((Some(25_000), 1), (Some(25_000), 0)));
    assert_eq!((read("25"), read("25\n"), read("25.0")), ((None, 1), (Some(2500), 0), (None, 1)));
}

#[test]
fn a_file_may_be_cut_anywhere() {
    for (name, profile) in [
        ("closing-tags-left-out.ofx", None),
        ("version-2.ofx", None),
        ("batches.camt053.xml", None),
        ("german.csv", Some(german())),
    ] {
        let bytes = file(name);
        let whole = read_as(name, &bytes, profile.as_ref()).unwrap();
        for end in 0..bytes.len() {
            let Ok(cut) = read_as(name, &bytes[..end], profile.as_ref()) else { continue };
            let known = cut.rows.len().saturating_sub(1);
            assert_eq!(cut.rows[..known], whole.rows[..known], "{name}, cut at {end}");
            let last = cut.rows.last().map(|row| row.content.is_err() || whole.rows.contains(row));
            // The only possible error in a truncated line of a table is its last column.
            assert!(last != Some(false) || profile.is_some(), "{name}, cut at {end}");
        }
    }
}

/// Long and meaningless files are read to their end, and long batches completely.
#[test]
fn no_file_is_too_long() {
    let (ofx, camt) = ("<OFX><STMTTRN><MEMO>", "<Document><BkToCstmrStmt><Ntry>");
    for piece in ["&", "<", "<a", "<a>", "</a>", "<!--", "<![CDATA[", "&amp", "\n", "<MEMO>x"] {
        for head in [ofx, camt] {
            let file = format!("{head}{}", piece.repeat(100_000));
            assert!(read_as("x", file.as_bytes(), None).is_ok());
        }
    }
    let detail = "<TxDtls><Amt Ccy=\"GBP\">1</Amt><RmtInf><Ustrd>a</Ustrd></RmtInf></TxDtls>";
    let batch = format!(
        "{camt}<Amt Ccy=\"GBP\">10000</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2018-05-09</Dt>\
         </BookgDt><NtryDtls>{}</NtryDtls></Ntry></BkToCstmrStmt></Document>",
        detail.repeat(10_000)
    );
    assert_eq!(read_as("x", batch.as_bytes(), None).unwrap().rows.len(), 10_000);
}

#[test]
fn a_file_that_is_not_a_statement_is_refused_with_the_reason() {
    let (profile, german) = (english(), german());
    for (bytes, profile, reason) in [
        (
            &b"a,b\n1,2\n"[..],
            None,
            "x is neither OFX nor CAMT, and reading a table needs a profile",
        ),
        (b"<html></html>", None, "x is neither OFX nor CAMT; export one of these, or CSV"),
        (b" \n", Some(&profile), "x is empty"),
        (b"a,b\n1,2\n", Some(&profile), "line 1 has no column `Date`; it has: a, b"),
        (b"a;b", Some(&german), "line 4 has no column `Buchungstag`"),
        (b"\x00\xff\xfe", None, "x is neither"),
    ] {
        let error = read_as("x", bytes, profile).unwrap_err();
        assert!(error.message.contains(reason), "{error:?}");
    }
    let empty = read_as("x", b"OFXHEADER:100\n<OFX></OFX>", None).unwrap();
    assert_eq!(empty.warnings, ["x is OFX but has no transactions"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn damage_only_causes_unreadable_lines(
        which in 0..4_usize,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, any::<Vec<u8>>(), any::<prop::sample::Index>()), 1..4),
    ) {
        let (german, english) = (german(), english());
        let (name, profile) = [
            ("closing-tags-left-out.ofx", None),
            ("batches.camt053.xml", None),
            ("german.csv", Some(&german)),
            ("two-columns.csv", Some(&english)),
        ][which];
        let mut bytes = file(name);
        for (at, length, other, from) in damage {
            // Some of it is removed, and something else inserted: any bytes, or a piece of the
            // file.
            let at = at.index(bytes.len() + 1);
            let end = bytes.len().min(at + length);
            let from = from.index(bytes.len() + 1);
            let piece = bytes[from..bytes.len().min(from + length)].to_vec();
            bytes.splice(at..end, if other.len() % 2 == 0 { piece } else { other });
        }
        let Ok(read) = read_as(name, &bytes, profile) else {
            return Ok(());
        };
        for row in &read.rows {
            prop_assert!(row.number >= 1);
            if let Ok(line) = &row.content {
                prop_assert!((1900..2200).contains(&line.date.year()));
                prop_assert!(line.text.len() <= 500 && !line.text.contains(char::is_control));
                prop_assert!(line.bank_id.as_ref().is_none_or(|id| !id.is_empty()));
            }
        }
    }
}
