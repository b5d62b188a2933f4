//! How many digits the minor unit of a currency has (ISO 4217).

/// Currencies without minor units.
const NONE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF",
];

/// Currencies whose minor unit is a thousandth.
const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Returns how many digits stand behind the decimal sign; two where nothing else is known.
#[must_use]
pub fn digits(currency: &str) -> u8 {
    match currency {
        code if NONE.contains(&code) || code == "XPF" => 0,
        code if THREE.contains(&code) => 3,
        _ => 2,
    }
}
