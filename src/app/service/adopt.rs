//! Moves a space in whose members paid by a processor before: nothing is changed there.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Follower, look::look};
use crate::{
    app::{
        AppError, look_up,
        view::{Column, View, maybe, plain, text},
    },
    domain::{
        follow::{self, Adoption, Candidate, Confirmed},
        model::MemberId,
        ops::{self, Plan},
        records,
    },
    store::Revision,
};

/// An account, and whose it probably is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct AdoptionView {
    /// The account.
    #[serde(flatten)]
    pub adoption: Adoption,
    /// The number and name of the member.
    #[serde(skip)]
    who: Option<String>,
    #[serde(skip)]
    state: String,
}

/// Finds out which accounts are whose; the plan records those that are beyond doubt, and that whoever is
/// charged there pays by it. There is none if nothing is to be recorded.
///
/// # Errors
/// Fails if the processor does not answer or did not tell everything, or if the records cannot be read.
pub fn adopt(
    head: &Revision<'_>,
    follower: &mut Follower,
    now: jiff::Timestamp,
) -> Result<(Vec<AdoptionView>, Option<Plan>), AppError> {
    let look = look(head, follower, Confirmed::default(), now)?;
    if !look.found.complete {
        return Err(AppError::internal("the service did not tell everything it has"));
    }
    let space = look_up::space(head)?;
    let census = head.census();
    let everybody = census.all_members();
    let members: Vec<Candidate<'_>> = everybody
        .members()
        .iter()
        .filter(|it| !look.wanted.unreadable.contains(&it.id))
        .map(|it| Candidate { id: it.id, name: it.name, contact: look.contacts.get(&it.id) })
        .collect();
    let name = follower.name.as_str();
    let found = follow::adopt(&look.found, &members, name, &space.reference_prefix);
    let certain = |it: &Adoption| it.member.filter(|(_, likeness)| likeness.is_certain());
    let links: BTreeMap<MemberId, String> =
        found.iter().filter_map(|it| Some((certain(it)?.0, it.account.clone()))).collect();
    let charged: Vec<MemberId> =
        found.iter().filter(|it| it.is_charged).filter_map(|it| Some(certain(it)?.0)).collect();
    let pays = |id: MemberId| {
        let contact = look.contacts.get(&id);
        charged.contains(&id) && contact.is_none_or(|it| it.pays_by.is_none())
    };
    let plan = (!links.is_empty())
        .then(|| ops::service::link(head, &follower.name, &links, pays))
        .transpose()?;
    let row = |adoption: Adoption| {
        let who = |id: MemberId| records::who(head, id);
        let state = match (&adoption.member, adoption.perhaps.as_slice()) {
            (Some((_, it)), _) if it.is_certain() => format!("by the {}", it.word()),
            (Some((_, it)), _) => format!("doubtful: only by the {}", it.word()),
            (None, []) => "nobody is like it".to_owned(),
            (None, several) => {
                let all: Vec<String> = several.iter().map(|id| who(*id)).collect();
                format!("doubtful: {}", all.join(" or "))
            }
        };
        let who = adoption.member.map(|(id, _)| who(id));
        AdoptionView { adoption, who, state }
    };
    Ok((found.into_iter().map(row).collect(), plan))
}

impl View for AdoptionView {
    const EMPTY: &'static str = "the records name every account";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("ACCOUNT", |row| text(&row.adoption.account)),
        Column::spare(2, "NAME THERE", |row| maybe(row.adoption.name.as_ref())),
        Column::spare(3, "ADDRESS THERE", |row| maybe(row.adoption.email.as_ref())),
        Column::spare(1, "CHARGED", |row| {
            plain(if row.adoption.is_charged { "yes" } else { "no" })
        }),
        Column::new("MEMBER", |row| maybe(row.who.as_ref())),
        Column::new("HOW SURE", |row| text(&row.state)),
    ];
}
