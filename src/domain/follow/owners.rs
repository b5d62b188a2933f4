//! Whose an account is: by the records first, and by the mark that this program left there second.

use std::collections::{BTreeMap, BTreeSet};

use super::{Account, Drift, Found, Holding, Wanted};
use crate::domain::model::MemberId;

/// The accounts by their owners.
pub(super) struct Owners<'f, T> {
    /// The one account of each member that is beyond doubt.
    pub(super) accounts: BTreeMap<MemberId, &'f Account<T>>,
    /// The accounts that the records do not name yet.
    pub(super) unrecorded: Vec<(MemberId, String)>,
    /// The members for whom nothing is done, since nobody but a person can tell which account counts.
    pub(super) doubtful: BTreeSet<MemberId>,
    /// What a person should look at.
    pub(super) drift: Vec<Drift>,
}

/// Finds the owners of all accounts.
pub(super) fn owners<'f, T>(wanted: &Wanted<T>, found: &'f Found<T>) -> Owners<'f, T> {
    let mut named: BTreeMap<&str, Vec<MemberId>> = BTreeMap::new();
    for (member, account) in &wanted.known {
        named.entry(account).or_default().push(*member);
    }
    let mut it = Owners {
        accounts: BTreeMap::new(),
        unrecorded: Vec::new(),
        doubtful: BTreeSet::new(),
        drift: Vec::new(),
    };
    let mut marked: BTreeMap<MemberId, Vec<&Account<T>>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for account in &found.accounts {
        // Pages that change while they are read may tell an account twice.
        if !told.insert(account.id.as_str()) {
            continue;
        }
        let by_mark = account.mark.as_deref().and_then(|mark| wanted.member_of(mark));
        match (named.get(account.id.as_str()).map(Vec::as_slice), by_mark) {
            (Some([member]), _) => {
                it.accounts.insert(*member, account);
            }
            (Some(members), _) => {
                it.doubtful.extend(members);
                let (account, members) = (account.id.clone(), members.to_vec());
                it.drift.push(Drift::Shared { account, members });
            }
            (None, Some(member)) => marked.entry(member).or_default().push(account),
            (None, None) if matches!(account.holds, Holding::Nothing { .. }) => {}
            (None, None) => it.drift.push(Drift::Stranger { account: account.id.clone() }),
        }
    }
    for (member, accounts) in marked {
        let is_empty = |it: &&&Account<T>| matches!(it.holds, Holding::Nothing { .. });
        match (wanted.known.get(&member), accounts.as_slice()) {
            (None, [account]) => {
                it.accounts.insert(member, account);
                it.unrecorded.push((member, account.id.clone()));
            }
            (Some(_), others) if others.iter().all(|it| is_empty(&it)) => {}
            (known, others) => {
                let ids = known.into_iter().cloned().chain(others.iter().map(|it| it.id.clone()));
                it.doubtful.insert(member);
                it.drift.push(Drift::Several { member, accounts: ids.collect() });
            }
        }
    }
    // What the service did not tell is only known to be gone if it told all the rest.
    for (member, account) in &wanted.known {
        if found.complete && !told.contains(account.as_str()) {
            it.doubtful.insert(*member);
            it.drift.push(Drift::Gone { member: *member, account: account.clone() });
        }
    }
    it
}
