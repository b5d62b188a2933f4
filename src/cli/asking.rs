//! An index of only what one question needs, so that asking costs the same in any space.

use jiff::Timestamp;

use crate::{
    domain::{
        access::{Entry, Index},
        model::MemberId,
        schedule::Window,
    },
    store::Revision,
};

/// Compiles these members, and those by whose payments they are covered, for a moment.
pub(crate) fn index(revision: &Revision<'_>, members: Vec<MemberId>, at: Timestamp) -> Index {
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
