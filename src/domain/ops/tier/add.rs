//! Adds a tier.

use crate::domain::{
    model::{Advice, Change, Record, RecordPath, Slug, Subject, Tier, text},
    money::Currency,
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Adds a tier.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add(records: &dyn Records, name: &Slug, tier: Tier) -> Planned {
    let path = RecordPath::Tier(name.clone());
    if records.exists(&path) {
        return Err(Refusal::new(format!("there is already a tier {name}"))
            .hint(Advice::EditTier(name.clone())));
    }
    let change = Change::new(Subject::new("tier: add").and(name), format!("tier.add {name}"));
    let words = in_words(records, &tier);
    Ok(Plan::from(change.put(path, Record::Tier(tier))).note(words))
}

/// Says what members of a tier owe, so that a slip in an amount is seen at once.
pub(super) fn in_words(records: &dyn Records, tier: &Tier) -> String {
    let code = look_up::space(records).map(|space| space.currency).unwrap_or_default();
    let currency = Currency::named(&code);
    let name = text::shown(&tier.name);
    match (tier.price.filter(|price| *price > 0), tier.year) {
        (None, _) => format!("members of the tier {name} owe no dues"),
        (Some(price), year) => {
            let year = year.map(|year| format!(", or {} {code} a year", currency.amount(year)));
            format!(
                "members of the tier {name} owe {} {code} a month{}",
                currency.amount(price),
                year.unwrap_or_default()
            )
        }
    }
}
