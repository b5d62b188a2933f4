//! The same money under another identity is not credited twice.

use jiff::civil::date;

use super::bank::{Bank, camt, csv, detail, ofx};

/// What the same money may come as, after it was credited from an OFX file.
fn other_forms() -> Vec<(&'static str, String)> {
    let row = |day, id, name, memo| ofx(&[(day, "25.00", id, name, memo)]);
    vec![
        ("another id", row(1, "T1", "A PAYER", "SM0001")),
        ("another id and capitals", row(1, "T1", "a payer", "sm0001")),
        ("another id, a day later", row(2, "T1", "A PAYER", "SM0001")),
        ("another id, over a weekend", row(4, "T1", "A PAYER", "SM0001")),
        ("another id, a day earlier", row(31 - 30, "T2", "A PAYER STO", "SM 0001")),
        ("a table", csv(&[(1, "25.00", "A PAYER SM0001", "")])),
        ("a table, a day later", csv(&[(2, "25.00", "A PAYER SM0001", "")])),
        ("a table with other words", csv(&[(1, "25.00", "A Payer SM0001 STO", "")])),
        ("a table with an id", csv(&[(1, "25.00", "A PAYER SM0001", "77")])),
        ("a table without the reference", csv(&[(1, "25.00", "A PAYER", "")])),
        ("a table with a mistyped reference", csv(&[(2, "25.00", "A PAYER SM-0001", "")])),
        ("an entry", camt(&[("25.00", "R1", &detail("", "SM0001"))])),
    ]
}

#[test]
fn what_may_be_known_is_kept_aside_with_its_twin() {
    for (how, file) in other_forms() {
        let mut bank = Bank::new();
        bank.import(&[&ofx(&[(1, "25.00", "S1", "A PAYER", "SM0001")])]);
        let found = bank.import(&[&file]);
        assert_eq!(
            found,
            ["aside perhaps-known 0001"].map(|it| match how {
                "a table without the reference" => "aside perhaps-known",
                _ => it,
            }),
            "{how}"
        );
        assert_eq!(bank.months(1), 1, "{how}");
    }
}

#[test]
fn files_that_are_imported_together_are_compared_as_well() {
    let first = ofx(&[(1, "25.00", "S1", "A PAYER", "SM0001")]);
    for (how, file) in other_forms() {
        for files in [[&first, &file], [&file, &first]] {
            let mut bank = Bank::new();
            bank.import(&files.map(String::as_str));
            assert!(bank.months(1) <= 1, "{how}");
        }
    }
}

#[test]
fn a_person_says_whether_it_is_the_same_money() {
    let first = ofx(&[(1, "25.00", "S1", "A PAYER", "SM0001")]);
    let second = csv(&[(2, "25.00", "A PAYER STO SM0001", "")]);
    let mut bank = Bank::new();
    bank.import(&[&first]);
    bank.import(&[&second]);
    bank.same("STO");
    assert_eq!((bank.months(1), bank.import(&[&second])), (1, vec!["known".to_owned()]));
    let mut bank = Bank::new();
    bank.import(&[&first]);
    bank.import(&[&second]);
    bank.assign("STO", 1, false).unwrap();
    assert_eq!((bank.months(1), bank.import(&[&second])), (2, vec!["known".to_owned()]));
}

#[test]
fn two_equal_payments_in_one_statement_are_two() {
    let rows = [(1, "25.00", "S1", "A PAYER", "SM0001"), (2, "25.00", "S2", "A PAYER", "SM0001")];
    let mut bank = Bank::new();
    assert_eq!(bank.import(&[&ofx(&rows)]), ["credited 0001 1", "credited 0001 1"]);
    // A longer export that has them both and a third one.
    let third = (3, "25.00", "S3", "A PAYER", "SM0001");
    let longer = ofx(&[rows[0], rows[1], third]);
    assert_eq!(bank.import(&[&longer]), ["known", "known", "credited 0001 1"]);
    // One record is the twin of one line only.
    let table = csv(&[
        (1, "25.00", "A PAYER SM0001", ""),
        (1, "25.00", "A PAYER SM0001", ""),
        (2, "25.00", "A PAYER SM0001", ""),
        (3, "25.00", "A PAYER SM0001", ""),
    ]);
    let found = bank.import(&[&table]);
    let aside = found.iter().filter(|it| it.starts_with("aside perhaps-known")).count();
    assert_eq!((aside, bank.months(1)), (3, 4), "{found:?}");
}

