//! The forms that statements come in: quotes, days, amounts, directions, encodings and formats, each in
//! a table of variants.

use space::{
    domain::{
        model::{Columns, DirectionColumn, Slug, StatementProfile, StatusColumn},
        payments::{LineKind, StatementLine},
    },
    integrations::statement::{
        Layout, ReadStatement, Refused, Remedy, StatementContext, read, unpack,
    },
};

/// A profile of the columns `Date`, `Amount` and `Text`.
fn plain() -> StatementProfile {
    StatementProfile {
        name: "plain".into(),
        separator: ',',
        encoding: "utf-8".into(),
        decimal: '.',
        date_form: "%d/%m/%Y".into(),
        lines_above: 0,
        header: true,
        columns: Columns {
            date: "Date".into(),
            amount: Some("Amount".into()),
            text: vec!["Text".into()],
            ..Columns::default()
        },
    }
}

fn by(profile: &StatementProfile, document: &[u8]) -> Result<ReadStatement, Refused> {
    let layout = Layout::Profile(profile);
    read("x", document, &StatementContext { currency: "GBP", layout, trust_days: false })
}

fn without_profile(document: &[u8]) -> Result<ReadStatement, Refused> {
    let layout = Layout::OneOf(&[]);
    read("x", document, &StatementContext { currency: "GBP", layout, trust_days: false })
}

/// Formats each line as `2: 2500 SM0001`, or with the reason why it cannot be read.
fn lines(read: &ReadStatement) -> Vec<String> {
    let row = |row: &space::domain::payments::StatementRow| match &row.content {
        Ok(line) => format!("{}: {} {}", row.number, line.amount, line.text),
        Err(why) => format!("{}: {why}", row.number),
    };
    read.statement.rows.iter().map(row).collect()
}

fn only(read: &ReadStatement) -> &StatementLine {
    let [row] = read.statement.rows.as_slice() else { panic!("{read:?}") };
    row.content.as_ref().unwrap()
}

#[test]
fn every_line_of_a_table_is_told_whatever_the_quotes() {
    let open = "a quotation mark in it is never closed";
    for (table, expected) in [
        // A quotation mark that is never closed.
        (
            "01/06/2026,25.00,SM0001\n02/06/2026,25.00,\"SM0002 for june\n03/06/2026,25.00,MRS KING\n\
             04/06/2026,50.00,SMITH\n",
            &["2: 2500 SM0001", "3: 2500 SM0002 for june", "4: 2500 MRS KING", "5: 5000 SMITH"][..],
        ),
        // It is closed by the opening one of the next line that has some.
        (
            "01/06/2026,25.00,\"SM0001\n02/06/2026,25.00,\"SM0002\"\n",
            &["2: 2500 SM0001", "3: 2500 SM0002"],
        ),
        // It hides a separator.
        (
            "01/06/2026,25.00,\"SM0001, june\n02/06/2026,25.00,SM0002\n",
            &[&format!("2: {open}"), "3: 2500 SM0002"],
        ),
        ("01/06/2026,25.00,\"SM0001, \"\"june\"\"\"\n", &["2: 2500 SM0001, \"june\""]),
        ("01/06/2026,25.00,2\" pipe SM0001\n", &["2: 2500 2\" pipe SM0001"]),
        (
            "01/06/2026,25.00,\"SM0001\n\nfor june\"\n02/06/2026,25.00,SM0002\n",
            &["2: 2500 SM0001 for june", "5: 2500 SM0002"],
        ),
        // Lines of another width.
        (
            "01/06/2026,25.00,SM0001,SM0002\n02/06/2026,25.00\n,,\n03/06/2026,25.00,SM0003,\n",
            &["2: it has 4 columns, but the header line has 3", "3: 2500 ", "5: 2500 SM0003"],
        ),
        (
            "\"01/06/2026,25.00,SM0001\n02/06/2026,25.00,SM0002\n",
            &["2: 2500 SM0001", "3: 2500 SM0002"],
        ),
    ] {
        let document = format!("Date,Amount,Text\n{table}");
        assert_eq!(lines(&by(&plain(), document.as_bytes()).unwrap()), expected, "{table}");
        let dos = document.replace('\n', "\r\n");
        assert_eq!(lines(&by(&plain(), dos.as_bytes()).unwrap()), expected, "{table}");
        let mac = document.replace('\n', "\r");
        assert_eq!(lines(&by(&plain(), mac.as_bytes()).unwrap()), expected, "{table}");
    }
}

