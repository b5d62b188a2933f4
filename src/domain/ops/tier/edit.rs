//! Changes a tier.

use super::add;
use crate::domain::{
    model::{Change, Money, Record, RecordPath, Slug, Subject},
    ops::{Field, Plan, Planned, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Edit {
    pub name: Option<String>,
    pub price: Field<Money>,
    pub year: Field<Money>,
    pub concessions: Option<bool>,
}

/// Changes a tier.
///
/// # Errors
/// Refuses if there is no such tier, or if nothing would change.
pub fn edit(records: &dyn Records, name: &Slug, request: Edit) -> Planned {
    let mut tier = look_up::tier(records, name)?;
    let prices = (tier.price, tier.year);
    let mut edits = ChangedFields::default();
    edits.set("name", request.name, &mut tier.name);
    edits.field("price", request.price, &mut tier.price);
    edits.field("year", request.year, &mut tier.year);
    edits.set("concessions", request.concessions, &mut tier.concessions);
    let subject = Subject::new("tier: edit").and(name).aside(edits.names(name.as_str())?);
    let change = Change::new(subject, format!("tier.edit {name}"));
    let words = (prices != (tier.price, tier.year)).then(|| add::in_words(records, &tier));
    let plan = Plan::from(change.put(RecordPath::Tier(name.clone()), Record::Tier(tier)));
    Ok(words.into_iter().fold(plan, Plan::note))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Tier,
        ops::{
            fixture::{refused, run, slug, space},
            tier,
        },
    };

    #[test]
    fn a_tier_is_added_and_changed() {
        let mut all = space();
        let guest = Tier { name: "Guest".into(), price: None, year: None, concessions: false };
        let (subject, _) = run(&mut all, |all| tier::add(all, &slug("guest"), guest.clone()));
        assert_eq!(subject, "tier: add guest");
        assert!(refused(tier::add(&all, &slug("guest"), guest.clone())).contains("already"));
        let request = Edit { price: Field::Set(500), year: Field::Set(5000), ..Edit::default() };
        let (subject, notes) = run(&mut all, |all| edit(all, &slug("guest"), request.clone()));
        assert_eq!(subject, "tier: edit guest (price, year)");
        assert_eq!(notes, ["members of the tier Guest owe 5.00 GBP a month, or 50.00 GBP a year"]);
        assert!(refused(edit(&all, &slug("guest"), request)).contains("nothing to do"));
        let back = Edit { price: Field::Clear, year: Field::Clear, ..Edit::default() };
        run(&mut all, |all| edit(all, &slug("guest"), back));
        assert_eq!(look_up::tier(&all, &slug("guest")).unwrap(), guest);
    }
}
