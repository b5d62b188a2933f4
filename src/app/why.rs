//! Indexes for questions: of everybody, or of only those whom a question is about.

use jiff::Timestamp;

use crate::{
    domain::{
        access::{Entry, Index},
        model::MemberId,
        schedule::Window,
    },
    store::Revision,
};

/// Compiles everybody for a moment, as a door does.
#[must_use]
pub fn everybody(revision: &Revision<'_>, at: Timestamp) -> Index {
    let roster = revision.roster();
    let entries = roster.members().map(|folder| match folder.unread.is_empty() {
        true => Entry::new(folder),
        false => {
            let mut folder = folder.clone();
            revision.recall(&mut folder);
            Entry::new(&folder)
        }
    });
    Index::compile(revision.id(), &revision.basis().0, entries, Window::around(at))
}

/// Compiles these members, and those by whose payments they are covered, for a moment. It costs
/// the same in any space.
#[must_use]
pub fn some(revision: &Revision<'_>, members: Vec<MemberId>, at: Timestamp) -> Index {
    let (basis, _) = revision.basis();
    let mut wanted = members;
    let mut folders = Vec::new();
    let mut next = 0;
    while let Some(id) = wanted.get(next).copied() {
        next += 1;
        if wanted[..next - 1].contains(&id) {
            continue;
        }
        if let (Some(folder), _) = revision.member(id) {
            wanted.extend(folder.member.get().and_then(|member| member.parent));
            folders.push(folder);
        }
    }
    Index::compile(revision.id(), &basis, folders.iter().map(Entry::new), Window::around(at))
}
