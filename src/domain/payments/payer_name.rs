//! Which name tells one payer from others.

use super::identity::is_account;

/// Words in capitals that banks and payment services put in place of a name, and words that any
/// payer may write.
const SAY_NOTHING: [&str; 4] = [
    // how it was paid
    "ATM AUTOMATED BACS BALANCE BANK BANKING BAR BARGELD BETALING BGC BILL BRANCH CARD CASH \
     CHAPS CHEQUE CHQ CONTANT COUNTER CREDIT CREDITED DAUERAUFTRAG DD DEBIT DEPOSIT DIRECT \
     ECHTZEIT EINGANG EINZAHLUNG EXPRESS FASTER FOREIGN FPI FPS FROM GIRO GUTSCHRIFT \
     INBOUND INCOMING INSTANT INTERNAL INTERNET INWARD LASTSCHRIFT MACHINE MOBILE MONEY \
     ONLINE ORDER OVERBOEKING OVERSCHRIJVING PAID PAYMENT PAYMENTS PAYOUT PAYOUTS PHONE \
     POST RECEIPT RECEIVED REC RECU REMITTANCE SEPA STANDING STO STORTING TELEPHONE TELLER \
     TFR TRANSFER TRANSFERENCIA TRANSACTION UBERWEISUNG UEBERWEISUNG ÜBERWEISUNG UNKNOWN \
     VIR VIREMENT WIRE ZAHLUNG ZAHLUNGSEINGANG",
    // by whom it was passed on
    "BENEVITY GOCARDLESS IZETTLE KLARNA MOLLIE MONZO NOTPROVIDED PAYPAL REVOLUT SQUARE \
     STRIPE SUMUP TRANSFERWISE WISE ZETTLE",
    // what it is for
    "ANNUAL BEITRAG CONTRIBUTION DANKE DONATION DUES FEE FEES FOR JAHR MEMBER MEMBERS \
     MEMBERSHIP MITGLIED MITGLIEDSBEITRAG MONAT MONTH MONTHLY MONTHS PAY REF REFERENCE RENT \
     SPENDE SUB SUBS SUBSCRIPTION THANK THANKS THE UND AND OF TO VIA BY YEAR YEARLY YOU \
     MAKERSPACE HACKSPACE HACKERSPACE MAKERS SPACE CLUB LTD LIMITED PLC GMBH INC",
    // when
    "JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL JUNE \
     JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER JANUAR FEBRUAR MÄRZ MAI JUNI JULI \
     OKTOBER DEZEMBER",
];

/// Returns the name that a payer can be remembered by: the bank's, or the whole text if the bank
/// names itself or nobody; `None` if the text does not tell either.
#[must_use]
pub fn payer_name<'a>(payer: Option<&'a str>, text: &'a str) -> Option<&'a str> {
    payer.into_iter().chain([text]).find(|name| names_somebody(name))
}

/// Tells whether a name has an account, or a word that is not said of everybody.
fn names_somebody(name: &str) -> bool {
    let telling = |word: &str| {
        let word = word.to_uppercase();
        let is_name = !word.bytes().any(|byte| byte.is_ascii_digit())
            && (word.chars().count() > 1 || !word.is_ascii());
        is_account(&word) || (is_name && !says_nothing(&word))
    };
    name.split(|c: char| !c.is_alphanumeric()).any(|word| !word.is_empty() && telling(word))
}

fn says_nothing(word: &str) -> bool {
    SAY_NOTHING.iter().any(|words| words.split(' ').any(|it| it == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bank_says_of_everybody_is_nobodys_name() {
        for (payer, text, name) in [
            (Some("MRS KING"), "MRS KING DUES", Some("MRS KING")),
            (
                Some("FASTER PAYMENT RECEIVED"),
                "FASTER PAYMENT RECEIVED MRS ADA DUES",
                Some("FASTER PAYMENT RECEIVED MRS ADA DUES"),
            ),
            (Some("STRIPE PAYOUT"), "STRIPE PAYOUT", None),
            (Some("Gutschrift"), "Gutschrift Beitrag Mai 2026", None),
            (None, "CASH DEPOSIT 0501", None),
            (None, "Membership dues, June", None),
            (None, "DUES A B", None),
            (None, "Zoë", Some("Zoë")),
            (None, "王", Some("王")),
            (Some("DE02120300000000202051"), "dues", Some("DE02120300000000202051")),
            (None, "", None),
        ] {
            assert_eq!(payer_name(payer, text), name, "{payer:?} {text}");
        }
    }
}
