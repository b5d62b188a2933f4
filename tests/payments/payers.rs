//! Payers who are remembered.

use super::bank::{Bank, csv, ofx};

#[test]
fn strangers_are_not_credited_by_words_of_the_bank() {
    let row = |day, id, memo| ofx(&[(day, "25.00", id, "FASTER PAYMENT RECEIVED", memo)]);
    let mut bank = Bank::new();
    bank.import(&[&row(1, "F1", "MRS ADA DUES")]);
    bank.assign("MRS ADA", 1, true).unwrap();
    assert_eq!(bank.import(&[&row(8, "F2", "ZOE STRANGER DONATION")]), ["aside no-reference"]);
    assert_eq!(bank.import(&[&row(12, "F3", "MRS ADA DUES")]), ["credited 0001 1"]);

    let mut bank = Bank::new();
    bank.import(&[&csv(&[(1, "25.00", "CASH DEPOSIT 0501", "")])]);
    let refused = bank.assign("CASH", 1, true).unwrap_err();
    assert!(refused.contains("cannot be remembered"), "{refused}");
    bank.assign("CASH", 1, false).unwrap();
    let found = bank.import(&[&csv(&[(9, "25.00", "CASH DEPOSIT 0601", "")])]);
    assert_eq!(found, ["aside no-reference"]);
}

#[test]
fn a_payer_counts_only_where_nothing_looks_like_a_reference() {
    let row = |day, id, memo| ofx(&[(day, "25.00", id, "J KING", memo)]);
    let mut bank = Bank::new();
    bank.import(&[&row(1, "F1", "dues")]);
    bank.assign("KING", 3, true).unwrap();
    for (id, memo, expected) in [
        ("F2", "SM-0002 for Bob", "aside doubtful-reference 0002 0003"),
        ("F3", "SMOO02", "aside doubtful-reference 0002 0003"),
        ("F4", "SM 99999", "aside unknown-member 0003"),
        ("F5", "SM0001", "credited 0001 1"),
        ("F6", "thank you", "credited 0003 1"),
    ] {
        let mut bank = Bank { records: bank.records.clone() };
        assert_eq!(bank.import(&[&row(9, id, memo)]), [expected], "{memo}");
    }
}

#[test]
fn a_payer_is_not_silently_given_to_somebody_else() {
    let row = |day, id| ofx(&[(day, "25.00", id, "J KING", "dues")]);
    let mut bank = Bank::new();
    bank.import(&[&ofx(&[(1, "30.00", "F0", "J KING", "a gift")]), &row(1, "F1")]);
    bank.assign("dues", 3, true).unwrap();
    bank.import(&[&ofx(&[(12, "26.00", "F2", "J KING", "chair")])]);
    let refused = bank.assign("chair", 1, true).unwrap_err();
    assert!(refused.contains("26.00") || refused.contains("no whole number"), "{refused}");
    assert_eq!(bank.import(&[&row(12, "F3")]), ["credited 0003 1"]);
}
