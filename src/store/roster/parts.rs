//! What snapshots know of members, a file each, so that nobody loads what was not asked for.

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::{folder, snapshot::Part};
use crate::{
    domain::model::{
        Contact, Finding, MemberFolder, MemberId, Notice, NoticeKind, Payment, Place, Tag,
        contact::YearMonth,
    },
    store::objects::{
        database::Database,
        record::read_as,
        tree::{self, Entry, Mode},
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

    fn read(from: Database<'_>, id: MemberId, tree: Oid, _: &mut Vec<Finding>) -> Self {
        let read = |entry: &Entry<'_>| {
            read_as::<Contact>(from, &Place::Contact(id), entry.mode, entry.id).ok()?.born
        };
        Self(within(from, tree, b"contact.json", read).flatten())
    }
}

/// What the member paid, sorted by name; nothing in the place of what cannot be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Payments(pub(in crate::store) Vec<(Tag, Option<Payment>)>);

impl Part for Payments {
    const FILE: &'static str = "payments";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, _: &mut Vec<Finding>) -> Self {
        let read = |entry: &Entry<'_>| {
            let names = folder::names::<Tag>(from, id, entry, &mut Vec::new());
            let one = |(name, (mode, file)): (Tag, (Mode, Oid))| {
                let payment = read_as(from, &Place::Payment(id, name.clone()), mode, file).ok();
                (name, payment)
            };
            names.into_iter().map(one).collect()
        };
        Self(within(from, tree, b"payments", read).unwrap_or_default())
    }
}

/// What the member was told, as far as it can be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Told(pub(in crate::store) Vec<(NoticeKind, Notice)>);

impl Part for Told {
    const FILE: &'static str = "notices";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, _: &mut Vec<Finding>) -> Self {
        let place = |kind| Place::Notice(id, kind);
        let read = |entry: &Entry<'_>| folder::records(from, id, entry, place, &mut Vec::new());
        Self(within(from, tree, b"notices", read).unwrap_or_default())
    }
}

/// Looks at one name of a member's folder, if it is there.
fn within<T>(
    from: Database<'_>,
    tree: Oid,
    name: &[u8],
    read: impl FnOnce(&Entry<'_>) -> T,
) -> Option<T> {
    let object = from.read(tree).ok()?;
    tree::find(&object, name).map(|entry| read(&entry))
}
