//! Lists of members.

use jiff::civil::Date;

use crate::{
    app::view::MemberView,
    domain::{
        dues::{Cover, Standing},
        model::{Member, MemberId, folded},
    },
    store::{Revision, Roster},
};

/// Members who match.
#[derive(Clone, Debug, Default)]
pub struct MemberList {
    /// The members, sorted by number.
    pub rows: Vec<MemberView>,
    /// The number of records that cannot be read.
    pub unreadable: usize,
}

/// Lists the members that are wanted, with their standing on a day.
#[must_use]
pub fn list(
    revision: &Revision<'_>,
    roster: &Roster,
    today: Date,
    wanted: impl Fn(MemberId, &Member, Standing, Cover) -> bool,
) -> MemberList {
    let (basis, _) = revision.basis();
    let mut found = MemberList::default();
    for folder in roster.members() {
        let Some(member) = folder.member.get() else {
            found.unreadable += 1;
            continue;
        };
        let cover = roster.cover(member, &basis, today);
        let standing = Standing::at(today, member.left, member.suspension(), cover);
        if !wanted(folder.id, member, standing, cover) {
            continue;
        }
        found.rows.push(MemberView {
            id: folder.id,
            name: member.name.clone(),
            tier: member.tier.clone(),
            standing,
            covered_until: cover,
            joined: member.joined,
            left: member.left,
            parent: member.parent,
            credentials: folder.credentials.len(),
        });
    }
    found
}

/// Tells whether a member's name or number contains a text; accents and capitals do not matter.
#[must_use]
pub fn matches_text(id: MemberId, name: &str, needle: &str) -> bool {
    needle.is_empty() || folded(name).contains(&folded(needle)) || id.to_string().contains(needle)
}
