//! The usual words in tables for direction, status and kind of a transaction, in the languages of the
//! banks whose files we know.

use crate::domain::payments::LineKind;

/// Incoming money.
const IN: [&str; 14] = [
    "IN",
    "C",
    "CR",
    "CREDIT",
    "CRDT",
    "H",
    "HABEN",
    "BIJ",
    "+",
    "INCOMING",
    "RECEIVED",
    "MONEY IN",
    "PAID IN",
    "GUTSCHRIFT",
];

/// Outgoing money.
const OUT: [&str; 14] = [
    "OUT",
    "D",
    "DR",
    "DEBIT",
    "DBIT",
    "S",
    "SOLL",
    "AF",
    "-",
    "OUTGOING",
    "SENT",
    "MONEY OUT",
    "PAID OUT",
    "LASTSCHRIFT",
];

/// Booked transactions.
const BOOKED: [&str; 16] = [
    "BOOKED",
    "BOOK",
    "COMPLETED",
    "COMPLETE",
    "CONFIRMED",
    "CLEARED",
    "POSTED",
    "SETTLED",
    "SUCCEEDED",
    "SUCCESSFUL",
    "PAID",
    "PAID_OUT",
    "GEBUCHT",
    "UMSATZ GEBUCHT",
    "VERBUCHT",
    "VERWERKT",
];

/// Transactions that the bank will book later.
const PENDING: [&str; 12] = [
    "PENDING",
    "PDNG",
    "PROCESSING",
    "IN PROGRESS",
    "AUTHORISED",
    "AUTHORIZED",
    "SUBMITTED",
    "CREATED",
    "PENDING_SUBMISSION",
    "VORGEMERKT",
    "UMSATZ VORGEMERKT",
    "VORMERKUNG",
];

/// Words in the name of a kind.
const KINDS: [(LineKind, &[&str]); 4] = [
    (
        LineKind::Reversal,
        &["REVERSAL", "REVERSED", "CHARGEBACK", "DISPUTE", "STORNO", "STORNIERUNG"],
    ),
    (
        LineKind::Return(None),
        &[
            "RETURN",
            "RETURNED",
            "REFUND",
            "REFUNDED",
            "UNPAID",
            "BOUNCED",
            "FAILURE",
            "RETOURE",
            "RETOUR",
            "STORNERING",
            "RUECKLASTSCHRIFT",
            "RÜCKLASTSCHRIFT",
            "RUECKUEBERWEISUNG",
            "RÜCKÜBERWEISUNG",
        ],
    ),
    (
        LineKind::Correction(None),
        &["CORRECTION", "ADJUSTMENT", "KORREKTUR", "BERICHTIGUNG", "CORRECTIE"],
    ),
    (LineKind::Fee, &["FEE", "FEES", "ENTGELT", "ENTGELTABSCHLUSS", "GEBÜHR", "GEBUEHR", "KOSTEN"]),
];

/// Tells whether money came in; `None` if the word says neither.
pub(super) fn incoming(word: &str) -> Option<bool> {
    match word.trim().to_uppercase().as_str() {
        it if IN.contains(&it) => Some(true),
        it if OUT.contains(&it) => Some(false),
        _ => None,
    }
}

/// Tells whether a transaction is booked; `None` if the word says neither that nor that it will be.
pub(super) fn booked(word: &str) -> Option<bool> {
    match word.trim().to_uppercase().as_str() {
        it if BOOKED.contains(&it) => Some(true),
        it if PENDING.contains(&it) => Some(false),
        _ => None,
    }
}

/// Tells whether a word is among those of a profile, in upper or lower case.
pub(super) fn is_one_of(word: &str, words: &[String]) -> bool {
    let folded = word.trim().to_lowercase();
    words.iter().any(|it| it.trim().to_lowercase() == folded)
}

/// Returns the kind that a bank's name for it means.
pub(super) fn kind(name: &str) -> LineKind {
    let folded = name.to_uppercase();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |(_, marks): &&(LineKind, &[&str])| marks.iter().any(|mark| words.contains(mark));
    KINDS.iter().find(says).map_or(LineKind::Plain, |(kind, _)| kind.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_one_thing() {
        for word in IN {
            assert!(!OUT.contains(&word), "{word}");
        }
        for word in BOOKED {
            assert!(!PENDING.contains(&word), "{word}");
        }
        assert_eq!(
            (incoming(" bij "), incoming("Af"), incoming("NEUTRAL")),
            (Some(true), Some(false), None)
        );
        assert_eq!((booked("Completed"), booked("Umsatz vorgemerkt")), (Some(true), Some(false)));
        assert_eq!(booked("DENIED"), None);
    }

    #[test]
    fn kinds_are_known_by_their_words() {
        for (name, kind_of) in [
            ("Faster payment", LineKind::Plain),
            ("charge", LineKind::Plain),
            ("payment_refund", LineKind::Return(None)),
            ("charge_failure", LineKind::Return(None)),
            ("Payment Reversal", LineKind::Reversal),
            ("RETOURE", LineKind::Return(None)),
            ("Coffee", LineKind::Plain),
            ("stripe_fee", LineKind::Fee),
            ("", LineKind::Plain),
        ] {
            assert_eq!(kind(name), kind_of, "{name}");
        }
    }
}
