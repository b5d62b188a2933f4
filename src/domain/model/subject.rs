//! What a change did, in one line that names nobody: `member: suspend 0042`.
//!
//! Subjects stay in the history for ever, and in every clone. Therefore a person is in them as a
//! number, which says nothing once the person's records are gone; names are put beside the numbers
//! when a subject is shown.

use std::{borrow::Cow, fmt};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{CommitId, CredentialType, MemberId, NoticeKind, Slug, Tag};

/// The subject of a commit, and the members in it.
///
/// It is put together from words of this program and from what is [`Impersonal`], which no text
/// from a record is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subject {
    text: String,
    members: Vec<MemberId>,
}

/// What may stand in a subject: it tells nobody who somebody is.
pub trait Impersonal: fmt::Display {
    /// Returns what the subject says.
    fn words(&self) -> String {
        self.to_string()
    }

    /// Returns the member whose number it is, if it is one.
    fn member(&self) -> Option<MemberId> {
        None
    }
}

impl Impersonal for MemberId {
    fn member(&self) -> Option<MemberId> {
        Some(*self)
    }
}

impl Impersonal for &Tag {
    fn words(&self) -> String {
        self.short().to_owned()
    }
}

impl Impersonal for CommitId {
    fn words(&self) -> String {
        self.short()
    }
}

impl Impersonal for &'static str {}
impl Impersonal for &Slug {}
impl Impersonal for Date {}
impl Impersonal for CredentialType {}
impl Impersonal for NoticeKind {}
impl Impersonal for i32 {}
impl Impersonal for u32 {}
impl Impersonal for Counted {}

/// How many of what: `2 months`, `1,200 letters`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted(u64, &'static str);

impl Counted {
    /// Makes it from a number and a noun, which is in the plural unless the number is one.
    #[must_use]
    pub fn new(count: impl TryInto<u64>, what: &'static str) -> Self {
        Self(count.try_into().unwrap_or(u64::MAX), what)
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // With commas, it never looks like a member's number.
        let digits = self.0.to_string();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, " {}", self.1)
    }
}

impl Subject {
    /// Starts a subject: `member: suspend`.
    #[must_use]
    pub fn new(words: &'static str) -> Self {
        Self { text: words.to_owned(), members: Vec::new() }
    }

    /// Takes the subject of a commit as it is in the history, where it stays whatever it says.
    #[must_use]
    pub const fn of_commit(text: String, members: Vec<MemberId>) -> Self {
        Self { text, members }
    }

    /// Adds a part, after a blank.
    #[must_use]
    pub fn and(mut self, part: impl Impersonal) -> Self {
        self.text.push(' ');
        self.add(&part);
        self
    }

    /// Adds several parts: ` frontdoor, laser`.
    #[must_use]
    pub fn all(mut self, parts: impl IntoIterator<Item = impl Impersonal>) -> Self {
        let mut between = " ";
        for part in parts {
            self.text.push_str(between);
            self.add(&part);
            between = ", ";
        }
        self
    }

    /// Adds several parts in brackets: ` (name, tier)`.
    #[must_use]
    pub fn aside(mut self, parts: impl IntoIterator<Item = impl Impersonal>) -> Self {
        let mut inside = Self::default().all(parts);
        self.text.extend([" (", inside.text.trim_start(), ")"]);
        self.members.append(&mut inside.members);
        self
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the members whose numbers are in it.
    #[must_use]
    pub fn members(&self) -> &[MemberId] {
        &self.members
    }

    /// Returns the text with what `who` says in place of each member's number.
    #[must_use]
    pub fn with(&self, who: impl Fn(MemberId) -> String) -> String {
        let word = |word: &str| {
            let number = word.trim_end_matches(',');
            let member = self.members.iter().find(|it| it.to_string() == number);
            member.map_or_else(|| word.to_owned(), |id| who(*id) + &word[number.len()..])
        };
        self.text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    /// Adds a part. What only looks like a member's number is put in quotes.
    fn add(&mut self, part: &impl Impersonal) {
        let text = part.words();
        if let Some(id) = part.member() {
            self.text.push_str(&text);
            if !self.members.contains(&id) {
                self.members.push(id);
            }
        } else if text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            self.text.extend(["`", &text, "`"]);
        } else {
            self.text.push_str(&text);
        }
    }
}

impl From<&'static str> for Subject {
    fn from(words: &'static str) -> Self {
        Self::new(words)
    }
}

impl PartialEq<&str> for Subject {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl JsonSchema for Subject {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Subject".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    fn named(id: MemberId) -> String {
        match id.number() {
            1 => "0001 Ada Lovelace".to_owned(),
            1200 => "1200 Bob Noyce".to_owned(),
            _ => id.to_string(),
        }
    }

    #[test]
    fn names_are_put_beside_numbers_when_it_is_shown() {
        let subject =
            Subject::new("credential: revoke").and(Counted::new(2, "credentials")).and("of");
        let subject = subject.all([id(1), id(2), id(1200)]).and("for").and("laser");
        assert_eq!(
            subject.as_str(),
            "credential: revoke 2 credentials of 0001, 0002, 1200 for laser"
        );
        assert_eq!(subject.members(), [id(1), id(2), id(1200)]);
        assert_eq!(
            subject.with(named),
            "credential: revoke 2 credentials of 0001 Ada Lovelace, 0002, 1200 Bob Noyce for laser"
        );
    }

    #[test]
    fn what_only_looks_like_a_number_gets_no_name() {
        let tag: Tag = "0001".parse().unwrap();
        let subject = Subject::new("credential: revoke").and(&tag).and("of").and(id(1));
        assert_eq!(subject.with(named), "credential: revoke `0001` of 0001 Ada Lovelace");
        let subject = Subject::new("payment:").and(id(1200)).and("pays for");
        let subject = subject.and(Counted::new(1200, "months"));
        assert_eq!(subject.with(named), "payment: 1200 Bob Noyce pays for 1,200 months");
        let subject = Subject::new("member: edit").and(id(1)).aside(["name", "tier"]);
        assert_eq!(subject.with(named), "member: edit 0001 Ada Lovelace (name, tier)");
    }

    proptest! {
        #[test]
        fn each_member_gets_a_name_and_nothing_else_does(
            parts in prop::collection::vec((0..4_u8, 0..2_000_u64), 0..8),
        ) {
            let (mut subject, mut expected) = (Subject::new("test:"), "test:".to_owned());
            for (kind, number) in parts {
                let member = id(number);
                let tag: Tag = member.to_string().parse().unwrap();
                let count = Counted::new(number, "months");
                let (next, words) = match kind {
                    0 => (subject.and(member), format!("{member} somebody")),
                    1 => (subject.all([member, member]), format!("{member} somebody, {member} somebody")),
                    2 => (subject.and(&tag), format!("`{tag}`")),
                    _ => (subject.and(count), count.to_string()),
                };
                (subject, expected) = (next, format!("{expected} {words}"));
            }
            prop_assert_eq!(subject.with(|id| format!("{id} somebody")), expected);
        }
    }

    #[test]
    fn the_subject_of_an_old_commit_is_shown_as_it_is() {
        let old = Subject::of_commit("member: add 0001 Ada King".to_owned(), Vec::new());
        assert_eq!(old.with(named), "member: add 0001 Ada King");
    }
}
