//! What a bank does not call income is credited to nobody, and what it took back is named.

use super::bank::{Bank, camt, detail};

/// Makes an OFX file of one transaction with these elements.
fn ofx(elements: &[&str]) -> String {
    let one = |(at, it): (usize, &&str)| {
        format!("<STMTTRN>{it}<DTPOSTED>20260601<FITID>F{}<NAME>A</STMTTRN>\n", at + 1)
    };
    let all: String = elements.iter().enumerate().map(one).collect();
    format!("OFXHEADER:100\n\n<OFX><CURDEF>GBP\n<BANKTRANLIST>\n{all}</BANKTRANLIST></OFX>\n")
}

#[test]
fn nothing_that_is_called_otherwise_is_credited() {
    let entry = |marks: &str, text: &str| {
        let document = camt(&[("25.00", "R1", &detail("", text))]);
        document.replacen(
            "<CdtDbtInd>CRDT</CdtDbtInd>",
            &format!("<CdtDbtInd>CRDT</CdtDbtInd>{marks}"),
            1,
        )
    };
    let returned = camt(&[("25.00", "R1", &detail("", "SM0001"))]).replacen(
        "</TxDtls>",
        "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>",
        1,
    );
    let below = camt(&[("-25.00", "R1", &detail("", "SM0001"))]);
    let aside = "aside not-income 0001";
    for (what, file, expected) in [
        (
            "a reversal of a debit",
            entry("<RvslInd>true</RvslInd>", "Refund SM0001 came back"),
            aside,
        ),
        ("a refund that came back", returned, aside),
        ("an amount below zero", below, "ignored"),
        ("a debit without a sign", ofx(&["<TRNTYPE>DEBIT<TRNAMT>25.00<MEMO>SM0001 refund"]), aside),
        ("a fee", ofx(&["<TRNTYPE>FEE<TRNAMT>25.00<MEMO>SM0001"]), aside),
        ("a cheque that we wrote", ofx(&["<TRNTYPE>CHECK<TRNAMT>25.00<MEMO>SM0001"]), aside),
        ("an electricity bill", ofx(&["<TRNTYPE>DEBIT<TRNAMT>80.00<MEMO>POWER"]), "ignored"),
        ("a plain payment", entry("<RvslInd>false</RvslInd>", "SM0001"), "credited 0001 1"),
    ] {
        let mut bank = Bank::new();
        assert_eq!(bank.import(&[&file]), [expected], "{what}");
        let again = bank.import(&[&file]);
        assert_eq!(again, [if expected == "ignored" { "ignored" } else { "known" }], "{what}");
    }
}

#[test]
fn neither_a_correction_nor_what_it_corrects_is_credited() {
    let first = "<TRNTYPE>CREDIT<TRNAMT>25.00<MEMO>SM0001";
    let second = "<TRNTYPE>CREDIT<TRNAMT>25.00<CORRECTFITID>F1<CORRECTACTION>REPLACE<MEMO>SM0001";
    let third = "<TRNTYPE>CREDIT<TRNAMT>25.00<CORRECTFITID>F2<CORRECTACTION>DELETE<MEMO>SM0001";
    let mut bank = Bank::new();
    assert_eq!(bank.import(&[&ofx(&[first, second, third])]), ["aside not-income 0001"; 3]);
    assert_eq!(bank.months(1), 0);
    // Those that come later do not undo what was credited; a person does.
    let mut bank = Bank::new();
    assert_eq!(bank.import(&[&ofx(&[first])]), ["credited 0001 1"]);
    let all = bank.import(&[&ofx(&[first, second, third])]);
    assert_eq!(all, ["known", "aside not-income 0001", "aside not-income 0001"]);
    assert_eq!(bank.months(1), 1);
}