#[test]
fn one_day_in_another_order_puts_the_whole_column_in_doubt() {
    for (form, days, doubt) in [
        ("%d/%m/%Y", ["06/01/2026", "06/14/2026", "05/31/2026"], Some("%m/%d/%Y")),
        ("%m/%d/%Y", ["06/01/2026", "14/06/2026", "05/06/2026"], Some("%d/%m/%Y")),
        ("%d/%m/%Y", ["01/06/2026", "2026-06-14", "03/06/2026"], Some("%Y-%m-%d")),
        ("%d.%m.%Y", ["01.06.2026", "14.06.26", "15.06.26"], Some("%d.%m.%y")),
        ("%d/%m/%Y", ["01/06/2026", "31/02/2026", "03/06/2026"], None),
        ("%d/%m/%Y", ["01/06/2026", "Total", "03/06/2026"], None),
        ("%d/%m/%Y", ["01/06/2026", "", "03/06/2026"], None),
    ] {
        let rows = days.map(|day| format!("{day},25.00,SM0001\n")).concat();
        let document = format!("Date,Amount,Text\n{rows}");
        let profile = StatementProfile { date_form: form.into(), ..plain() };
        match (by(&profile, document.as_bytes()), doubt) {
            (Err(refused), Some(other)) => {
                assert_eq!(refused.remedy, Remedy::TrustDays);
                assert!(refused.message.contains(other), "{refused:?}");
                let layout = Layout::Profile(&profile);
                let context = StatementContext { currency: "GBP", layout, trust_days: true };
                let read = read("x", document.as_bytes(), &context).unwrap();
                assert!(read.statement.rows.iter().any(|row| row.content.is_ok()));
            }
            (Ok(read), None) => {
                let read = read.statement.rows.iter().filter(|row| row.content.is_ok()).count();
                assert_eq!(read, 2, "{days:?}");
            }
            (other, _) => panic!("{days:?}: {other:?}"),
        }
    }
}

#[test]
fn a_day_may_have_a_time_and_no_offset_moves_it() {
    for (form, day) in [
        ("%Y-%m-%d %H:%M:%S", "2026-06-01 23:59:59"),
        ("%Y-%m-%d %H:%M:%S %z", "2026-06-01 23:59:59 +0000"),
        ("%Y-%m-%d %H:%M:%S %z", "2026-06-01 00:00:01 -1100"),
        ("%d/%m/%Y %H:%M", "01/06/2026 00:00"),
        ("%d/%m/%Y", "01/06/2026 23:59"),
        ("%Y-%m-%d", "2026-06-01T23:59:59.999Z"),
    ] {
        let profile = StatementProfile { date_form: form.into(), ..plain() };
        let document = format!("Date,Amount,Text\n{day},25.00,SM0001\n");
        let read = by(&profile, document.as_bytes()).unwrap();
        assert_eq!(only(&read).date.to_string(), "2026-06-01", "{day}");
    }
}

#[test]
fn a_column_may_say_which_way_the_money_went() {
    for (word, amount, expected) in [
        ("C", "25.00", Ok(2500)),
        ("D", "25.00", Ok(-2500)),
        ("DR", "25.00", Ok(-2500)),
        ("cr", "25.00", Ok(2500)),
        ("S", "25.00", Ok(-2500)),
        ("H", "25.00", Ok(2500)),
        ("Af", "25.00", Ok(-2500)),
        ("Bij", "25.00", Ok(2500)),
        ("OUT", "25.00", Ok(-2500)),
        ("Debit", "-25.00", Ok(-2500)),
        ("Credit", "-25.00", Err("`Credit` says that it came in, but its amount is below zero")),
        ("", "25.00", Err("`` does not say whether it came in or went out")),
        ("X", "25.00", Err("`X` does not say whether it came in or went out")),
    ] {
        let document = format!("Date,Amount,Text,Way\n01/06/2026,{amount},SM0001,{word}\n");
        let mut profile = plain();
        let way = |incoming: &[&str], outgoing: &[&str]| {
            let words = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
            let (incoming, outgoing) = (words(incoming), words(outgoing));
            Some(DirectionColumn { column: "Way".into(), incoming, outgoing })
        };
        profile.columns.direction = way(&[], &[]);
        let read = by(&profile, document.as_bytes()).unwrap();
        let content = read.statement.rows[0].content.as_ref();
        assert_eq!(content.map(|line| line.amount).map_err(String::as_str), expected, "{word}");
        // With words of its own, a profile knows no others.
        profile.columns.direction = way(&["X"], &["Y"]);
        let read = by(&profile, document.as_bytes()).unwrap();
        assert_eq!(read.statement.rows[0].content.is_ok(), word == "X", "{word}");
    }
}