/// Two payments of two days each, and the same two a day or two later in another format.
#[test]
fn each_twin_finds_a_record_however_the_days_move() {
    let one = ofx(&[(1, "25.00", "S1", "A", "SM0001"), (3, "25.00", "S2", "A", "SM0001")]);
    for days in [(1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5), (3, 5), (4, 6)] {
        let rows = [(days.0, "25.00", "A SM0001", ""), (days.1, "25.00", "A SM0001", "")];
        let mut bank = Bank::new();
        bank.import(&[&one]);
        let found = bank.import(&[&csv(&rows)]);
        assert_eq!(found, ["aside perhaps-known 0001", "aside perhaps-known 0001"], "{days:?}");
    }
}

#[test]
fn other_money_is_no_twin() {
    for other in [
        (1, "25.00", "T1", "B PAYER", "SM0002"),
        (1, "50.00", "T1", "A PAYER", "SM0001"),
        (5, "25.00", "T1", "A PAYER", "SM0001"),
    ] {
        let mut bank = Bank::new();
        bank.import(&[&ofx(&[(1, "25.00", "S1", "A PAYER", "SM0001")])]);
        let found = bank.import(&[&ofx(&[other])]);
        assert!(found[0].starts_with("credited"), "{other:?}: {found:?}");
    }
}

#[test]
fn what_was_written_down_by_hand_is_compared_as_well() {
    let mut bank = Bank::new();
    bank.cash(1, date(2026, 6, 3));
    let file = ofx(&[(1, "25.00", "S1", "A PAYER", "SM0001"), (9, "25.00", "S2", "A", "SM0001")]);
    assert_eq!(bank.import(&[&file]), ["aside perhaps-known 0001", "credited 0001 1"]);
    bank.same("SM0001");
    assert_eq!(bank.months(1), 2);
}

#[test]
fn what_waits_to_be_assigned_is_compared_as_well() {
    let mut bank = Bank::new();
    let aside = csv(&[(1, "25.00", "A PAYER SM-0042", "")]);
    assert_eq!(bank.import(&[&aside]), ["aside doubtful-reference 0042"]);
    let file = ofx(&[(2, "25.00", "S1", "A PAYER", "SM0042")]);
    assert_eq!(bank.import(&[&file]), ["aside perhaps-known 0042"]);
    let nobody = csv(&[(1, "30.00", "MRS KING DUES", "")]);
    assert_eq!(bank.import(&[&nobody]), ["aside no-reference"]);
    let again = ofx(&[(2, "30.00", "S2", "MRS KING", "DUES")]);
    assert_eq!(bank.import(&[&again]), ["aside perhaps-known"]);
}

/// A batch comes whole first and then in parts, or the other way round.
#[test]
fn a_batch_and_its_parts_are_the_same_money() {
    let text = [detail("25.00", "SM0001"), detail("25.00", "SM0002"), detail("25.00", "SM0003")];
    let parts = camt(&[("75.00", "c8", &text.concat())]);
    let whole = camt(&[("75.00", "c8", "<Btch><NbOfTxs>3</NbOfTxs></Btch>")]);
    let mut bank = Bank::new();
    assert_eq!(bank.import(&[&whole]), ["aside batch"]);
    let found = bank.import(&[&parts]);
    assert!(found.iter().all(|it| it.starts_with("aside perhaps-known 000")), "{found:?}");
    let mut bank = Bank::new();
    assert_eq!(bank.import(&[&parts]), ["credited 0001 1", "credited 0002 1", "credited 0003 1"]);
    assert_eq!(bank.import(&[&whole]), ["aside perhaps-known"]);
    // Another bank's export of the whole has no such id.
    let table = csv(&[(1, "75.00", "COLLECTION SM0001", "")]);
    let mut bank = Bank::new();
    assert_eq!(bank.import(&[&table]), ["credited 0001 3"]);
    assert_eq!(bank.import(&[&parts])[0], "aside perhaps-known 0001");
}
