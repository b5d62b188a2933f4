//! One kind of record of all members, read on every core.

use std::{collections::HashMap, convert::Infallible};

use serde::de::DeserializeOwned;

use super::{
    Revision, json,
    raw_folder::belongs,
    source::Source,
    tree::{self, Entry, Mode},
};
use crate::domain::model::{
    Contact, Member, MemberId, Notice, NoticeKind, Payment, Place, contact::YearMonth,
};

impl Revision<'_> {
    /// Reads the members' own records and nothing else, as far as they can be read; sorted by
    /// number.
    #[must_use]
    pub fn people(&self) -> Vec<(MemberId, Member)> {
        let mut people: Vec<_> = self.each(|_| true, b"member.json", Place::Member);
        people.sort_unstable_by_key(|(id, _)| *id);
        people
    }

    /// Reads when members were born, as far as it is known and can be read; sorted by number.
    #[must_use]
    pub fn births(&self, of: impl Fn(MemberId) -> bool + Sync) -> Vec<(MemberId, YearMonth)> {
        let born = |(id, contact): (MemberId, Contact)| Some((id, contact.born?));
        self.contacts(of).into_iter().filter_map(born).collect()
    }

    /// Reads the contact data of members, as far as they can be read; sorted by number.
    #[must_use]
    pub fn contacts(&self, of: impl Fn(MemberId) -> bool + Sync) -> Vec<(MemberId, Contact)> {
        let mut contacts: Vec<_> = self.each(of, b"contact.json", Place::Contact);
        contacts.sort_unstable_by_key(|(id, _)| *id);
        contacts
    }

    /// Reads what members were told, as far as it can be read.
    #[must_use]
    pub fn told(
        &self,
        of: impl Fn(MemberId) -> bool + Sync,
    ) -> HashMap<(MemberId, NoticeKind), Notice> {
        let mut all = HashMap::new();
        let read = |from: &mut Source<'_>, bucket: &str, id| {
            let mut some = Vec::new();
            each_inside(from, bucket, id, b"notices", &of, |from, id, name, entry| {
                let Ok(kind) = name.parse() else { return };
                some.extend(one(from, &Place::Notice(id, kind), entry).map(|it| ((id, kind), it)));
            });
            some
        };
        let Ok(()) = self.by_bucket(&self.buckets(&mut Vec::new()), read, |some| {
            all.extend(some);
            Ok::<_, Infallible>(())
        });
        all
    }

    /// Reads the file of a name in the folders of members.
    fn each<T: DeserializeOwned + Send>(
        &self,
        of: impl Fn(MemberId) -> bool + Sync,
        name: &[u8],
        place: fn(MemberId) -> Place,
    ) -> Vec<(MemberId, T)> {
        let mut all = Vec::new();
        let read = |from: &mut Source<'_>, bucket: &str, id| {
            let mut some = Vec::new();
            let (mut folder, mut file) = (Vec::new(), Vec::new());
            each_member(from, bucket, id, |from, id, member| {
                if !of(id) || !fill(from, member, &mut folder) {
                    return;
                }
                let Some(found) = tree::find(&folder, name) else { return };
                file.clear();
                let place = place(id);
                if from.file(&place, found.mode, found.id, &mut file).is_ok()
                    && let Ok(record) = json::parse(&place, &file)
                {
                    some.push((id, record));
                }
            });
            some
        };
        let Ok(()) = self.by_bucket(&self.buckets(&mut Vec::new()), read, |some| {
            all.extend(some);
            Ok::<_, Infallible>(())
        });
        all
    }

    /// Reads all payments: `add` adds each to a sum of its thread's own, and `take` is given these
    /// sums one by one. Returns how many payments cannot be read.
    pub fn each_payment<T: Default + Send>(
        &self,
        add: impl Fn(&mut T, MemberId, &Payment) + Sync,
        mut take: impl FnMut(T),
    ) -> u64 {
        let mut unreadable = 0;
        let read = |from: &mut Source<'_>, bucket: &str, id| {
            let (mut sum, mut unreadable) = (T::default(), 0);
            each_inside(
                from,
                bucket,
                id,
                b"payments",
                |_| true,
                |from, id, name, entry| {
                    let Ok(name) = name.parse() else { return };
                    match one(from, &Place::Payment(id, name), entry) {
                        Some(payment) => add(&mut sum, id, &payment),
                        None => unreadable += 1,
                    }
                },
            );
            (sum, unreadable)
        };
        let Ok(()) = self.by_bucket(&self.buckets(&mut Vec::new()), read, |(sum, some)| {
            unreadable += some;
            take(sum);
            Ok::<_, Infallible>(())
        });
        unreadable
    }
}

/// Goes through the files of a folder inside of members' folders; `f` is given their names without
/// their ending.
fn each_inside(
    from: &mut Source<'_>,
    bucket: &str,
    id: git2::Oid,
    inside: &[u8],
    of: impl Fn(MemberId) -> bool,
    mut f: impl FnMut(&mut Source<'_>, MemberId, &str, &Entry<'_>),
) {
    let (mut folder, mut inner) = (Vec::new(), Vec::new());
    each_member(from, bucket, id, |from, id, member| {
        if !of(id) || !fill(from, member, &mut folder) {
            return;
        }
        let Some(found) = tree::find(&folder, inside).filter(is_folder) else { return };
        if !fill(from, &found, &mut inner) {
            return;
        }
        for entry in tree::entries(&inner) {
            if let Some(name) = entry.text().and_then(|name| name.strip_suffix(".json")) {
                f(from, id, name, &entry);
            }
        }
    });
}

/// Reads one record, if it can be read.
fn one<T: DeserializeOwned>(from: &mut Source<'_>, place: &Place, entry: &Entry<'_>) -> Option<T> {
    let mut file = Vec::new();
    from.file(place, entry.mode, entry.id, &mut file).ok()?;
    json::parse(place, &file).ok()
}

/// Goes through the members' folders in a bucket.
fn each_member(
    from: &mut Source<'_>,
    bucket: &str,
    id: git2::Oid,
    mut f: impl FnMut(&mut Source<'_>, MemberId, &Entry<'_>),
) {
    let mut tree = Vec::new();
    // Whoever reads all members reports what is damaged.
    if from.read(id, &mut tree).is_ok() {
        for entry in tree::entries(&tree).filter(is_folder) {
            if let Some(id) = entry.text().and_then(|name| belongs(name, bucket)) {
                f(from, id, &entry);
            }
        }
    }
}

fn is_folder(entry: &Entry<'_>) -> bool {
    entry.mode == Mode::Folder
}

/// Reads the tree of a folder.
fn fill(from: &mut Source<'_>, folder: &Entry<'_>, tree: &mut Vec<u8>) -> bool {
    tree.clear();
    from.read(folder.id, tree).is_ok()
}
