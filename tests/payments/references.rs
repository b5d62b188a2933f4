//! Whose a transaction is, as people and banks write it, read from files.

use super::bank::{Bank, camt, csv, detail, ofx};

/// Imports one transaction with a name and a memo.
fn of(name: &str, memo: &str) -> String {
    Bank::new().import(&[&ofx(&[(1, "25.00", "F1", name, memo)])]).remove(0)
}

#[test]
fn a_reference_that_is_cut_is_nobodys() {
    for (name, memo, expected) in [
        ("J SMITH STO SM004", "2", "aside doubtful-reference 0042 0004"),
        ("J", "SM004 2", "aside doubtful-reference 0042 0003"),
        ("J", "SM42 0", "aside doubtful-reference 0420 0042"),
        ("J", "SUTTON SM1 2AB", "aside doubtful-reference"),
        ("J", "SM6 0XX MEMBERSHIP", "aside doubtful-reference"),
        ("J", "SM0042 2026", "credited 0042 1"),
        ("J", "SM  0001", "aside doubtful-reference 0001"),
        ("MAXIMUM SM", "0001", "aside doubtful-reference 0001"),
        ("J", "SM9999999999999", "aside doubtful-reference"),
        ("J", "SM0001 SM9999999999999", "aside doubtful-reference 0001"),
    ] {
        let expected = expected.replace("0042 0004", "0042 0003");
        assert_eq!(of(name, memo), expected, "{name} | {memo}");
    }
    let table = csv(&[(1, "25.00", "SM004\n2", "")]);
    assert_eq!(Bank::new().import(&[&table]), ["aside doubtful-reference 0042 0003"]);
}

#[test]
fn of_two_members_nobody_gets_it_all() {
    for memo in [
        "SM0001 & 0002",
        "SM0001+2",
        "SM0001/0002",
        "SM0001, 0002",
        "SM0001 and 2",
        "SM0001<BR/>SM0002",
        "SM0001 x SM0002",
    ] {
        assert_eq!(of("COUPLE", memo), "aside several-references 0001 0002", "{memo}");
    }
    for memo in ["SM0003 SM0004", "SM0004 & 0003", "SM0004"] {
        assert_eq!(of("FAMILY", memo), "credited 0003 1", "{memo}");
    }
    // Beyond what is kept of a text.
    let more: String =
        (0..9).map(|n| format!("<Ustrd>{}</Ustrd>", format!("x{n} ").repeat(30))).collect();
    let details = format!(
        "<TxDtls><RmtInf><Ustrd>SM0001</Ustrd>{more}<Ustrd>SM0002</Ustrd></RmtInf></TxDtls>"
    );
    let found = Bank::new().import(&[&camt(&[("25.00", "L1", &details)])]);
    assert_eq!(found, ["aside several-references 0001 0002"]);
}

#[test]
fn what_is_mistyped_is_suggested() {
    for memo in [
        "SM-0042",
        "SM_0042",
        "SM/0042",
        "SM.0042",
        "SM:0042",
        "SM#0042",
        "SMOO42",
        "SMO042",
        "5M0042",
        "SVWZ+SM0042ABWA+X",
        "SM0042SM0042",
        "RF18SM0042",
    ] {
        assert_eq!(of("P", memo), "aside doubtful-reference 0042", "{memo}");
    }
    let structured = |inside: &str| {
        let details = format!("<TxDtls><RmtInf><Strd>{inside}</Strd></RmtInf></TxDtls>");
        Bank::new().import(&[&camt(&[("25.00", "R1", &details)])]).remove(0)
    };
    let reference = structured("<CdtrRefInf><Ref>RF18SM0042</Ref></CdtrRefInf>");
    assert_eq!(reference, "aside doubtful-reference 0042");
    assert_eq!(structured("<AddtlRmtInf>SM0042</AddtlRmtInf>"), "credited 0042 1");
    assert_eq!(of("P", "dues<REFNUM>SM0042"), "credited 0042 1");
    assert_eq!(of("P", "dues<EXTDNAME>P SM0042"), "credited 0042 1");
}

#[test]
fn a_batch_that_is_not_listed_is_kept_aside_whole() {
    let count = "<Btch><NbOfTxs>3</NbOfTxs></Btch>";
    for (amount, details) in [
        ("50.00", detail("", "SM0001") + &detail("", "no reference")),
        ("75.00", detail("", "SM0001") + &detail("", "Sue Young") + &detail("", "Tim")),
        ("75.00", format!("{count}{}", detail("25.00", "SM0001"))),
        ("75.00", format!("{count}{}", detail("", "SM0001"))),
        ("75.00", detail("25.00", "SM0001")),
        ("75.00", detail("25.00", "SM0001") + &detail("25.00", "SM0001")),
        ("75.00", format!("{count}{}{}", detail("25.00", "SM0001"), detail("50.00", "SM0002"))),
    ] {
        let found = Bank::new().import(&[&camt(&[(amount, "c5", &details)])]);
        assert_eq!(
            found,
            ["aside batch 0001"].map(|it| match details.contains("SM0002") {
                true => "aside batch 0001 0002",
                false => it,
            }),
            "{details}"
        );
    }
    let one = format!("<Btch><NbOfTxs>1</NbOfTxs></Btch>{}", detail("25.00", "SM0001"));
    assert_eq!(Bank::new().import(&[&camt(&[("25.00", "c5", &one)])]), ["credited 0001 1"]);
}
