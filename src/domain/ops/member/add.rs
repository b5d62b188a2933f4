//! Adds a member, with any contact data.

use jiff::civil::Date;

use super::contact_data;
use crate::domain::{
    model::{Change, Contact, Member, MemberId, Money, Record, RecordPath, Slug, Subject},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// The new member. The caller chooses the number: the next free one, or one from elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Add {
    /// The number.
    pub id: MemberId,
    /// The name that other members know.
    pub name: String,
    /// The kind of membership.
    pub tier: Slug,
    /// The first day of membership, local date.
    pub joined: Date,
    /// The member who answers for this child.
    pub parent: Option<MemberId>,
    /// The stated reason for reduced dues.
    pub concession: Option<String>,
    /// The monthly amount that the member chose to pay, in minor units.
    pub chosen_amount: Option<Money>,
    /// The first day that is not paid for, if known from elsewhere.
    pub paid_until: Option<Date>,
    /// The rest of the personal data.
    pub contact: Contact,
}

/// Adds a member.
///
/// # Errors
/// Refuses if the number is taken, or if the parent has left.
pub fn add(records: &dyn Records, request: Add) -> Planned {
    let Add { id, mut contact, .. } = request;
    let concession = request.concession.is_some();
    contact.concession_reason = request.concession;
    let path = RecordPath::Member(id);
    if records.exists(&path) {
        let who = look_up::who(records, id);
        return Err(Refusal::new(format!("the number {id} is taken by {who}"))
            .hint("leave out the number to get the next free one"));
    }
    request.parent.map_or(Ok(()), |parent| look_up::parent(records, parent))?;
    let member = Member {
        name: request.name.trim().to_owned(),
        tier: request.tier,
        joined: request.joined,
        left: None,
        suspended: None,
        suspended_until: None,
        parent: request.parent,
        concession,
        chosen_amount: request.chosen_amount,
        paid_until: request.paid_until,
    };
    let subject = Subject::new("member: add").and(id);
    let unpaid = look_up::unpaid(records, id, &member);
    let change = Change::new(subject, format!("member.add {id}")).put(path, Record::Member(member));
    let change = contact_data::write(change, id, &Contact::default(), contact);
    Ok(unpaid.into_iter().fold(Plan::from(change), Plan::note))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        Field,
        fixture::{id, newcomer, refused, run, space},
        member,
    };

    #[test]
    fn writes_contact_data_only_if_there_are_any() {
        let mut all = space();
        let (subject, _) = run(&mut all, |all| add(all, newcomer(42, " Grace Hopper ")));
        assert_eq!(subject, "member: add 0042");
        assert_eq!(all.within(id(42)), [RecordPath::Member(id(42))]);
        let contact = Contact { email: Some("joan@example.org".into()), ..Contact::default() };
        run(&mut all, |all| add(all, Add { contact, ..newcomer(43, "Joan Clarke") }));
        assert_eq!(all.within(id(43)), [RecordPath::Member(id(43)), RecordPath::Contact(id(43))]);
    }

    #[test]
    fn says_so_if_the_doors_stay_shut_for_want_of_dues() {
        let all = space();
        let words = |step: &crate::domain::model::Advice| format!("{step:?}");
        let notes = |request| -> Vec<String> {
            add(&all, request).unwrap().notes.iter().map(|note| note.in_words(words)).collect()
        };
        let refusal = notes(newcomer(42, "Grace Hopper"));
        assert_eq!(
            refusal,
            ["standard owes dues and nothing is paid yet, so the doors stay shut for \
              Grace Hopper: AddPayment(0042)"]
        );
        let paid = Some("2026-04-01".parse().unwrap());
        assert!(notes(Add { paid_until: paid, ..newcomer(42, "Grace Hopper") }).is_empty());
        assert!(notes(Add { parent: Some(id(1)), ..newcomer(42, "Grace Hopper") }).is_empty());
    }

    #[test]
    fn refuses_a_parent_who_has_left() {
        use crate::domain::ops::member::{Credentials, leave};
        let mut all = space();
        let on = "2026-06-30".parse().unwrap();
        run(&mut all, |all| leave(all, id(1), on, Credentials::Keep));
        let refusal = refused(add(&all, Add { parent: Some(id(1)), ..newcomer(42, "Byron King") }));
        assert!(refusal.starts_with("0001 Ada Lovelace left on 2026-06-30"), "{refusal}");
        let edit = member::Edit { parent: Field::Set(id(1)), ..member::Edit::default() };
        let refusal = refused(member::edit(&all, id(2), edit));
        assert!(refusal.starts_with("0001 Ada Lovelace left on 2026-06-30"), "{refusal}");
    }

    #[test]
    fn refuses_a_number_that_is_taken() {
        let refusal = refused(add(&space(), newcomer(1, "Grace Hopper")));
        assert!(refusal.starts_with("the number 0001 is taken by 0001 Ada Lovelace"), "{refusal}");
    }
}
