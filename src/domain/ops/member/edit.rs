//! Changes the requested fields of a member and no others.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::contact_data;
use crate::domain::{
    model::{
        Advice, Change, Contact, Member, MemberId, Money, Note, Record, RecordPath, Slug, Subject,
        contact::YearMonth, text,
    },
    ops::{Field, Plan, Planned, Refusal, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field.
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
    /// Accounts by service; `None` removes one.
    pub accounts: BTreeMap<String, Option<String>>,
    pub pays_by: Field<Slug>,
    pub news: Option<bool>,
    pub named: Option<bool>,
}

/// Changes a member's record, the contact data, or both.
///
/// # Errors
/// Refuses if there is no such member, if nothing would change, or if the parent has left.
pub fn edit(records: &dyn Records, id: MemberId, request: Edit) -> Planned {
    let before = look_up::member(records, id)?;
    if let Field::Set(parent) = request.parent {
        look_up::parent(records, parent)?;
    }
    let readable = contact_data::read(records, id);
    let contact_before = readable.clone().unwrap_or_default();
    let (mut member, mut contact) = (before.clone(), contact_before.clone());
    let mut edits = ChangedFields::default();
    edit_contact(&request, &mut contact, &mut edits);
    edit_member(request, &mut member, &mut edits);
    let who = format!("{id} {}", text::shown(&member.name));
    let subject = Subject::new("member: edit").and(id).aside(edits.names(&who)?);
    let mut change = Change::new(subject, format!("member.edit {id}"));
    let now = member.clone();
    if member != before {
        change = change.put(RecordPath::Member(id), Record::Member(member));
    }
    if contact != contact_before && readable.is_none() {
        let path = RecordPath::Contact(id);
        return Err(Refusal::new(format!("{path} cannot be read")).hint(Advice::Check));
    }
    let idle = (now.concession && now.tier != before.tier)
        .then(|| look_up::tier(records, &now.tier).ok())
        .flatten()
        .filter(|tier| !tier.concessions)
        .map(|_| {
            let message = format!("the tier {} gives no concessions, so that of {who}", now.tier);
            Note::new(
                format!("{message} has no effect"),
                Advice::AllowConcessions(now.tier.clone()),
            )
        });
    let plan = Plan::from(contact_data::write(change, id, &contact_before, contact));
    Ok(idle.into_iter().fold(plan, Plan::note))
}

fn edit_member(request: Edit, member: &mut Member, edits: &mut ChangedFields) {
    edits.set("name", request.name.map(|name| name.trim().to_owned()), &mut member.name);
    edits.set("tier", request.tier, &mut member.tier);
    edits.set("joined", request.joined, &mut member.joined);
    edits.field("parent", request.parent, &mut member.parent);
    let stated = match request.concession {
        Field::Keep => None,
        Field::Clear => Some(false),
        Field::Set(_) => Some(true),
    };
    edits.set("concession", stated, &mut member.concession);
    edits.field("chosen amount", request.chosen_amount, &mut member.chosen_amount);
    edits.field("paid until", request.paid_until, &mut member.paid_until);
}

fn edit_contact(request: &Edit, contact: &mut Contact, edits: &mut ChangedFields) {
    edits.field("e-mail", request.email.clone(), &mut contact.email);
    edits.field("phone", request.phone.clone(), &mut contact.phone);
    edits.field("address", request.address.clone(), &mut contact.address);
    edits.field("concession", request.concession.clone(), &mut contact.concession_reason);
    edits.field("born", request.born.clone(), &mut contact.born);
    edits.entries("accounts", request.accounts.clone(), &mut contact.accounts);
    edits.field("pays by", request.pays_by.clone(), &mut contact.pays_by);
    edits.set("news", request.news, &mut contact.news);
    edits.set("named", request.named, &mut contact.named);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Tier,
        ops::{
            fixture::{day, id, newcomer, refused, run, slug, space},
            tier,
        },
    };

    #[test]
    fn changes_only_what_was_asked_for() {
        let mut all = space();
        let before = look_up::member(&all, id(1)).unwrap();
        let request = Edit {
            name: Some("Ada King".into()),
            paid_until: Field::Set(day("2026-12-01")),
            ..Edit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, id(1), request));
        assert_eq!(subject, "member: edit 0001 (name, paid until)");
        let paid_until = Some(day("2026-12-01"));
        let expected = Member { name: "Ada King".into(), paid_until, ..before };
        assert_eq!(look_up::member(&all, id(1)).unwrap(), expected);
        assert!(!all.exists(&RecordPath::Contact(id(1))));
    }

    #[test]
    fn every_field_can_be_set_and_emptied_again() {
        let mut all = space();
        let before: Vec<_> = all.iter().map(|(p, r)| (p.clone(), r.clone())).collect();
        let account = |name: Option<&str>| BTreeMap::from([("chat".into(), name.map(Into::into))]);
        let set = Edit {
            parent: Field::Set(id(1)),
            concession: Field::Set("student".into()),
            chosen_amount: Field::Set(2500),
            paid_until: Field::Set(day("2026-12-01")),
            email: Field::Set("bob@example.org".into()),
            phone: Field::Set("+44 20 7946 0000".into()),
            address: Field::Set("1 High Street\nBletchley".into()),
            born: Field::Set("1980-01".parse().unwrap()),
            accounts: account(Some("bob")),
            pays_by: Field::Set(slug("stripe")),
            ..Edit::default()
        };
        run(&mut all, |all| edit(all, id(2), set.clone()));
        assert!(refused(edit(&all, id(2), set)).starts_with("nothing to do: 0002 Bob Noyce"));
        let clear = Edit {
            parent: Field::Clear,
            concession: Field::Clear,
            chosen_amount: Field::Clear,
            paid_until: Field::Clear,
            email: Field::Clear,
            phone: Field::Clear,
            address: Field::Clear,
            born: Field::Clear,
            accounts: account(None),
            pays_by: Field::Clear,
            ..Edit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, id(2), clear));
        assert!(subject.contains("e-mail") && !subject.contains("example.org"), "{subject}");
        assert!(all.iter().map(|(p, r)| (p.clone(), r.clone())).eq(before), "not as it was");
    }

    #[test]
    fn a_concession_without_effect_is_noted() {
        let mut all = space();
        let plain = Tier { name: "Plain".into(), price: Some(900), year: None, concessions: false };
        run(&mut all, |all| tier::add(all, &slug("plain"), plain));
        let stated = Edit { concession: Field::Set("student".into()), ..Edit::default() };
        run(&mut all, |all| edit(all, id(1), stated));
        let moved = |tier| Edit { tier: Some(slug(tier)), ..Edit::default() };
        let (_, notes) = run(&mut all, |all| edit(all, id(1), moved("plain")));
        assert!(notes[0].starts_with("the tier plain gives no concessions, so that of 0001"));
        let (_, notes) = run(&mut all, |all| edit(all, id(1), moved("standard")));
        assert_eq!(notes, [""; 0]);
    }

    #[test]
    fn changing_nothing_is_nothing_to_do() {
        let refusal = refused(edit(&space(), id(1), Edit::default()));
        assert!(
            refusal.starts_with("nothing to do: 0001 Ada Lovelace already has these values"),
            "{refusal}"
        );
        assert!(refused(edit(&space(), id(9), Edit::default())).contains("no member 0009"));
    }

    #[test]
    fn what_cannot_be_read_is_not_overwritten() {
        let mut all = space();
        all.insert_unreadable(RecordPath::Member(id(3)));
        all.insert_unreadable(RecordPath::Contact(id(1)));
        let reach = Edit { phone: Field::Set("1".into()), ..Edit::default() };
        assert!(refused(edit(&all, id(1), reach)).contains("contact.json cannot be read"));
        let request = Edit { name: Some("Eve".into()), ..Edit::default() };
        assert!(refused(edit(&all, id(3), request)).contains("cannot be read"));
        let taken = refused(crate::domain::ops::member::add(&all, newcomer(3, "Eve")));
        assert!(taken.contains("is taken"), "{taken}");
    }
}
