//! Finds the member's reference in the text of a transaction.

use std::{collections::BTreeSet, ops::Range};

use super::look_alike::{USUAL_DIGITS, look_alike, run};
use crate::domain::model::{MemberId, text};

/// The references in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reference {
    /// None.
    None,
    /// One member's, possibly repeated.
    One(MemberId),
    /// Those of several members, sorted.
    Several(Vec<MemberId>),
    /// Something like a reference that cannot be relied on.
    Doubtful {
        /// How it is written.
        written: String,
        /// The members that may be meant, likeliest first.
        perhaps: Vec<MemberId>,
    },
}

impl Reference {
    /// Returns every member that is meant, or may be.
    #[must_use]
    pub fn mentioned(&self) -> &[MemberId] {
        match self {
            Self::None => &[],
            Self::One(id) => std::slice::from_ref(id),
            Self::Several(ids) | Self::Doubtful { perhaps: ids, .. } => ids,
        }
    }
}

/// Finds references: the prefix in upper or lower case, at most one blank, and a member's number,
/// with no letter or digit directly before or after it.
///
/// A second number joined to it (`SM0001 & 0002`) is a reference too. A short number with more
/// digits behind it (`SM004 2`, or the postcode `SM1 2AB`) is doubtful, and so is anything else
/// that may have been meant as a reference, unless the same text has a better one.
#[must_use]
pub fn reference(text: &str, prefix: &str, is_member: &dyn Fn(MemberId) -> bool) -> Reference {
    let text: Vec<char> = text.chars().collect();
    let prefix: Vec<char> = prefix.chars().collect();
    Search { text: &text, prefix: &prefix, is_member, ..Search::new() }.run()
}

/// What was found so far.
struct Search<'a> {
    text: &'a [char],
    prefix: &'a [char],
    is_member: &'a dyn Fn(MemberId) -> bool,
    /// References beyond doubt.
    clear: BTreeSet<MemberId>,
    /// Members that may be meant, likeliest first.
    perhaps: Vec<MemberId>,
    /// The first thing that makes the text doubtful, whatever else it has.
    doubt: Option<Range<usize>>,
    /// The first thing that makes the text doubtful if it has no reference.
    weak_doubt: Option<Range<usize>>,
}

impl<'a> Search<'a> {
    fn new() -> Self {
        Self {
            text: &[],
            prefix: &[],
            is_member: &|_| false,
            clear: BTreeSet::new(),
            perhaps: Vec::new(),
            doubt: None,
            weak_doubt: None,
        }
    }

    fn run(mut self) -> Reference {
        let mut alike = Vec::new();
        for at in 0..self.text.len() {
            if let Some(digits) = self.digits(at) {
                self.take(at, digits);
            } else if let Some(found) = look_alike(self.text, self.prefix, at) {
                self.weak_doubt.get_or_insert(found.place);
                alike.extend(found.member);
            }
        }
        alike.retain(|id| (self.is_member)(*id) && !self.clear.contains(id));
        let doubt = match self.clear.len() {
            0 => self.doubt.or(self.weak_doubt),
            _ => self.doubt,
        };
        if let Some(place) = doubt {
            let written: String = self.text[place].iter().collect();
            let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let all = self.perhaps.into_iter().chain(self.clear).chain(alike);
            let mut perhaps = Vec::new();
            for id in all.filter(|id| (self.is_member)(*id)) {
                if !perhaps.contains(&id) {
                    perhaps.push(id);
                }
            }
            return Reference::Doubtful { written: text::line(&written, 40), perhaps };
        }
        self.clear.extend(alike);
        match (self.clear.first(), self.clear.len()) {
            (None, _) => Reference::None,
            (Some(id), 1) => Reference::One(*id),
            _ => Reference::Several(self.clear.into_iter().collect()),
        }
    }

    /// Returns the place of the digits of a reference that begins here.
    fn digits(&self, at: usize) -> Option<Range<usize>> {
        let head = self.text.get(at..at + self.prefix.len())?;
        let is_prefix = !head.is_empty()
            && head.iter().zip(self.prefix).all(|(a, b)| a.eq_ignore_ascii_case(b));
        if !is_prefix || at.checked_sub(1).is_some_and(|it| self.text[it].is_alphanumeric()) {
            return None;
        }
        let mut from = at + self.prefix.len();
        from += usize::from(matches!(self.text.get(from), Some(' ' | '\u{a0}')));
        let digits = run(self.text, from, |c| c.is_ascii_digit());
        (!digits.is_empty() && self.ends(digits.end)).then_some(digits)
    }

