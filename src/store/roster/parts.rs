//! What snapshots know of members, a file each, so that nobody loads what was not asked for.

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::{folder, folder::home, snapshot::Part};
use crate::{
    domain::model::{
        Contact, Finding, MemberFolder, MemberId, Notice, NoticeKind, Payment, Place, Tag,
        contact::YearMonth,
    },
    store::objects::{
        database::Database,
        record::{damaged, read_as},
        tree::Mode,
    },
};

/// What decides access.
impl Part for MemberFolder {
    const FILE: &'static str = "members";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        folder::read(from, id, tree, findings)
    }
}

/// When the member was born, as far as it is known and can be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Born(pub(in crate::store) Option<YearMonth>);

impl Part for Born {
    const FILE: &'static str = "births";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        let place = Place::Contact(id);
        let entry = within(from, id, tree, b"contact.json", findings);
        let contact = entry.map(|(mode, file)| read_as::<Contact>(from, &place, mode, file));
        Self(contact.and_then(|it| it.map_err(|it| findings.push(it)).ok()?.born))
    }
}

/// What the member paid, sorted by name; nothing in the place of what cannot be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Payments(pub(in crate::store) Vec<(Tag, Option<Payment>)>);

impl Part for Payments {
    const FILE: &'static str = "payments";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        let Some(folder) = within(from, id, tree, b"payments", findings) else {
            return Self(Vec::new());
        };
        let mut payments = Vec::new();
        for (name, (mode, file)) in folder::names::<Tag>(from, id, "payments", folder, findings) {
            let payment = read_as(from, &Place::Payment(id, name.clone()), mode, file);
            payments.push((name, payment.map_err(|it| findings.push(it)).ok()));
        }
        Self(payments)
    }
}

/// What the member was told, as far as it can be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Told(pub(in crate::store) Vec<(NoticeKind, Notice)>);

impl Part for Told {
    const FILE: &'static str = "notices";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        let folder = within(from, id, tree, b"notices", findings);
        let place = |kind| Place::Notice(id, kind);
        let read = |folder| folder::records(from, id, "notices", folder, place, findings);
        Self(folder.map(read).unwrap_or_default())
    }
}

/// Finds one name of a member's folder, if it is there.
fn within(
    from: Database<'_>,
    id: MemberId,
    tree: Oid,
    name: &[u8],
    findings: &mut Vec<Finding>,
) -> Option<(Mode, Oid)> {
    let tree = from.tree(tree).map_err(|it| findings.push(damaged(home(id), &it)));
    tree.ok()?.find(name).map(|entry| (entry.mode, entry.id))
}
