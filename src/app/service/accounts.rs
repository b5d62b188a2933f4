//! Whose accounts at a processor are: read once, and then kept up with what changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::model::{CommitId, Contact, MemberId, Record, RecordPath, Slug},
    store::{Revision, StoreError},
};

/// The accounts of members at one processor, as of a commit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Accounts {
    at: Option<CommitId>,
    owned: BTreeMap<MemberId, String>,
}

impl Accounts {
    /// Takes them as they are at a commit, and returns the member of each. Those of several members are
    /// left out: whose money it is that comes from there, a person has to say.
    pub(super) fn at(&mut self, head: &Revision<'_>, service: &Slug) -> BTreeMap<String, MemberId> {
        let kept_up = self.at.is_some_and(|before| self.keep_up(head, before, service).is_ok());
        if !kept_up {
            let all = head.contacts(|_| true).into_iter();
            self.owned = all.filter_map(|(id, it)| Some((id, own(it, service)?))).collect();
        }
        self.at = Some(head.id());
        let (mut members, mut shared) = (BTreeMap::new(), BTreeSet::new());
        for (member, account) in &self.owned {
            if members.insert(account.clone(), *member).is_some() {
                shared.insert(account);
            }
        }
        members.retain(|account, _| !shared.contains(account));
        members
    }

    /// Reads what has changed since another commit, and nothing else.
    fn keep_up(
        &mut self,
        head: &Revision<'_>,
        before: CommitId,
        service: &Slug,
    ) -> Result<(), StoreError> {
        for changed in head.changes_since(before)? {
            let Some(path @ RecordPath::Contact(id)) = changed.record_path else { continue };
            let account = match head.record(&path) {
                Ok(Some(Record::Contact(contact))) => own(contact, service),
                _ => None,
            };
            match account {
                Some(account) => self.owned.insert(id, account),
                None => self.owned.remove(&id),
            };
        }
        Ok(())
    }
}

fn own(mut contact: Contact, service: &Slug) -> Option<String> {
    contact.accounts.remove(service.as_str())
}
