//! The members and their accounts at a chat, as far as they decide who belongs where.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    app::{AppError, look_up, zone},
    domain::{
        follow::{self, Belongs, Circle, Wanted},
        model::{Channel, Contact, Finding, MemberFolder, MemberId, RecordPath, Slug},
        records::Records as _,
    },
    integrations::chat::Person,
    store::Revision,
};

/// The accounts of members.
pub(super) struct Accounts {
    /// By the records.
    pub(super) known: BTreeMap<MemberId, String>,
    /// The members whose confirmed address an account has, by account; only where that is beyond doubt.
    pub(super) by_email: BTreeMap<String, MemberId>,
    /// The members who have an e-mail address on record.
    pub(super) addressed: BTreeSet<MemberId>,
    /// The members about whom something cannot be read.
    pub(super) unreadable: BTreeSet<MemberId>,
    /// What a person should look at.
    pub(super) doubts: Vec<String>,
}

impl Accounts {
    /// Finds out whose the accounts are: by the records first, by the address second.
    pub(super) fn of(head: &Revision<'_>, chat: &Slug, people: &[Person]) -> Self {
        let contacts: BTreeMap<MemberId, Contact> = head.contacts(|_| true).into_iter().collect();
        let mut it = Self {
            known: BTreeMap::new(),
            by_email: BTreeMap::new(),
            addressed: BTreeSet::new(),
            unreadable: unreadable(head, &contacts),
            doubts: Vec::new(),
        };
        let mut members: BTreeMap<String, Vec<MemberId>> = BTreeMap::new();
        for (id, contact) in &contacts {
            if let Some(account) = contact.accounts.get(chat.as_str()) {
                it.known.insert(*id, account.clone());
            }
            if let Some(email) = &contact.email {
                it.addressed.insert(*id);
                members.entry(email.to_lowercase()).or_default().push(*id);
            }
        }
        let mut accounts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for person in people {
            if let Some(email) = &person.email {
                accounts.entry(email.to_lowercase()).or_default().push(&person.id);
            }
        }
        for (email, members) in members {
            let Some(accounts) = accounts.get(&email) else { continue };
            match (members.as_slice(), accounts.as_slice()) {
                ([member], [account]) => {
                    it.by_email.insert((*account).to_owned(), *member);
                }
                // Parents and children often share one; who is recorded needs no address.
                (several, _) if several.iter().all(|id| it.known.contains_key(id)) => {}
                (several, [account]) => it.doubts.push(format!(
                    "{account} has the address of several members: {}; link the right one by hand",
                    joined(several)
                )),
                (several, accounts) => it.doubts.push(format!(
                    "{} have the address of {}; link the right one by hand",
                    accounts.join(", "),
                    joined(several)
                )),
            }
        }
        it
    }

    /// Finds out who belongs to a channel.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub(super) fn belonging(
        &self,
        head: &Revision<'_>,
        channel: &Channel,
        now: Timestamp,
    ) -> Result<Wanted<Belongs>, AppError> {
        let space = look_up::space(head)?;
        let today = now.to_zoned(zone::of(head)?).date();
        let (basis, _) = head.basis();
        let roster = head.roster();
        let members: BTreeMap<MemberId, &MemberFolder> =
            roster.members().map(|folder| (folder.id, folder)).collect();
        let circle = Circle {
            members: &members,
            basis: &basis,
            cover: &|member| roster.cover(member, &basis, today),
            unreadable: &self.unreadable,
            known: &self.known,
            prefix: &space.reference_prefix,
            now,
            today,
        };
        Ok(follow::belonging(channel, &circle))
    }
}

fn joined(members: &[MemberId]) -> String {
    members.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Returns the members about whom something cannot be read: they may belong where they seem not to.
fn unreadable(head: &Revision<'_>, contacts: &BTreeMap<MemberId, Contact>) -> BTreeSet<MemberId> {
    let roster = head.roster();
    let of = |finding: &Finding| RecordPath::of(&finding.path).ok()??.member();
    let mut found: BTreeSet<MemberId> = roster.findings().iter().filter_map(of).collect();
    for folder in roster.members() {
        // Contact data that are there and cannot be read may name the account.
        let unread =
            !contacts.contains_key(&folder.id) && head.exists(&RecordPath::Contact(folder.id));
        if unread || !folder.unread.is_empty() {
            found.insert(folder.id);
        }
    }
    found
}
