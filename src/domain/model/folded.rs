//! Text as people type it who have no accents on their keyboard: `arne` for `Ärne`.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Returns a text in lower case and without accents, to compare names with; the same whatever
/// Unicode form the text has (Unicode Standard Annex #15).
#[must_use]
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(text).to_lowercase();
    let mut plain = String::with_capacity(apart.len());
    for c in apart.chars().filter(|c| !is_mark(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            other => plain.push(other),
        }
    }
    plain
}

/// Tells whether a character is a mark on the one before it.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn accents_and_capitals_make_no_difference() {
        for (text, plain) in [
            ("Ada", "ada"),
            ("Ärne", "arne"),
            ("A\u{308}rne", "arne"),
            ("Émilie Noël", "emilie noel"),
            ("Weiß", "weiss"),
            ("Søren Łukasz", "soren lukasz"),
            ("道元", "道元"),
            ("ﬁona", "fiona"),
            ("İpek", "ipek"),
            ("", ""),
        ] {
            assert_eq!(folded(text), plain, "{text}");
        }
    }
}
