//! What snapshots know of members, a file each, so that nobody loads what was not asked for.

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::{
    Kept,
    snapshot::{Part, Shelf},
};
use crate::{
    domain::model::{
        Contact, Finding, MemberFolder, MemberId, Notice, NoticeKind, Payment, Place, Tag,
        contact::YearMonth,
    },
    store::{
        objects::{
            database::Database,
            tree::{self, Entry, Mode},
        },
        read::{
            member_folder::{self, names, records},
            revision::read_as,
        },
    },
};

/// What decides access.
impl Part for MemberFolder {
    const FILE: &'static str = "members";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        member_folder::read(from, id, tree, findings)
    }

    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.folders
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

    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.births
    }
}

/// What the member paid, sorted by name; nothing in the place of what cannot be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Payments(pub(in crate::store) Vec<(Tag, Option<Payment>)>);

impl Part for Payments {
    const FILE: &'static str = "payments";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, _: &mut Vec<Finding>) -> Self {
        let read = |folder: &Entry<'_>| {
            let names = names::<Tag>(from, id, folder, &mut Vec::new());
            let one = |(name, (mode, file)): (Tag, (Mode, Oid))| {
                let payment = read_as(from, &Place::Payment(id, name.clone()), mode, file).ok();
                (name, payment)
            };
            names.into_iter().map(one).collect()
        };
        Self(within(from, tree, b"payments", read).unwrap_or_default())
    }

    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.payments
    }
}

/// What the member was told, as far as it can be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Told(pub(in crate::store) Vec<(NoticeKind, Notice)>);

impl Part for Told {
    const FILE: &'static str = "notices";

    fn read(from: Database<'_>, id: MemberId, tree: Oid, _: &mut Vec<Finding>) -> Self {
        let place = |kind| Place::Notice(id, kind);
        let read = |folder: &Entry<'_>| records(from, id, folder, place, &mut Vec::new());
        Self(within(from, tree, b"notices", read).unwrap_or_default())
    }

    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.told
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