#[test]
fn a_column_for_the_direction_is_not_overlooked() {
    let unsigned =
        b"Date,Amount,DC,Text\n01/06/2026,25.00,D,REFUND SM0001\n01/06/2026,25.00,C,SM0002\n";
    let refused = by(&plain(), unsigned).unwrap_err();
    assert!(refused.message.contains("the column `DC` seems to say"), "{refused:?}");
    for harmless in [
        // The sign says it already, or no word is for outgoing money.
        &b"Date,Amount,DC,Text\n01/06/2026,-25.00,D,REFUND SM0001\n01/06/2026,25.00,C,SM0002\n"[..],
        b"Date,Amount,DC,Text\n01/06/2026,25.00,C,SM0001\n",
        b"Date,Amount,DC,Text\n01/06/2026,25.00,-,SM0001\n",
        b"Date,Amount,DC,Text\n01/06/2026,25.00,D,SM0001\n01/06/2026,25.00,Z,SM0001\n",
    ] {
        assert!(by(&plain(), harmless).is_ok());
    }
}

#[test]
fn only_booked_transactions_count() {
    let pending = "2: it is not booked yet; import it again once it is";
    for (booked, word, expected) in [
        (&[][..], "Completed", "2: 2500 SM0001"),
        (&[], "Umsatz gebucht", "2: 2500 SM0001"),
        (&[], "Umsatz vorgemerkt", pending),
        (&[], "PENDING", pending),
        (&[], "Denied", "2: its status is `Denied`"),
        (&[], "", "2: its status is ``"),
        (&["ok"], "OK", "2: 2500 SM0001"),
        (&["ok"], "Completed", "2: its status is `Completed`"),
        (&["ok"], "pending", pending),
    ] {
        let mut profile = plain();
        let booked = booked.iter().map(|it: &&str| (*it).to_owned()).collect();
        profile.columns.status = Some(StatusColumn { column: "State".into(), booked });
        let document = format!("Date,Amount,Text,State\n01/06/2026,25.00,SM0001,{word}\n");
        assert_eq!(lines(&by(&profile, document.as_bytes()).unwrap()), [expected], "{word}");
    }
}

#[test]
fn amounts_are_read_as_banks_write_them() {
    for (written, expected) in [
        ("25.0000", "2: 2500 SM0001"),
        ("£25.00", "2: 2500 SM0001"),
        ("25.00 GBP", "2: 2500 SM0001"),
        ("(25.00)", "2: -2500 SM0001"),
        ("25.00 CR", "2: 2500 SM0001"),
        ("25.00 DR", "2: -2500 SM0001"),
        ("\"1,250.00\"", "2: 125000 SM0001"),
        ("$25.00", "2: `$25.00` is not in GBP"),
        ("25.00 EUR", "2: `25.00 EUR` is not in GBP"),
        ("25.000", "2: `25.000` has 3 decimal places, but the currency has 2"),
        ("\"25,00\"", "2: `25,00` is not a valid amount"),
    ] {
        let document = format!("Date,Amount,Text\n01/06/2026,{written},SM0001\n");
        assert_eq!(lines(&by(&plain(), document.as_bytes()).unwrap()), [expected], "{written}");
    }
}

#[test]
fn a_table_may_have_no_header_line() {
    let mut profile = StatementProfile { header: false, ..plain() };
    profile.columns = Columns {
        date: "1".into(),
        amount: Some("3".into()),
        text: vec!["2".into(), "5".into()],
        ..Columns::default()
    };
    let read = by(&profile, b"01/06/2026,SM0001,25.00\n02/06/2026,A,25.00,,SM0002\n").unwrap();
    assert_eq!(lines(&read), ["1: 2500 SM0001", "2: 2500 A SM0002"]);
    profile.lines_above = 1;
    let read = by(&profile, b"Account 1\n01/06/2026,SM0001,25.00\n").unwrap();
    assert_eq!(lines(&read), ["2: 2500 SM0001"]);
}