    /// Takes a reference, after a look at what follows it.
    fn take(&mut self, at: usize, digits: Range<usize>) {
        let Ok(id) = self.number(&digits) else {
            self.doubt.get_or_insert(at..digits.end);
            return;
        };
        let blanks = run(self.text, digits.end, char::is_whitespace);
        let sign = usize::from(matches!(self.text.get(digits.end), Some('-' | '.')));
        let more = if blanks.is_empty() { digits.end + sign } else { blanks.end };
        let more = run(self.text, more, |c| c.is_ascii_digit());
        let whole: String =
            self.text[digits.clone()].iter().chain(&self.text[more.clone()]).collect();
        let whole = whole.parse().ok().filter(|_| !more.is_empty());
        if digits.len() < USUAL_DIGITS && !more.is_empty() {
            if self.is_postcode(&more) {
                self.weak_doubt.get_or_insert(at..more.end + 2);
            } else {
                self.doubt.get_or_insert(at..more.end);
                self.perhaps.extend(whole.into_iter().chain([id]));
            }
            return;
        }
        if let Some(longer) = whole.filter(|it| !blanks.is_empty() && (self.is_member)(*it)) {
            self.doubt.get_or_insert(at..more.end);
            self.perhaps.extend([longer, id]);
            return;
        }
        self.clear.insert(id);
        self.take_joined(at, digits.end);
    }

    /// Takes the numbers that are joined to a reference: `SM0001 & 0002 + 3`.
    fn take_joined(&mut self, at: usize, end: usize) {
        let mut end = end;
        while let Some(digits) = self.joined(end) {
            end = digits.end;
            let year = digits.len() == 4 && matches!(self.text[digits.start], '1' | '2');
            match self.number(&digits) {
                Ok(id) if (self.is_member)(id) => _ = self.clear.insert(id),
                _ if year => {}
                _ => _ = self.doubt.get_or_insert(at..end),
            }
        }
    }

    /// Returns the place of a number that is joined to what ends here. A comma joins only numbers
    /// of the usual length: `SM0001, 2 months`.
    fn joined(&self, end: usize) -> Option<Range<usize>> {
        let from = run(self.text, end, char::is_whitespace).end;
        let word = run(self.text, from, char::is_alphabetic);
        let (after, least) = match self.text.get(from)? {
            '&' | '+' | '/' => (from + 1, 1),
            ',' | ';' => (from + 1, USUAL_DIGITS),
            _ if word.start > end => {
                let word: String = self.text[word.clone()].iter().collect();
                let joins = ["and", "und", "et", "y", "e", "en", "og", "och"];
                joins.contains(&word.to_lowercase().as_str()).then_some((from + word.len(), 1))?
            }
            _ => return None,
        };
        let digits =
            run(self.text, run(self.text, after, char::is_whitespace).end, |c| c.is_ascii_digit());
        let goes_on = |at: usize| self.text.get(at).is_some_and(char::is_ascii_digit);
        let is_amount =
            matches!(self.text.get(digits.end), Some('.' | ',')) && goes_on(digits.end + 1);
        (digits.len() >= least && self.ends(digits.end) && !is_amount).then_some(digits)
    }

    /// Tells whether the second half of a postcode stands here: `2AB`.
    fn is_postcode(&self, digit: &Range<usize>) -> bool {
        let letters = run(self.text, digit.end, |c| c.is_ascii_alphabetic());
        digit.len() == 1 && letters.len() == 2 && self.ends(letters.end)
    }

    fn ends(&self, at: usize) -> bool {
        !self.text.get(at).is_some_and(|c| c.is_alphanumeric())
    }

