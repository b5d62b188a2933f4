//! Which transactions are the same: by account, id, day, amount and text.

use super::bank::{Bank, camt, csv, detail, ofx, ofx_of_two_accounts};

/// One id on two transactions: nobody's money is taken for known.
#[test]
fn an_id_that_repeats_with_something_else_is_kept_aside() {
    let entry = |text| ("25.00", "R1", detail("", text));
    let entries = [entry("SM0001"), entry("SM0002")];
    let entries: Vec<_> = entries.iter().map(|(a, b, c)| (*a, *b, c.as_str())).collect();
    for file in [
        ofx(&[(1, "25.00", "A", "A PAYER", "SM0001"), (1, "25.00", "A", "B PAYER", "SM0002")]),
        csv(&[(1, "25.00", "SM0001", "TAX1"), (1, "25.00", "SM0002", "TAX1")]),
        csv(&[(1, "25.00", "SM0001", "TAX1"), (2, "25.00", "SM0001 MAY", "TAX1")]),
        camt(&entries),
    ] {
        let found = Bank::new().import(&[&file]);
        assert_eq!(found[0], "credited 0001 1", "{file}");
        assert!(found[1].starts_with("aside same-id 000"), "{file}: {found:?}");
    }
}

#[test]
fn two_accounts_may_use_the_same_ids() {
    let one = [(1, "25.00", "A", "A PAYER", "SM0001"), (2, "25.00", "B", "C PAYER", "SM0003")];
    let two = [(1, "25.00", "A", "B PAYER", "SM0002"), (2, "25.00", "B", "C PAYER", "SM0003")];
    let mut bank = Bank::new();
    let credited = ["credited 0001 1", "credited 0003 1", "credited 0002 1", "credited 0003 1"];
    assert_eq!(bank.import(&[&ofx_of_two_accounts(&one, &two)]), credited);
    // Each account's own export is known.
    assert_eq!(bank.import(&[&ofx(&one)]), ["known", "known"]);
}

#[test]
fn the_same_transaction_is_known_however_often_it_comes() {
    let rows = [(1, "25.00", "A", "A PAYER", "SM0001"), (9, "25.00", "B", "A PAYER", "SM0001")];
    let mut bank = Bank::new();
    let (first, both) = (ofx(&rows[..1]), ofx(&rows));
    assert_eq!(bank.import(&[&first, &both, &first]).len(), 4);
    assert_eq!(bank.months(1), 2);
    let blanks = ofx(&[(1, "25.00", "A", "A  PAYER", "SM0001 ")]);
    assert_eq!(bank.import(&[&blanks]), ["known"]);
    let mut bank = Bank::new();
    let table = csv(&[(1, "25.00", "A PAYER SM0001", "A")]);
    assert_eq!(bank.import(&[&table]), ["credited 0001 1"]);
    assert_eq!(bank.import(&[&first]), ["known"], "the table does not name the account");
}