#[test]
fn the_header_line_is_found_wherever_it_is() {
    for above in ["", "Account;1\n", "\n\nAccount\n\n", "Date,Text\n"] {
        for separator in [",", ";", "\t"] {
            let table =
                "Text,Amount,Date,Other\nSM0001,25.00,01/06/2026,x\n".replace(',', separator);
            let read = by(&plain(), format!("{above}{table}").as_bytes()).unwrap();
            assert_eq!(only(&read).amount, 2500, "{above}{table}");
        }
    }
    let refused = by(&plain(), b"Day,Amount,Text\n").unwrap_err();
    assert_eq!(refused.remedy, Remedy::CorrectProfile);
    assert!(refused.message.ends_with("line 1 has no column `Date`; it has: Day, Amount, Text"));
}

#[test]
fn the_encoding_does_not_matter() {
    let table = "Date,Amount,Text\n01/06/2026,25.00,SM0001 Zoë\n";
    let ofx = "OFXHEADER:100\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><STMTTRN><TRNTYPE>CREDIT\
               <DTPOSTED>20260601<TRNAMT>25.00<FITID>F<NAME>SM0001 Zoë</STMTTRN></OFX>\n";
    let camt = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Document><BkToCstmrStmt><Ntry><Amt Ccy=\"GBP\">25.00\
                </Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-06-01</Dt></BookgDt><NtryDtls><TxDtls>\
                <RmtInf><Ustrd>SM0001 Zoë</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></BkToCstmrStmt></Document>";
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let latin = |text: &str| -> Vec<u8> {
        text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    };
    for document in [table, ofx, camt] {
        for bytes in [
            document.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", document.as_bytes()].concat(),
            little(document),
            little(&format!("\u{feff}{document}")),
            big(document),
            big(&format!("\u{feff}{document}")),
            latin(document),
        ] {
            let read = by(&plain(), &bytes).unwrap();
            let line = only(&read);
            assert_eq!((line.amount, line.text.as_str()), (2500, "SM0001 Zoë"), "{document}");
        }
    }
}

#[test]
fn a_profile_that_is_chosen_tells_the_encoding() {
    let mut polish = plain();
    polish.encoding = "iso-8859-2".into();
    let own = [("polish".parse().unwrap(), polish)];
    let layout = Layout::OneOf(&own);
    let context = StatementContext { currency: "GBP", layout, trust_days: false };
    let table = b"Date,Amount,Text\n01/06/2026,25.00,SM0001 \xa3\xf3d\xbc\n";
    assert_eq!(only(&read("x", table, &context).unwrap()).text, "SM0001 Łódź");
}

#[test]
fn an_entry_that_is_never_closed_swallows_nothing() {
    let entry = |id: &str, end: &str| {
        format!(
            "<Ntry><Amt Ccy=\"GBP\">25.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-06-01</Dt>\
             </BookgDt><AddtlNtryInf>{id}</AddtlNtryInf>{end}\n"
        )
    };
    let document = format!(
        "<Document><BkToCstmrStmt>\n{}{}{}</BkToCstmrStmt></Document>",
        entry("SM0001", "</Ntry>"),
        entry("SM0002", ""),
        entry("SM0003", "</Ntry>")
    );
    assert_eq!(
        lines(&without_profile(document.as_bytes()).unwrap()),
        ["2: 2500 SM0001", "3: it is never closed", "4: 2500 SM0003"]
    );
    let transaction = "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260601<TRNAMT>25.00<NAME>SM000";
    let document = format!("<OFX>\n{transaction}1\n{transaction}2\n{transaction}3</STMTTRN></OFX>");
    assert_eq!(
        lines(&without_profile(document.as_bytes()).unwrap()),
        ["2: 2500 SM0001", "3: 2500 SM0002", "4: 2500 SM0003"]
    );
}

