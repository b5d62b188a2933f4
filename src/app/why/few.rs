//! An index of a few members and whoever else matters for them, for answers that need no others.

use jiff::Timestamp;

use crate::{
    domain::{
        access::{Entry, Index, Names},
        model::{CodeHash, MemberFolder, MemberId},
        schedule::Window,
    },
    store::{Revision, Roster, roster::Row},
};

/// Compiles one member and whoever else matters for them, for a moment.
#[must_use]
pub fn one(revision: &Revision<'_>, id: MemberId, at: Timestamp) -> Index {
    let roster = revision.roster();
    let own = roster.get(id);
    let mut codes: Vec<_> =
        own.iter().flat_map(|row| row.credentials()).map(|(_, code)| code).collect();
    codes.sort_unstable();
    few(&nobody(revision, at), &roster, &codes, own.into_iter())
}

/// Compiles everybody, for a moment.
#[must_use]
pub fn everybody(revision: &Revision<'_>, at: Timestamp) -> Index {
    let roster = revision.roster();
    few(&nobody(revision, at), &roster, &[], roster.rows())
}

fn nobody(revision: &Revision<'_>, at: Timestamp) -> Index {
    Index::begin(revision.id(), &revision.basis().0, Window::around(at))
}

/// Adds members to an index of nobody, and those who pay for them, and those who hold one of
/// their codes too. `shared` are the codes that somebody else may hold, sorted.
fn few<'r>(
    nobody: &Index,
    roster: &Roster,
    shared: &[CodeHash],
    rows: impl Iterator<Item = Row<'r>>,
) -> Index {
    let mut index = nobody.clone();
    let (mut names, mut open) = (Names::default(), Vec::new());
    // One folder at a time: a thousand of them would leave the processor's cache.
    let mut add = |folder: &MemberFolder, open: &mut Vec<MemberId>| {
        if index.has(folder.id) {
            return;
        }
        index.add(Entry::with(&mut names, folder));
        open.extend(folder.member.get().and_then(|member| member.parent));
        let codes = folder.credentials.iter().map(|(_, credential)| credential.code);
        let codes = codes.filter(|code| shared.binary_search(code).is_ok());
        open.extend(codes.flat_map(|code| roster.holders(&code)).map(|(id, _)| id));
    };
    rows.for_each(|row| add(&row.folder(), &mut open));
    while let Some(id) = open.pop() {
        if let Some(row) = roster.get(id) {
            add(&row.folder(), &mut open);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{
        domain::access,
        store::{Author, InitOptions, Store},
    };

    const MEMBERS: u64 = 2_300;

    /// A space of three parts, with children, shared codes and strangers' parents across them.
    fn space(dir: &std::path::Path) -> Store {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let mut files = vec![
            file(
                "space.json",
                r#"{"name": "Space", "time_zone": "Europe/London", "currency": "GBP",
                    "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                    "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#,
            ),
            file("tiers/standard.json", r#"{"name": "Standard", "price": 2500}"#),
            file("facilities/frontdoor/facility.json", r#"{"name": "Door", "kind": "door"}"#),
            file(
                "facilities/frontdoor/requirements/base.json",
                r#"{"priority": 1, "timespec": "always"}"#,
            ),
        ];
        for number in 1..=MEMBERS {
            let home = format!("members/{:02}/{number:04}", number / 100);
            let parent = match number % 5 {
                0 => format!(r#", "parent": "{:04}""#, number * 977 % (MEMBERS + 30)),
                1 => r#", "paid_until": "2026-09-01""#.to_owned(),
                _ => String::new(),
            };
            let member = format!(
                r#"{{"name": "M {number}", "tier": "standard", "joined": "2020-01-01"{parent}}}"#
            );
            files.push(file(&format!("{home}/member.json"), &member));
            // Every 400th code is that of another member far away.
            let code = if number % 400 == 0 { number / 2 } else { number };
            let credential = format!(
                r#"{{"type": "fob", "code": "{code:032x}", "grants": [{{"facility": "frontdoor",
                    "priority": {}, "effective": "2026-01-01T00:00:00Z", "expiration": null}}]}}"#,
                number % 3
            );
            if number % 11 > 0 {
                files.push(file(&format!("{home}/credentials/t{number}.json"), &credential));
            }
        }
        let author = Author { name: "Ada".into(), email: "ada@example.org".into() };
        let options = InitOptions { bare: true, ..InitOptions::default() };
        let now = "2026-01-05T18:00:00Z".parse().unwrap();
        Store::init(dir, &files, &author, &options, now).unwrap();
        Store::open(dir).unwrap()
    }

    #[test]
    fn a_few_are_answered_as_everybody_together_is() {
        let dir = tempfile::tempdir().unwrap();
        let store = space(dir.path());
        let revision = store.read(store.head().unwrap()).unwrap();
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let nobody = nobody(&revision, now);
        let (roster, door) = (revision.roster(), "frontdoor".parse().unwrap());
        let mut all = nobody.clone();
        roster.members().for_each(|folder| all.add(Entry::new(&folder)));
        let together = access::everyone(&all, &door, now);
        assert_eq!((together.len() as u64, roster.parts().len()), (MEMBERS, 3));
        let shared = roster.shared_codes();
        assert!(!shared.is_empty());
        let mut apart = Vec::new();
        let indexes: Vec<Index> =
            roster.parts().iter().map(|part| few(&nobody, &roster, &shared, part.rows())).collect();
        for (part, index) in roster.parts().iter().zip(&indexes) {
            let own = access::everyone(index, &door, now).into_iter();
            apart.extend(own.filter(|(id, _)| part.get(*id).is_some()));
        }
        assert_eq!(apart, together);
        let reasons: HashSet<_> = together
            .iter()
            .filter_map(|(_, it)| Some(format!("{:?}", it.as_ref()?.reason)))
            .collect();
        assert!(reasons.len() >= 4, "{reasons:?} is too little to tell anything by");
    }
}
