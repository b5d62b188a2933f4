//! Changes what is known about a member, and nothing that was not asked for.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::{
    check::Records,
    model::{
        Change, Contact, Member, MemberId, Money, Place, Record, Slug, contact::YearMonth, text,
    },
    ops::{Field, Planned, edits::Edits, look_up},
};

/// What is to become of each field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Edit {
    pub name: Option<String>,
    pub tier: Option<Slug>,
    pub joined: Option<Date>,
    pub parent: Field<MemberId>,
    pub concession: Field<String>,
    pub chosen_amount: Field<Money>,
    pub paid_until: Field<Date>,
    pub email: Field<String>,
    pub phone: Field<String>,
    pub address: Field<String>,
    pub born: Field<YearMonth>,
    /// Accounts by service; nothing removes one.
    pub accounts: BTreeMap<String, Option<String>>,
}

/// Changes a member's record, the contact data, or both.
///
/// # Errors
/// Refuses if there is no such member, or if everything is already so.
pub fn edit(records: &dyn Records, id: MemberId, request: Edit) -> Planned {
    let before = look_up::member(records, id)?;
    let contact_before = match records.record(&Place::Contact(id)) {
        Some(Record::Contact(contact)) => contact,
        _ => Contact::default(),
    };
    let (mut member, mut contact) = (before.clone(), contact_before.clone());
    let mut edits = Edits::default();
    edit_contact(&request, &mut contact, &mut edits);
    edit_member(request, &mut member, &mut edits);
    let who = format!("{id} {}", text::shown(&member.name));
    let subject = format!("member: edit {who} ({})", edits.names(&who)?);
    let mut change = Change::new(subject, format!("member.edit {id}"));
    if member != before {
        change = change.put(Place::Member(id), Record::Member(member));
    }
    if contact == contact_before {
        return Ok(change.into());
    }
    Ok(if contact == Contact::default() {
        change.remove(Place::Contact(id)).into()
    } else {
        change.put(Place::Contact(id), Record::Contact(contact)).into()
    })
}

fn edit_member(request: Edit, member: &mut Member, edits: &mut Edits) {
    edits.set("name", request.name.map(|name| name.trim().to_owned()), &mut member.name);
    edits.set("tier", request.tier, &mut member.tier);
    edits.set("joined", request.joined, &mut member.joined);
    edits.field("parent", request.parent, &mut member.parent);
    edits.field("concession", request.concession, &mut member.concession);
    edits.field("chosen amount", request.chosen_amount, &mut member.chosen_amount);
    edits.field("paid until", request.paid_until, &mut member.paid_until);
}

/// The subject is kept for ever, so it names the fields and never what is personal in them.
fn edit_contact(request: &Edit, contact: &mut Contact, edits: &mut Edits) {
    edits.field("e-mail", request.email.clone(), &mut contact.email);
    edits.field("phone", request.phone.clone(), &mut contact.phone);
    edits.field("address", request.address.clone(), &mut contact.address);
    edits.field("born", request.born.clone(), &mut contact.born);
    edits.entries("accounts", request.accounts.clone(), &mut contact.accounts);
}
