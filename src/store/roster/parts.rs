//! What snapshots contain about members, with one file per part, so that nothing unneeded is
//! loaded.

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::{folder, folder::member_path, snapshot::MemberPart};
use crate::{
    domain::model::{
        Contact, Finding, MemberFolder, MemberId, Notice, NoticeKind, Payment, RecordPath, Tag,
        contact::YearMonth, email,
    },
    store::objects::{
        database::Database,
        record::{damaged, read_as},
        tree::Mode,
    },
};

/// What decides access.
impl MemberPart for MemberFolder {
    const FILE: &'static str = "members";

    fn read(database: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        folder::read(database, id, tree, findings)
    }
}

/// When the member was born, if known and readable.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct BirthMonth(pub(in crate::store) Option<YearMonth>);

impl MemberPart for BirthMonth {
    const FILE: &'static str = "births";

    fn read(database: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        let path = RecordPath::Contact(id);
        let entry = find_entry(database, id, tree, b"contact.json", findings);
        let contact = entry.map(|(mode, file)| read_as::<Contact>(database, &path, mode, file));
        Self(contact.and_then(|it| it.map_err(|it| findings.push(it)).ok()?.born))
    }
}

/// The e-mail address in lower case, as a hash, if it is known and readable: nobody's address is to lie
/// in one more file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct AddressHash(pub(in crate::store) Option<[u8; 32]>);

impl AddressHash {
    /// Returns the hash of an address.
    pub(in crate::store) fn of(address: &str) -> [u8; 32] {
        let sent = email::as_sent(address).unwrap_or_else(|| address.to_owned());
        *blake3::hash(sent.to_lowercase().as_bytes()).as_bytes()
    }
}

impl MemberPart for AddressHash {
    const FILE: &'static str = "addresses";

    fn read(database: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        let path = RecordPath::Contact(id);
        let entry = find_entry(database, id, tree, b"contact.json", findings);
        let contact = entry.map(|(mode, file)| read_as::<Contact>(database, &path, mode, file));
        let contact = contact.and_then(|it| it.map_err(|it| findings.push(it)).ok());
        Self(contact.and_then(|it| it.email).map(|it| Self::of(&it)))
    }
}

/// What the member paid, sorted by name; `None` in place of an unreadable payment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Payments(pub(in crate::store) Vec<(Tag, Option<Payment>)>);

impl MemberPart for Payments {
    const FILE: &'static str = "payments";

    fn read(database: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        let Some(folder) = find_entry(database, id, tree, b"payments", findings) else {
            return Self(Vec::new());
        };
        let mut payments = Vec::new();
        for (name, (mode, file)) in folder::names::<Tag>(database, id, "payments", folder, findings)
        {
            let payment = read_as(database, &RecordPath::Payment(id, name.clone()), mode, file);
            payments.push((name, payment.map_err(|it| findings.push(it)).ok()));
        }
        Self(payments)
    }
}

/// Which notices the member was sent, if readable.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Notices(pub(in crate::store) Vec<(NoticeKind, Notice)>);

impl MemberPart for Notices {
    const FILE: &'static str = "notices";

    fn read(database: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self {
        let folder = find_entry(database, id, tree, b"notices", findings);
        let path = |kind| RecordPath::Notice(id, kind);
        let read = |folder| folder::records(database, id, "notices", folder, path, findings);
        Self(folder.map(read).unwrap_or_default())
    }
}

/// Finds one name in a member's folder, if it exists.
fn find_entry(
    database: Database<'_>,
    id: MemberId,
    tree: Oid,
    name: &[u8],
    findings: &mut Vec<Finding>,
) -> Option<(Mode, Oid)> {
    let tree = database.tree(tree).map_err(|it| findings.push(damaged(member_path(id), &it)));
    tree.ok()?.find(name).map(|entry| (entry.mode, entry.id))
}
