//! The number of a fob, in any of its spellings.

/// What stands before a facility code and a card number that are those of a card with 37 bits (H10304), if
/// the card number would fit into 16 bits too.
const LONG_CARD: &str = "37:";

/// Reads a number; `None` if it is none.
pub(super) fn read(text: &str) -> Option<u64> {
    let decimal = |t: &str| {
        (!t.is_empty() && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<u64>().ok())?
    };
    let hex = |t: &str| {
        let fits = !t.is_empty() && t.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| u64::from_str_radix(t, 16).ok())?
    };
    let marked = ["0x", "0X", "hex:"].iter().find_map(|mark| text.strip_prefix(mark));
    if let Some(digits) = marked {
        return hex(digits);
    }
    let (long, pair) = text.strip_prefix(LONG_CARD).map_or((false, text), |rest| (true, rest));
    if let Some((site, card)) = pair.split_once(',') {
        let (site, card) = (decimal(site.trim())?, decimal(card.trim())?);
        // Cards with 34 bits have facility codes of 16 bits, those with 37 bits also 19 bits for the card.
        let bits = if long || card > 0xffff { 19 } else { 16 };
        return (site <= 0xffff && card < 1 << bits).then_some(site << bits | card);
    }
    decimal(text).or_else(|| hex(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_number_says_how_long_the_facility_code_is() {
        for (text, number) in [
            ("1,65535", 0x1_ffff),
            ("65535,1", 0xffff_0001_u64),
            // more than 16 bits: H10304, as `hardware/wiegand/format.rs` reads it
            ("1,65536", 1 << 19 | 65536),
            ("300,500000", 300 << 19 | 500_000),
            ("37:235,7814", 235 << 19 | 7814),
            ("37:65535,524287", (1 << 35) - 1),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
    }
}
