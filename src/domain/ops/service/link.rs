//! Records which account at a service is whose.

use std::collections::BTreeMap;

use crate::domain::{
    model::{
        Advice, Change, Contact, MemberId, Record, RecordPath, Slug, Subject, subject::Counted,
    },
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Records the account of each member; whom `pays` is true for pays by that service from now on.
///
/// # Errors
/// Refuses if there is no such member, if the contact data cannot be read, or if all is recorded.
pub fn link(
    records: &dyn Records,
    service: &Slug,
    links: &BTreeMap<MemberId, String>,
    pays: impl Fn(MemberId) -> bool,
) -> Planned {
    let mut change = Change::new("", "");
    let mut linked = Vec::new();
    for (id, account) in links {
        look_up::member(records, *id)?;
        let path = RecordPath::Contact(*id);
        let before = match records.record(&path) {
            Some(Record::Contact(contact)) => contact,
            None if !records.exists(&path) => Contact::default(),
            _ => {
                let refusal = Refusal::new(format!("{path} cannot be read"));
                return Err(refusal.hint(Advice::Check));
            }
        };
        let mut now = before.clone();
        now.accounts.insert(service.to_string(), account.clone());
        if pays(*id) {
            now.pays_by = Some(service.clone());
        }
        if now != before {
            linked.push(*id);
            change = change.put(path, Record::Contact(now));
        }
    }
    let subject = Subject::new("service: link");
    change.subject = match linked.as_slice() {
        [] => return Err(Refusal::unchanged("these accounts are recorded already")),
        [member] => subject.and(*member),
        _ => subject.and(Counted::new(linked.len(), "members")),
    }
    .and("at")
    .and(service);
    change.trailer = format!("service.link {}", linked.len());
    Ok(Plan::from(change))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::fixture::{id, refused, run, slug, space};

    #[test]
    fn an_account_is_recorded_once_and_others_stay() {
        let mut all = space();
        let stripe = slug("stripe");
        let one = BTreeMap::from([(id(1), "cus_1".to_owned())]);
        let (subject, _) = run(&mut all, |all| link(all, &stripe, &one, |_| false));
        assert_eq!(subject, "service: link 0001 at stripe");
        assert!(refused(link(&all, &stripe, &one, |_| false)).contains("recorded already"));
        let both = BTreeMap::from([(id(1), "cus_1".to_owned()), (id(2), "cus_2".to_owned())]);
        let (subject, _) = run(&mut all, |all| link(all, &stripe, &both, |_| true));
        assert_eq!(subject, "service: link 2 members at stripe");
        let Some(Record::Contact(ada)) = all.record(&RecordPath::Contact(id(1))) else {
            panic!("no contact data")
        };
        assert_eq!((ada.accounts["stripe"].as_str(), ada.pays_by), ("cus_1", Some(stripe.clone())));
        all.insert_unreadable(RecordPath::Contact(id(1)));
        assert!(refused(link(&all, &stripe, &one, |_| true)).contains("cannot be read"));
    }
}
