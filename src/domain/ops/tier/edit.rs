//! Changes a tier.

use crate::domain::{
    check::Records,
    model::{Change, Money, Place, Record, Slug},
    ops::{Field, Planned, edits::Edits, look_up},
};

/// What is to become of each field.
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
/// Refuses if there is no such tier, or if everything is already so.
pub fn edit(records: &dyn Records, name: &Slug, request: Edit) -> Planned {
    let mut tier = look_up::tier(records, name)?;
    let mut edits = Edits::default();
    edits.set("name", request.name, &mut tier.name);
    edits.field("price", request.price, &mut tier.price);
    edits.field("year", request.year, &mut tier.year);
    edits.set("concessions", request.concessions, &mut tier.concessions);
    let subject = format!("tier: edit {name} ({})", edits.names(name.as_str())?);
    let change = Change::new(subject, format!("tier.edit {name}"));
    Ok(change.put(Place::Tier(name.clone()), Record::Tier(tier)).into())
}
