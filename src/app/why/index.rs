//! Indexes for questions: of all members, or only of those that a question is about.

use jiff::Timestamp;

use crate::{
    domain::{
        access::{CompiledMember, Index},
        model::MemberId,
        schedule::Window,
    },
    store::Revision,
};

/// Compiles an index of all members for a moment, as a door does.
#[must_use]
pub fn index_all(revision: &Revision<'_>, at: Timestamp) -> Index {
    let roster = revision.roster();
    let entries = roster.members().map(|folder| match folder.unread.is_empty() {
        true => CompiledMember::new(folder),
        false => {
            let mut folder = folder.clone();
            revision.recall(&mut folder);
            CompiledMember::new(&folder)
        }
    });
    Index::compile(revision.id(), &revision.basis().0, entries, Window::around(at))
}

/// Compiles an index of these members, and of those whose payments cover them, for a moment. The
/// cost does not depend on the size of the space.
#[must_use]
pub fn index_members(revision: &Revision<'_>, members: Vec<MemberId>, at: Timestamp) -> Index {
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
    Index::compile(
        revision.id(),
        &basis,
        folders.iter().map(CompiledMember::new),
        Window::around(at),
    )
}
