//! Finds out whose an e-mail address is.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::civil::Date;

use crate::{
    app::AppError,
    domain::model::{CommitId, MemberId, email},
    store::Revision,
};

/// Whose addresses they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    /// One member's.
    One(MemberId),
    /// No member's.
    Nobodys,
    /// Of more than one member.
    Several,
}

/// The addresses of all members, read once for each commit.
#[derive(Default)]
pub(in crate::web) struct Addresses(Mutex<Option<(CommitId, Arc<Known>)>>);

/// The members by their addresses, in lower case.
type Known = HashMap<String, Vec<MemberId>>;

impl Addresses {
    /// Tells whose these addresses are. Those who have left have none.
    ///
    /// # Errors
    /// The records cannot be read.
    pub(super) fn whose(
        &self,
        head: &Revision<'_>,
        addresses: &[String],
        today: Date,
    ) -> Result<Whose, AppError> {
        let known = self.known(head);
        let all = addresses.iter().filter_map(|it| known.get(&normal(it)?)).flatten();
        let all: BTreeSet<MemberId> = all.copied().collect();
        let belongs = |id: &MemberId| {
            let (folder, _) = head.member(*id);
            let member = folder.and_then(|it| it.member.get().cloned());
            member.is_some_and(|it| it.left.is_none_or(|left| today < left))
        };
        let mut members = all.into_iter().filter(belongs);
        Ok(match (members.next(), members.next()) {
            (None, _) => Whose::Nobodys,
            (Some(id), None) => Whose::One(id),
            (Some(_), Some(_)) => Whose::Several,
        })
    }

    fn known(&self, head: &Revision<'_>) -> Arc<Known> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((commit, known)) if *commit == head.id() => Arc::clone(known),
            _ => {
                let mut known = Known::new();
                for (id, contact) in head.contacts(|_| true) {
                    if let Some(address) = contact.email.as_deref().and_then(normal) {
                        known.entry(address).or_default().push(id);
                    }
                }
                let known = Arc::new(known);
                *kept = Some((head.id(), Arc::clone(&known)));
                known
            }
        }
    }
}

/// Returns an address as it is compared.
fn normal(address: &str) -> Option<String> {
    email::as_sent(address.trim()).map(|it| it.to_lowercase())
}
