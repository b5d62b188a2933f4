//! Tables of many kinds, and the profiles that are guessed for them.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn guessed(table: &str) -> Guess {
    guess("x.csv", table.as_bytes(), "GBP", date(2026, 6, 15)).unwrap()
}

/// Returns which column holds what, in short.
fn layout(table: &str) -> String {
    let StatementProfile { separator, decimal, date_form, lines_above, columns, .. } =
        guessed(table).profile;
    let Columns { date, amount, credit, debit, direction, status, kind, text, id, payer, currency } =
        columns;
    let mut parts = vec![format!("{separator}{decimal}{lines_above} {date_form} date={date}")];
    let direction = direction.map(|it| it.column);
    let status = status.map(|it| it.column);
    for (what, column) in [
        ("amount", amount),
        ("credit", credit),
        ("debit", debit),
        ("direction", direction),
        ("status", status),
        ("kind", kind),
        ("id", id),
        ("payer", payer),
        ("currency", currency),
    ] {
        parts.extend(column.map(|column| format!("{what}={column}")));
    }
    parts.push(format!("text={}", text.join("+")));
    parts.join(" ")
}

#[test]
fn columns_are_known_by_their_titles_and_content() {
    for (table, expected) in [
        (
            "Date,Description,Amount,Balance\n01/06/2026,SM0001,25.00,125.00\n14/06/2026,POWER,-8.70,116.30\n",
            ",.0 %d/%m/%Y date=Date amount=Amount text=Description",
        ),
        (
            "Konto: 1\n\nBuchungstag;Valuta;Auftraggeber;Verwendungszweck;Betrag;Währung\n\
             01.06.26;02.06.26;A;SM0001;25,00;EUR\n02.06.26;02.06.26;B;Strom;-8,70;EUR\n",
            ";,2 %d.%m.%y date=Buchungstag amount=Betrag payer=Auftraggeber currency=Währung \
             text=Verwendungszweck+Auftraggeber",
        ),
        (
            "Posted\tPaid out\tPaid in\tDetails\n2026-06-01\t\t25.00\tSM0001\n2026-06-02\t8.70\t\tPOWER\n",
            "\t.0 %Y-%m-%d date=Posted credit=Paid in debit=Paid out text=Details",
        ),
        (
            "Transaction ID,When,Sum,D/C,State,Note\nT1,2026-06-01 12:00,25.00,C,Completed,SM0001\n\
             T2,2026-06-02 12:00,8.70,D,Pending,POWER\n",
            ",.0 %Y-%m-%d date=When amount=Sum direction=D/C status=State id=Transaction ID text=Note",
        ),
        (
            "01/06/2026,25.00,A PERSON SM0001\n14/06/2026,-8.70,POWER LTD\n",
            ",.0 %d/%m/%Y date=1 amount=2 text=3",
        ),
        (
            "01/06/2026,£25.00,SM0001\n14/06/2026,£8.70 DR,POWER\n",
            ",.0 %d/%m/%Y date=1 amount=2 text=3",
        ),
    ] {
        assert_eq!(layout(table), expected, "{table}");
    }
}

#[test]
fn doubts_are_told() {
    let both = guessed("Date,Text,Amount\n01/06/2026,SM0001,25.00\n02/06/2026,SM0002,-1.00\n");
    assert_eq!(both.doubts[0], "the days may as well be in the format %m/%d/%Y");
    let future = guessed("Date,Text,Amount\n01/06/2026,SM0001,25.00\n06/11/2026,SM0002,-1.00\n");
    assert_eq!(future.profile.date_form, "%m/%d/%Y", "no day is in the future");
    assert!(!future.doubts.iter().any(|it| it.contains("format")), "{:?}", future.doubts);
    let unsigned = guessed("Date,Text,Amount\n14/06/2026,SM0001,25.00\n");
    assert!(unsigned.doubts[0].starts_with("no amount is negative"), "{:?}", unsigned.doubts);
}

#[test]
fn what_is_no_table_of_transactions_is_refused() {
    for (document, why) in [
        ("", "does not look like a table"),
        ("hello\nworld\n", "does not look like a table"),
        ("a,b\n1,2\n", "has no column of days"),
        ("Date,Text\n01/06/2026,SM0001\n", "has no column of amounts"),
        ("Date,Amount\n01/06/2026,25.00\n", "has no column of text"),
        ("<OFX></OFX>", "is not a table, and needs no profile"),
        ("%PDF-1.4", "is a PDF"),
    ] {
        let refused =
            guess("x", document.as_bytes(), "GBP", date(2026, 6, 15)).unwrap_err().message;
        assert!(refused.contains(why), "{document}: {refused}");
    }
}

proptest! {
    #[test]
    fn any_file_is_looked_at(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = guess("x", &bytes, "GBP", date(2026, 6, 15));
    }

    /// Whatever is guessed reads the table that it was guessed from.
    #[test]
    fn a_guess_reads_its_own_table(
        table in "((0[1-9]/0[1-9]/2026|Date|x|),(-?[0-9]{1,2}\\.[0-9]{2}|Amount|),(SM000[1-9]|Text|\"a,b\"|)\n){1,6}",
    ) {
        use crate::integrations::statement::{Layout, StatementContext, read};
        if let Ok(guess) = guess("x", table.as_bytes(), "GBP", date(2026, 12, 15)) {
            let layout = Layout::Profile(&guess.profile);
            let context = StatementContext { currency: "GBP", layout, trust_days: false };
            prop_assert!(read("x", table.as_bytes(), &context).is_ok());
        }
    }
}
