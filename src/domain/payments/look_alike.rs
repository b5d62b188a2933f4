//! Finds what people and banks make of a reference: `SMOO42`, `5M0042`, `SM-0042`, `RF18SM0042`.

use std::ops::Range;

use crate::domain::model::MemberId;

/// The digits that a member's number usually has.
pub(super) const USUAL_DIGITS: usize = 4;

/// The most characters that may stand between the prefix and the number.
const MOST_SEPARATORS: usize = 4;

/// Something that is not a reference, but may have been meant as one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LookAlike {
    /// Where it stands, in characters.
    pub place: Range<usize>,
    /// The member that it may mean; `None` if the number is too long.
    pub member: Option<MemberId>,
}

/// Finds a look-alike that begins at a place. True references look like one as well.
///
/// Signs between prefix and number always count. Letters glued to it, or letters in place of
/// digits, need a number of the usual length, since shorter ones are found in ordinary words.
pub(super) fn look_alike(text: &[char], prefix: &[char], at: usize) -> Option<LookAlike> {
    let head = text.get(at..at + prefix.len()).filter(|_| !prefix.is_empty())?;
    if !head.iter().zip(prefix).all(|(a, b)| confusable(*a) == confusable(*b)) {
        return None;
    }
    let is_exact = head.iter().zip(prefix).all(|(a, b)| a.eq_ignore_ascii_case(b));
    let stands_alone = |place: &Range<usize>| {
        !at.checked_sub(1).is_some_and(|before| text[before].is_alphanumeric())
            && !text.get(place.end).is_some_and(|c| c.is_alphanumeric())
    };
    let after = at + prefix.len();
    let separators = run(text, after, is_separator).end.min(after + MOST_SEPARATORS);
    let digits = run(text, separators, |c| c.is_ascii_digit());
    if is_exact && !digits.is_empty() && (stands_alone(&digits) || digits.len() >= USUAL_DIGITS) {
        let member = text[digits.clone()].iter().collect::<String>().parse().ok();
        return Some(LookAlike { place: at..digits.end, member });
    }
    let written = run(text, separators, |c| digit(c).is_some());
    let has_digit = text[written.clone()].iter().any(char::is_ascii_digit);
    if written.len() < USUAL_DIGITS || !has_digit || !stands_alone(&written) {
        return None;
    }
    let number: String = text[written.clone()].iter().filter_map(|c| digit(*c)).collect();
    Some(LookAlike { place: at..written.end, member: number.parse().ok() })
}

/// Returns the place of the longest run of such characters.
pub(super) fn run(text: &[char], from: usize, fits: impl Fn(char) -> bool) -> Range<usize> {
    let length = text[from..].iter().take_while(|c| fits(**c)).count();
    from..from + length
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || "-_/.:#+=*'".contains(c)
}

/// Returns the digit that a character is, or is taken for.
fn digit(c: char) -> Option<char> {
    match confusable(c) {
        'O' => Some('0'),
        'I' => Some('1'),
        'Z' => Some('2'),
        'S' => Some('5'),
        'B' => Some('8'),
        c => c.is_ascii_digit().then_some(c),
    }
}

/// Maps characters that are taken for one another to one of them, and lower case to upper case.
fn confusable(c: char) -> char {
    match c.to_ascii_uppercase() {
        '0' => 'O',
        '1' | 'L' | '|' => 'I',
        '2' => 'Z',
        '5' => 'S',
        '8' => 'B',
        c => c,
    }
}
