//! What somebody wants to be different about themselves.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Money, OwnField, Slug, contact::YearMonth};

/// New values; what is missing stays as it is. An empty text takes a value away, and so does an
/// amount of zero.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct OwnChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<YearMonth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Slug>,
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concession: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub news: Option<bool>,
    /// Whether other members are told by name; whoever may choose news may choose this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<bool>,
}

impl OwnChange {
    /// Returns what is to be different.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<OwnField> {
        use OwnField as F;
        let Self {
            name,
            email,
            phone,
            address,
            born,
            tier,
            concession,
            chosen_amount,
            news,
            named,
        } = self;
        let all = [
            (F::Name, name.is_some()),
            (F::Email, email.is_some()),
            (F::Phone, phone.is_some()),
            (F::Address, address.is_some()),
            (F::Born, born.is_some()),
            (F::Tier, tier.is_some()),
            (F::Concession, concession.is_some()),
            (F::ChosenAmount, chosen_amount.is_some()),
            (F::News, news.is_some() || named.is_some()),
        ];
        all.into_iter().filter(|(_, wanted)| *wanted).map(|(field, _)| field).collect()
    }

    /// Returns the words for what is to be different. Being named has one of its own, though whoever may
    /// choose news may choose it.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let fields = self.fields().into_iter();
        let mut words: Vec<_> = fields.map(OwnField::word).collect();
        if self.named.is_some() {
            words.retain(|it| self.news.is_some() || *it != OwnField::News.word());
            words.push("named");
        }
        words
    }

    /// Tells whether everything may stay as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Divides it into what is among these fields, and the rest.
    #[must_use]
    pub fn divide(self, among: &BTreeSet<OwnField>) -> (Self, Self) {
        (self.clone().only(|it| among.contains(&it)), self.only(|it| !among.contains(&it)))
    }

    fn only(self, keep: impl Fn(OwnField) -> bool) -> Self {
        use OwnField as F;
        fn kept<T>(it: Option<T>, keep: bool) -> Option<T> {
            it.filter(|_| keep)
        }
        Self {
            name: kept(self.name, keep(F::Name)),
            email: kept(self.email, keep(F::Email)),
            phone: kept(self.phone, keep(F::Phone)),
            address: kept(self.address, keep(F::Address)),
            born: kept(self.born, keep(F::Born)),
            tier: kept(self.tier, keep(F::Tier)),
            concession: kept(self.concession, keep(F::Concession)),
            chosen_amount: kept(self.chosen_amount, keep(F::ChosenAmount)),
            news: kept(self.news, keep(F::News)),
            named: kept(self.named, keep(F::News)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> OwnChange {
        let text = || Some("a".to_owned());
        OwnChange {
            name: text(),
            email: text(),
            phone: text(),
            address: text(),
            born: "1980-01".parse().ok(),
            tier: "standard".parse().ok(),
            concession: text(),
            chosen_amount: Some(100),
            news: Some(true),
            named: Some(true),
        }
    }

    #[test]
    fn being_named_has_a_word_of_its_own() {
        let of = |news, named| OwnChange { news, named, ..OwnChange::default() }.words();
        assert_eq!(of(None, Some(true)), ["named"]);
        assert_eq!(of(Some(false), None), ["news"]);
        assert_eq!(of(Some(true), Some(false)), ["news", "named"]);
        assert_eq!(everything().words().len(), OwnField::ALL.len() + 1);
    }

    #[test]
    fn every_field_is_on_one_side_and_none_on_both() {
        let wish = everything();
        assert_eq!(wish.fields(), OwnField::ALL.into());
        for field in OwnField::ALL {
            let (own, rest) = wish.clone().divide(&[field].into());
            assert_eq!(own.fields(), [field].into());
            assert_eq!(rest.fields().len(), OwnField::ALL.len() - 1);
            assert!(!rest.fields().contains(&field));
        }
        let (own, rest) = OwnChange::default().divide(&OwnField::ALL.into());
        assert!(own.is_empty() && rest.is_empty());
    }
}