    fn number(&self, digits: &Range<usize>) -> Result<MemberId, String> {
        self.text[digits.clone()].iter().collect::<String>().parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    /// Of the members 1 to 11, 42, 420 and 12345.
    fn of(text: &str) -> Reference {
        reference(text, "SM", &|it| {
            (1..12).contains(&it.number()) || [42, 420, 12_345].contains(&it.number())
        })
    }

    #[test]
    fn a_reference_stands_alone() {
        for (text, expected) in [
            ("A PERSON SM0001 STO", Some(1)),
            ("a person sm0001 bgc", Some(1)),
            ("A SM 0001", Some(1)),
            ("A SM\u{a0}0001", Some(1)),
            ("REF:SM0001-STO", Some(1)),
            ("SM1", Some(1)),
            ("SM000042", Some(42)),
            ("SM3870/SM3870", Some(3870)),
            ("sm0001,Sm 0001", Some(1)),
            ("SM0042 2026", Some(42)),
            ("SM0042/2026", Some(42)),
            ("SM0042, 2 months", Some(42)),
            ("SM0042 + 5.00", Some(42)),
            ("SM0042 SUTTON SM1 2AB", Some(42)),
            ("SM0042 RF18SM0042", Some(42)),
            ("SM0042SM0042 SM0042", Some(42)),
            ("SM42 for June", Some(42)),
            ("PRISM1 LTD", None),
            ("SMITH 5", None),
            ("SMS 2500", None),
            ("SM", None),
            ("S", None),
            ("", None),
        ] {
            let expected = expected.map_or(Reference::None, |number| Reference::One(id(number)));
            assert_eq!(of(text), expected, "{text}");
        }
        let none = reference("1", "", &|_| true);
        assert_eq!(none, Reference::None, "no prefix, no reference");
    }

    #[test]
    fn numbers_that_are_joined_are_several_references() {
        for text in [
            "SM0001 SM0002",
            "SM2 SM1 SM2",
            "SM0001 & 0002",
            "SM0001+2",
            "SM0001/0002",
            "SM0001, 0002",
            "SM0001 and 2",
            "SM0001 UND 2",
            "SM0001/\n0002",
            "SM0001\nSM0002",
            "SM0001 SM-0002",
            "SM0001 SMOOO2",
        ] {
            assert_eq!(of(text), Reference::Several(vec![id(1), id(2)]), "{text}");
        }
        assert_eq!(of("SM0001 & 2 & 3"), Reference::Several(vec![id(1), id(2), id(3)]));
    }

    #[test]
    fn what_may_be_another_reference_is_doubtful() {
        for (text, perhaps) in [
            ("J SMITH STO SM004\n2", &[42, 4][..]),
            ("SM004 2", &[42, 4]),
            ("SM4 20", &[420, 4]),
            ("SM42 0", &[420, 42]),
            ("SM42-0", &[420, 42]),
            ("SM1234 5", &[12_345]),
            ("SM0001 & 0099", &[1]),
            ("SM1 2AB", &[]),
            ("SM6 0XX MEMBERSHIP", &[]),
            ("SM9999999999999", &[]),
            ("SM0001 SM9999999999999", &[1]),
            ("A SM  0001", &[1]),
            ("A SM\n0001", &[1]),
            ("SMOO42", &[42]),
            ("SMO042", &[42]),
            ("SM0O42", &[42]),
            ("SM OO42", &[42]),
            ("5M0042", &[42]),
            ("smoo4z", &[42]),
            ("SM-0042", &[42]),
            ("SM_0042", &[42]),
            ("SM/0042", &[42]),
            ("SM.0042", &[42]),
            ("SM: 42", &[42]),
            ("SM#0042", &[42]),
            ("SVWZ+SM0042ABWA+X", &[42]),
            ("RF18SM0042", &[42]),
            ("SM0042SM0042", &[42]),
            ("SM0001SM0002", &[1, 2]),
            ("SM0001STO", &[1]),
            ("ÄSM0001", &[1]),
            ("SM0001Ä", &[1]),
            ("SM-0099", &[]),
        ] {
            let Reference::Doubtful { perhaps: found, written } = of(text) else {
                panic!("{text}: {:?}", of(text))
            };
            let perhaps: Vec<MemberId> = perhaps.iter().map(|number| id(*number)).collect();
            assert_eq!(found, perhaps, "{text}");
            assert!(!written.is_empty() && !written.contains('\n'), "{text}: {written}");
        }
    }

    proptest! {
        #[test]
        fn a_reference_is_found_between_any_other_text(
            before in "[a-zé0-9 ]{0,12}[ ./:-]|",
            number in 0..=MemberId::MAX,
            after in "|[ .:-][a-zé0-9]{0,12}",
            (small, blank) in (any::<bool>(), any::<bool>()),
        ) {
            let prefix = if small { "sm" } else { "SM" };
            let text = format!("{before}{prefix}{}{:04}{after}", if blank { " " } else { "" }, number);
            let found = |text: &str| reference(text, "SM", &|_| false);
            let other = found(&before) != Reference::None || found(&after) != Reference::None;
            prop_assert!(other || found(&text) == Reference::One(id(number)), "{text}");
        }

        /// Whatever stands around two members' references, neither of them gets it all.
        #[test]
        fn of_two_members_neither_is_credited(
            (one, two) in (1..9_u64, 1..9_u64),
            (left, between, right) in ("[a-z ]{0,5} |", "[ \n]{1,2}[a-z]{0,8}[ \n/,;&+:-]{1,3}", "| [a-z ]{0,5}"),
            (first, second) in (0..4_usize, 0..7_usize),
        ) {
            let written = |id: u64, how: usize| match how {
                0 => format!("SM{id:04}"),
                1 => format!("sm {id:04}"),
                2 => format!("SM{id}"),
                3 => format!("Sm{id:06}"),
                4 => format!("SM-{id:04}"),
                5 => format!("SMOO0{id}"),
                _ => format!("xSM{id:04}y"),
            };
            let text = format!("{left}{}{between}{}{right}", written(one, first), written(two, second));
            let found = of(&text);
            prop_assert_eq!(one == two, matches!(found, Reference::One(_)), "{}: {:?}", text, found);
        }

        #[test]
        fn any_text_is_read(text in any::<String>(), prefix in "[A-Z]{0,3}") {
            let _ = reference(&text, &prefix, &|_| true);
        }
    }
}