#[test]
fn the_head_of_a_document_may_be_odd() {
    let transaction =
        "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260601<TRNAMT>25.00<FITID>F<NAME>SM0001</STMTTRN>";
    for head in [
        "<OFX>",
        "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX >",
        "<?xml version=\"1.0\"?><OFX xmlns=\"http://ofx.net/types/2003/04\">",
        "\n\n OFXHEADER:100\n<OFX>",
        "<OFX\n>",
    ] {
        let read = without_profile(format!("{head}{transaction}</OFX>").as_bytes()).unwrap();
        assert_eq!(only(&read).amount, 2500, "{head}");
        assert_eq!(read.statement.warnings, [""; 0]);
    }
    for (number, root) in
        [("053", "BkToCstmrStmt"), ("052", "BkToCstmrAcctRpt"), ("054", "BkToCstmrDbtCdtNtfctn")]
    {
        let document = format!(
            "<ns2:Document xmlns:ns2=\"urn:iso:std:iso:20022:tech:xsd:camt.{number}.001.08\"><ns2:{root}>\
             <ns2:Ntry><ns2:Amt Ccy=\"GBP\">25.00</ns2:Amt><ns2:CdtDbtInd>CRDT</ns2:CdtDbtInd>\
             <ns2:Sts><ns2:Cd>BOOK</ns2:Cd></ns2:Sts><ns2:BookgDt><ns2:DtTm>2026-06-01T23:59:00-05:00\
             </ns2:DtTm></ns2:BookgDt></ns2:Ntry></ns2:{root}></ns2:Document>"
        );
        let read = without_profile(document.as_bytes()).unwrap();
        assert_eq!(only(&read).date.to_string(), "2026-06-01", "{number}");
    }
}

#[test]
fn other_formats_are_named_with_what_to_export_instead() {
    for (document, advice) in [
        (
            &b":20:STARTUMSE\n:25:10050000/1\n:60F:C260601EUR1,00\n:61:2606010601C25,00NTRF"[..],
            "is MT940; export CAMT.053",
        ),
        (b"!Type:Bank\nD01/06/2026\nT25.00\n^\n", "is QIF"),
        (b"%PDF-1.7", "is a PDF for reading; export OFX, CAMT.053 or CSV"),
        (b"PK\x03\x04\x14\0\x08\0[Content_Types].xml", "is a workbook of Excel or the like"),
        (b"<html>", "is neither OFX nor CAMT; export one of these, or CSV"),
        (b"", "is empty"),
    ] {
        let refused = without_profile(document).unwrap_err();
        assert_eq!(refused.remedy, Remedy::Export);
        assert!(refused.message.contains(advice), "{refused:?}");
    }
}

#[test]
fn an_archive_is_read_like_its_files() {
    let bytes = super::file("two-files.zip");
    let files = unpack("june.zip", bytes).unwrap();
    let read: Vec<String> =
        files.iter().flat_map(|(_, bytes)| lines(&without_profile(bytes).unwrap())).collect();
    assert_eq!(read, ["4: 2500 A PERSON SM0001", "4: 2500 A PERSON SM0002"]);
    assert_eq!(files[0].0, "june.zip/may/1.xml");
}

#[test]
fn a_profile_is_chosen_by_the_header_line() {
    let named = |name: &str, profile| (name.parse::<Slug>().unwrap(), profile);
    let chosen = |own: &[(Slug, StatementProfile)], table: &str| {
        let layout = Layout::OneOf(own);
        let context = StatementContext { currency: "GBP", layout, trust_days: false };
        read("x", table.as_bytes(), &context).map(|read| read.chosen.unwrap().to_string())
    };
    let starling = "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n01/06/2026,A,SM0001,X,25.00,1\n";
    assert_eq!(chosen(&[], starling).unwrap(), "starling");
    // One of the space is preferred, and hides one of the same name.
    let mut own = plain();
    own.columns.amount = Some("Amount (GBP)".into());
    own.columns.text = vec!["Reference".into()];
    assert_eq!(chosen(&[named("ours", own.clone())], starling).unwrap(), "ours");
    own.columns.text = vec!["Nonsense".into()];
    assert_eq!(
        chosen(&[named("starling", own)], starling).unwrap_err().remedy,
        Remedy::DescribeColumns
    );
    // The days decide between two that are alike.
    let table = "Date,Amount,Text\n06/14/2026,25.00,SM0001\n06/01/2026,25.00,SM0001\n";
    let american = StatementProfile { date_form: "%m/%d/%Y".into(), ..plain() };
    let both = [named("british", plain()), named("american", american)];
    assert_eq!(chosen(&both, table).unwrap(), "american");
    let unclear = chosen(&both, &table.replace("14", "02")).unwrap_err();
    assert_eq!(unclear.message, "x fits several profiles: british, american");
    assert_eq!(unclear.remedy, Remedy::Choose(both.map(|(name, _)| name).to_vec()));
}

