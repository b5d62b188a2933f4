//! The titles that columns usually have, in the languages of the banks whose files we know.

use crate::integrations::statement::columns::fold;

/// Tells whether a title has one of some words in it; words are in lower case.
fn has(title: &str, words: &[&str]) -> bool {
    let folded = fold(title);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    words.iter().any(|word| folded == *word || parts.contains(word))
}

/// The day of booking, rather than that of value.
pub(super) fn is_date(title: &str) -> bool {
    has(
        title,
        &[
            "date",
            "booking",
            "booked",
            "completed",
            "buchungstag",
            "buchung",
            "buchungsdatum",
            "datum",
        ],
    ) && !has(title, &["value", "started", "start", "valuta"])
}

pub(super) fn is_amount(title: &str) -> bool {
    has(
        title,
        &[
            "amount", "gross", "value", "sum", "betrag", "umsatz", "bedrag", "montant", "importe",
            "belopp", "beløb",
        ],
    )
}

pub(super) fn is_balance(title: &str) -> bool {
    has(
        title,
        &["balance", "saldo", "kontostand", "solde", "fee", "fees", "net", "tax", "local", "rate"],
    )
}

pub(super) fn is_credit(title: &str) -> bool {
    has(
        title,
        &["credit", "in", "haben", "gutschrift", "deposit", "deposits", "received", "crédit"],
    )
}

pub(super) fn is_debit(title: &str) -> bool {
    has(
        title,
        &["debit", "out", "soll", "lastschrift", "withdrawal", "withdrawals", "spent", "débit"],
    )
}

pub(super) fn is_kind(title: &str) -> bool {
    let folded = fold(title);
    has(&folded, &["type", "buchungstext", "mutatiesoort", "subcategory", "reporting_category"])
}

pub(super) fn is_text(title: &str) -> bool {
    has(
        title,
        &[
            "description",
            "reference",
            "memo",
            "details",
            "detail",
            "narrative",
            "particulars",
            "note",
            "notes",
            "subject",
            "text",
            "verwendungszweck",
            "zweck",
            "mededelingen",
            "omschrijving",
            "libellé",
            "concepto",
        ],
    )
}

pub(super) fn is_payer(title: &str) -> bool {
    has(
        title,
        &[
            "payer",
            "payee",
            "name",
            "counterparty",
            "party",
            "partner",
            "from",
            "auftraggeber",
            "zahlungspflichtiger",
            "naam",
        ],
    )
}

pub(super) fn is_id(title: &str) -> bool {
    has(
        title,
        &["id", "fitid", "transaction number", "transaktionsnummer", "balance_transaction_id"],
    ) && !has(title, &["glaeubiger", "gläubiger", "creditor", "customer", "merchant"])
}
