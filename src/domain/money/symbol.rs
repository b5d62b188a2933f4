//! The symbols that banks write instead of the codes of currencies.

/// Symbols, and the codes of the currencies that they may stand for.
const SYMBOLS: [(&str, &[&str]); 15] = [
    ("£", &["GBP", "GIP", "FKP", "EGP"]),
    ("€", &["EUR"]),
    ("EURO", &["EUR"]),
    ("$", &["USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN"]),
    ("US$", &["USD"]),
    ("A$", &["AUD"]),
    ("C$", &["CAD"]),
    ("NZ$", &["NZD"]),
    ("¥", &["JPY", "CNY"]),
    ("KR", &["SEK", "NOK", "DKK", "ISK"]),
    ("KR.", &["SEK", "NOK", "DKK", "ISK"]),
    ("KČ", &["CZK"]),
    ("ZŁ", &["PLN"]),
    ("FR.", &["CHF"]),
    ("₹", &["INR"]),
];

/// Tells whether a code or a symbol may stand for a currency.
pub(super) fn stands_for(written: &str, code: &str) -> bool {
    let folded = written.to_uppercase();
    let by_symbol = |(symbol, codes): &(&str, &[&str])| *symbol == folded && codes.contains(&code);
    folded == code || SYMBOLS.iter().any(by_symbol)
}

/// Tells whether a text is the code or the symbol of any currency.
pub(super) fn is_known(written: &str) -> bool {
    let folded = written.to_uppercase();
    let code = folded.len() == 3 && folded.bytes().all(|byte| byte.is_ascii_uppercase());
    code || SYMBOLS.iter().any(|(symbol, _)| *symbol == folded)
}