#[test]
fn what_the_bank_calls_a_transaction_is_kept() {
    let ofx = |inside: &str| {
        format!(
            "<OFX><STMTTRN>{inside}<DTPOSTED>20260601<FITID>F1<NAME>SM0001</STMTTRN>\
             <STMTTRN><TRNTYPE>OTHER<TRNAMT>1.00<DTPOSTED>20260601<FITID>F2<NAME>X</STMTTRN></OFX>"
        )
    };
    for (inside, kind) in [
        ("<TRNTYPE>CREDIT<TRNAMT>25.00", LineKind::Plain),
        ("<TRNTYPE>DEP<TRNAMT>25.00", LineKind::Plain),
        ("<TRNTYPE>ATM<TRNAMT>25.00", LineKind::Plain),
        ("<TRNTYPE>DEBIT<TRNAMT>-25.00", LineKind::Plain),
        ("<TRNTYPE>DEBIT<TRNAMT>25.00", LineKind::Debit),
        ("<TRNTYPE>CHECK<TRNAMT>25.00", LineKind::Debit),
        ("<TRNTYPE>DIRECTDEBIT<TRNAMT>25.00", LineKind::Debit),
        ("<TRNTYPE>FEE<TRNAMT>25.00", LineKind::Fee),
        ("<TRNTYPE>SRVCHG<TRNAMT>-25.00", LineKind::Fee),
        (
            "<TRNAMT>25.00<CORRECTFITID>F0<CORRECTACTION>REPLACE",
            LineKind::Correction(Some("F0".into())),
        ),
        ("<TRNAMT>25.00<CORRECTACTION>DELETE", LineKind::Correction(None)),
    ] {
        let read = without_profile(ofx(inside).as_bytes()).unwrap();
        assert_eq!(read.statement.rows[0].content.as_ref().unwrap().kind, kind, "{inside}");
        assert_eq!(read.statement.rows[1].content.as_ref().unwrap().kind, LineKind::Plain);
    }
    let corrected = ofx("<TRNAMT>25.00<CORRECTFITID>F2<CORRECTACTION>REPLACE");
    let read = without_profile(corrected.as_bytes()).unwrap();
    assert_eq!(read.statement.rows[1].content.as_ref().unwrap().kind, LineKind::Corrected);
    for (entry, detail, kind) in [
        ("", "", LineKind::Plain),
        ("<RvslInd>false</RvslInd>", "", LineKind::Plain),
        ("<RvslInd>true</RvslInd>", "", LineKind::Reversal),
        ("<RvslInd>1</RvslInd>", "", LineKind::Reversal),
        ("", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>", LineKind::Return(None)),
        ("", "<Amt Ccy=\"GBP\">20.00</Amt><RtrInf/>", LineKind::Return(Some(2000))),
        ("<BkTxCd><Prtry><Cd>NRTI+159+901</Cd></Prtry></BkTxCd>", "", LineKind::Return(None)),
        ("<BkTxCd><Prtry><Cd>NTRF+166+901</Cd></Prtry></BkTxCd>", "", LineKind::Plain),
        (
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>",
            "",
            LineKind::Return(None),
        ),
        (
            "<BkTxCd><Domn><Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn></BkTxCd>",
            "",
            LineKind::Fee,
        ),
    ] {
        let document = format!(
            "<Document><BkToCstmrStmt><Ntry><Amt Ccy=\"GBP\">25.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>{entry}\
             <BookgDt><Dt>2026-06-01</Dt></BookgDt><NtryDtls><TxDtls>{detail}</TxDtls></NtryDtls></Ntry>\
             </BkToCstmrStmt></Document>"
        );
        let read = without_profile(document.as_bytes()).unwrap();
        assert_eq!((only(&read).amount, &only(&read).kind), (-2500, &kind), "{entry}{detail}");
    }
}

#[test]
fn an_amount_below_zero_is_no_credit() {
    for (direction, expected) in
        [("CRDT", "1: it is called a credit, but its amount is below zero"), ("DBIT", "1: -2500 ")]
    {
        let document = format!(
            "<Document><BkToCstmrStmt><Ntry><Amt Ccy=\"GBP\">-25.00</Amt><CdtDbtInd>{direction}</CdtDbtInd>\
             <BookgDt><Dt>2026-06-01</Dt></BookgDt></Ntry></BkToCstmrStmt></Document>"
        );
        assert_eq!(lines(&without_profile(document.as_bytes()).unwrap()), [expected]);
    }
}
