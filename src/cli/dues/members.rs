//! The members of whom dues are asked, with what they owe on a day.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::{
    cli::{CliError, fetch},
    domain::{
        check::Records as _,
        dues::{Dues, dues},
        model::{Basis, Member, MemberId, Slot, Slug},
        ops::{self, Refusal},
    },
    store::Revision,
};

/// A member and what the member owes.
pub(super) struct Owing {
    pub(super) id: MemberId,
    pub(super) member: Member,
    pub(super) dues: Dues,
}

/// Works out what one member owes.
///
/// # Errors
/// That nobody is called so, or that the tier cannot be read.
pub(super) fn one(head: &Revision<'_>, text: &str, on: Date) -> Result<Owing, CliError> {
    let (id, member) = fetch::member(head, text)?;
    let dues = ops::dues::owed(head, id, &member, &head.children(id), on)?;
    Ok(Owing { id, member, dues })
}

/// Works out what everybody owes who is a member on a day, by these settings and tiers, sorted by
/// number. Members whose tier cannot be read are left out.
///
/// # Errors
/// That the settings cannot be read.
pub(super) fn all(head: &Revision<'_>, basis: &Basis, on: Date) -> Result<Vec<Owing>, CliError> {
    let Slot::Read(space) = &basis.space else {
        return Err(Refusal::new("space.json cannot be read")
            .hint("`space check` says why")
            .into());
    };
    let roster = head.roster();
    let mut children: HashMap<MemberId, Vec<MemberId>> = HashMap::new();
    for row in roster.rows() {
        if let Some(parent) = row.person().and_then(|person| person.parent) {
            children.entry(parent).or_default().push(row.id());
        }
    }
    let tier = |name: &Slug| basis.tiers.get(name).and_then(Slot::get);
    let owing = |id: MemberId, member: &Member| {
        let children = children.get(&id).map_or(&[][..], Vec::as_slice);
        let household = ops::dues::household(head, id, member, children);
        if !household.payer.belongs(on) {
            return None;
        }
        let dues = dues(&space.dues, tier(&member.tier)?, &household, on);
        Some(Owing { id, member: member.clone(), dues })
    };
    Ok(roster.members().filter_map(|folder| owing(folder.id, folder.member.get()?)).collect())
}
