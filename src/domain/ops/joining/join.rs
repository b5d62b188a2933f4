//! Makes members of somebody who applied, and of the children.

use jiff::civil::Date;

use crate::domain::{
    model::{Application, Change, Contact, MemberId, Subject},
    ops::{Plan, Planned, Refusal, member},
    records::{Overlay, Records},
};

/// Adds all of them in one change: the parent has the first number, and the children have those that
/// follow.
///
/// # Errors
/// A number is taken.
pub fn join(
    records: &dyn Records,
    first: MemberId,
    application: &Application,
    joined: Date,
) -> Planned {
    let mut all = Overlay::nothing(records);
    let ids = numbers(first, application.children.len())?;
    let it = application.clone();
    let language = Some(it.language);
    let parent = member::Add {
        id: first,
        name: it.name,
        tier: it.tier.clone(),
        joined,
        parent: None,
        concession: it.concession,
        chosen_amount: it.chosen_amount,
        paid_until: None,
        contact: Contact {
            email: Some(it.email),
            phone: it.phone,
            address: it.address,
            born: it.born,
            news: it.news,
            named: it.named,
            language,
            heard_of_us: it.heard_of_us,
            agreed: Some(it.agreed),
            ..Contact::default()
        },
    };
    let Plan { change, notes } = member::add(records, parent)?;
    all.add(&change);
    for (id, child) in ids.iter().skip(1).zip(it.children) {
        let contact = Contact { born: Some(child.born), language, ..Contact::default() };
        let child = member::Add {
            id: *id,
            name: child.name,
            tier: it.tier.clone(),
            joined,
            parent: Some(first),
            concession: None,
            chosen_amount: None,
            paid_until: None,
            contact,
        };
        let change = member::add(&all, child)?.change;
        all.add(&change);
    }
    let subject = Subject::new("member: join").and(first);
    let subject = ids.iter().skip(1).fold(subject, |subject, id| subject.and(*id));
    let words: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let change = Change {
        edits: all.into_change().edits,
        ..Change::new(subject, format!("member.join {}", words.join(" ")))
    };
    Ok(Plan { change, notes })
}

/// Returns the numbers of a parent and so many children.
///
/// # Errors
/// There are no numbers left.
fn numbers(first: MemberId, children: usize) -> Result<Vec<MemberId>, Refusal> {
    (0..=children as u64)
        .map(|more| MemberId::new(first.number() + more).map_err(Refusal::new))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::{Agreement, Language, Record, RecordPath, application::ApplicationChild},
        ops::fixture::{day, id, run, space},
    };

    #[test]
    fn a_parent_and_two_children_are_one_change() {
        let mut all = space();
        let child =
            |name: &str| ApplicationChild { name: name.into(), born: "2015-05".parse().unwrap() };
        let application = Application {
            name: "Grace Hopper".into(),
            email: "grace@example.org".into(),
            phone: None,
            address: Some("1 Main Street".into()),
            born: "1986-12".parse().ok(),
            tier: "standard".parse().unwrap(),
            concession: Some("student".into()),
            chosen_amount: None,
            news: true,
            named: true,
            heard_of_us: Some("a friend".into()),
            language: Language::German,
            agreed: Agreement {
                on: day("2026-01-15"),
                house_rules: Some("abc".into()),
                privacy: None,
            },
            children: vec![child("Byron"), child("Annabella")],
        };
        let (subject, _) = run(&mut all, |all| join(all, id(42), &application, day("2026-01-15")));
        assert_eq!(subject, "member: join 0042 0043 0044");
        let Some(Record::Member(parent)) = all.record(&RecordPath::Member(id(42))) else {
            panic!()
        };
        assert!(parent.concession && parent.parent.is_none());
        for number in [43, 44] {
            let Some(Record::Member(child)) = all.record(&RecordPath::Member(id(number))) else {
                panic!()
            };
            assert_eq!((child.parent, child.concession), (Some(id(42)), false));
        }
        let Some(Record::Contact(contact)) = all.record(&RecordPath::Contact(id(42))) else {
            panic!()
        };
        assert_eq!(contact.concession_reason.as_deref(), Some("student"));
        assert_eq!(contact.agreed.unwrap().house_rules.as_deref(), Some("abc"));
        assert_eq!((contact.news, contact.named), (true, true));
        assert_eq!(contact.language, Some(Language::German));
        let Some(Record::Contact(child)) = all.record(&RecordPath::Contact(id(43))) else {
            panic!()
        };
        assert!(!child.named, "a parent agrees for themselves");
    }
}
