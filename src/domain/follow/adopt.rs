//! Finds out whose the accounts are that were there before this program: by the mark or the reference,
//! by the e-mail address, and by the name.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Found, Holding};
use crate::domain::model::{Contact, MemberId, folded};

/// How sure it is whose an account is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// The member's reference stands there.
    Reference,
    /// One member has this address, and no other account does.
    Address,
    /// One member has this name, and no other account does: a person has to look at it.
    Name,
}

/// An account, and whose it probably is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Adoption {
    /// The account.
    pub account: String,
    /// The name there.
    pub name: Option<String>,
    /// The address there.
    pub email: Option<String>,
    /// Whether something is taken from it.
    pub is_charged: bool,
    /// Whose it is, and by what; `None` if nobody is like it.
    pub member: Option<(MemberId, Likeness)>,
    /// Everybody whom it may be of, if there are several.
    pub perhaps: Vec<MemberId>,
}

/// What is known about a member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate<'r> {
    /// The member.
    pub id: MemberId,
    /// The name.
    pub name: &'r str,
    /// The contact data.
    pub contact: Option<&'r Contact>,
}

/// Matches all accounts that the records do not name with the members who have none there. The most
/// certain come first, and neither an account nor a member counts twice.
#[must_use]
pub fn adopt<T>(
    found: &Found<T>,
    members: &[Candidate<'_>],
    service: &str,
    prefix: &str,
) -> Vec<Adoption> {
    let known = |it: &Candidate<'_>| it.contact.and_then(|it| it.accounts.get(service)).cloned();
    let taken: Vec<String> = members.iter().filter_map(known).collect();
    let mut free: Vec<&Candidate<'_>> = members.iter().filter(|it| known(it).is_none()).collect();
    let open = found.accounts.iter().filter(|it| !taken.contains(&it.id));
    let mut all: Vec<Adoption> = open
        .map(|it| Adoption {
            account: it.id.clone(),
            name: it.name.clone(),
            email: it.email.clone(),
            is_charged: !matches!(it.holds, Holding::Nothing { .. }),
            member: None,
            perhaps: Vec::new(),
        })
        .collect();
    let marks: BTreeMap<&str, &str> = found
        .accounts
        .iter()
        .filter_map(|it| Some((it.id.as_str(), it.mark.as_deref()?)))
        .collect();
    for likeness in [Likeness::Reference, Likeness::Address, Likeness::Name] {
        let key = |it: &Adoption| match likeness {
            Likeness::Reference => marks.get(it.account.as_str()).map(|it| it.to_uppercase()),
            Likeness::Address => it.email.as_deref().map(str::to_lowercase),
            Likeness::Name => it.name.as_deref().map(folded),
        };
        let own = |it: &Candidate<'_>| match likeness {
            Likeness::Reference => Some(format!("{prefix}{}", it.id).to_uppercase()),
            Likeness::Address => it.contact?.email.as_deref().map(str::to_lowercase),
            Likeness::Name => Some(folded(it.name)),
        };
        let mut accounts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, it) in all.iter().enumerate().filter(|(_, it)| it.member.is_none()) {
            if let Some(key) = key(it).filter(|it| !it.is_empty()) {
                accounts.entry(key).or_default().push(at);
            }
        }
        let mut people: BTreeMap<String, Vec<MemberId>> = BTreeMap::new();
        for it in &free {
            if let Some(key) = own(it) {
                people.entry(key).or_default().push(it.id);
            }
        }
        for (key, places) in accounts {
            match (places.as_slice(), people.get(&key).map(Vec::as_slice)) {
                ([at], Some([member])) => {
                    let (at, member) = (*at, *member);
                    all[at].member = Some((member, likeness));
                    free.retain(|it| it.id != member);
                }
                (several, Some(members)) => {
                    for at in several {
                        all[*at].perhaps.extend(members.iter().copied());
                        all[*at].perhaps.sort_unstable();
                        all[*at].perhaps.dedup();
                    }
                }
                (_, None) => {}
            }
        }
    }
    all
}

impl Likeness {
    /// Tells whether it is beyond doubt.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        matches!(self, Self::Reference | Self::Address)
    }

    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Address => "e-mail address",
            Self::Name => "name",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::follow::Account;

    fn account(id: &str, mark: Option<&str>, email: &str, name: &str) -> Account<u32> {
        Account {
            id: id.into(),
            mark: mark.map(ToOwned::to_owned),
            name: Some(name.into()),
            email: Some(email.into()),
            holds: Holding::Has { what: 1, renews: None },
        }
    }

    #[test]
    fn what_is_certain_comes_first_and_nobody_counts_twice() {
        let contact = |email: &str| Contact { email: Some(email.into()), ..Contact::default() };
        let linked = Contact {
            accounts: [("stripe".to_owned(), "z".to_owned())].into(),
            ..contact("zed@example.org")
        };
        let contacts = [
            contact("ada@example.org"),
            contact("bob@example.org"),
            contact("two@example.org"),
            contact("two@example.org"),
            contact(""),
            linked,
        ];
        let names = ["Ada Lovelace", "Bob Noyce", "Cy", "Di", "Édith Piaf", "Zed"];
        let members: Vec<Candidate<'_>> = (1..)
            .zip(names.iter().zip(&contacts))
            .map(|(number, (name, contact))| Candidate {
                id: MemberId::new(number).unwrap(),
                name,
                contact: Some(contact),
            })
            .collect();
        let found = Found {
            accounts: vec![
                account("a", Some("sm0002"), "ada@example.org", "Somebody"),
                account("b", None, "ADA@example.org", "Bob Noyce"),
                account("c", None, "bob@example.org", "Bob"),
                account("d", None, "two@example.org", "Both"),
                account("e", None, "edith@example.org", "edith piaf"),
                account("f", None, "f@example.org", "Nobody"),
                account("z", None, "zed@example.org", "Zed"),
            ],
            complete: true,
        };
        let told: Vec<String> = adopt(&found, &members, "stripe", "SM")
            .iter()
            .map(|it| match &it.member {
                Some((id, likeness)) => format!("{} {id} {}", it.account, likeness.word()),
                None => format!("{} perhaps {}", it.account, it.perhaps.len()),
            })
            .collect();
        assert_eq!(
            told,
            [
                "a 0002 reference",
                "b 0001 e-mail address",
                "c perhaps 0",
                "d perhaps 2",
                "e 0005 name",
                "f perhaps 0"
            ]
        );
    }
}
