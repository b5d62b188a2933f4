//! Reads the records of a commit, and the differences between two.

use space::{
    domain::model::{Change, MemberMessages, Record, RecordPath, Slot},
    store::StoreError,
};

use crate::support::{Fixture, id, member, naming, now};

#[test]
fn a_commit_is_found_by_name_and_by_time() {
    let space = Fixture::new();
    let first = space.store.head().unwrap();
    let later = now() + jiff::Span::new().hours(2);
    let second = space
        .store
        .apply(&naming(1, "Ada King"), space.store.head().unwrap(), &crate::support::ada(), later)
        .unwrap()
        .commit;
    space.git(&["tag", "before", &first.to_string()]);
    for spec in ["HEAD~1", "before", &first.short(), &first.to_string()] {
        assert_eq!(space.store.resolve(spec).unwrap(), first, "{spec}");
    }
    for spec in ["nonsense", "", "HEAD~7", "HEAD:space.json", "0000000"] {
        let error = space.store.resolve(spec).unwrap_err();
        assert!(matches!(error, StoreError::UnknownRevision(_)), "{spec}");
    }
    let hours = |n| now() + jiff::Span::new().hours(n);
    assert_eq!(space.store.commit_at(hours(3)).unwrap(), Some(second));
    assert_eq!(space.store.commit_at(hours(2)).unwrap(), Some(second));
    assert_eq!(space.store.commit_at(hours(1)).unwrap(), Some(first));
    assert_eq!(space.store.commit_at(hours(-1)).unwrap(), None);
    assert_eq!(space.store.read(second).unwrap().time(), later);
}

#[test]
fn the_past_stays_readable() {
    let space = Fixture::new();
    let first = space.store.head().unwrap();
    space.apply(&naming(1, "Ada King"));
    let record_path = RecordPath::Member(id(1));
    let old = space.store.read(first).unwrap().record(&record_path).unwrap();
    assert!(matches!(old, Some(Record::Member(it)) if it.name == "Ada Lovelace"));
    assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
    assert_eq!(space.name_of(3), None);
}

#[test]
fn a_delta_reads_what_changed_and_nothing_else() {
    let space = Fixture::new();
    let first = space.store.head().unwrap();
    let (record_path, record) = member(12_345, "Alan Turing");
    let change = naming(1, "Ada King").put(record_path, record).remove(RecordPath::Member(id(2)));
    let said = Record::MemberMessages(MemberMessages::default());
    let change = change.put(RecordPath::MemberMessages(id(1)), said);
    let second = space.apply(&change);
    let delta = space.store.read(second).unwrap().delta(first).unwrap();
    assert!(!delta.basis);
    let members: Vec<_> =
        delta.members.iter().map(|(id, it)| (id.number(), it.is_some())).collect();
    assert_eq!(members, [(1, true), (2, false), (12_345, true)]);

    let tier = RecordPath::Tier("guest".parse().unwrap());
    let guest = br#"{"name": "Guest", "price": null}"#;
    let record = space::store::json::strict(&tier, guest).unwrap();
    let third = space.apply(&Change::new("tier: add guest", "tier.add guest").put(tier, record));
    let revision = space.store.read(third).unwrap();
    let delta = revision.delta(second).unwrap();
    assert!(delta.basis && delta.members.is_empty());
    let paths: Vec<_> =
        revision.changes_since(first).unwrap().into_iter().map(|it| it.path).collect();
    assert_eq!(
        paths,
        [
            "members/00/0001/member.json",
            "members/00/0002/member.json",
            "members/123/12345/member.json",
            "messages/members/00/0001.json",
            "tiers/guest.json"
        ]
    );
    assert!(revision.changes_since(third).unwrap().is_empty());
}

#[test]
fn members_are_found_by_number_name_or_the_start_of_a_word() {
    let space = Fixture::new();
    let (record_path, record) = member(3870, "Ada Byron");
    space.apply(&Change::new("x", "x").put(record_path, record));
    let revision = space.store.read(space.store.head().unwrap()).unwrap();
    let find = |text: &str| -> Vec<u64> {
        revision.find_members(text).iter().map(|it| it.id.number()).collect()
    };
    assert_eq!(find("3870"), [3870]);
    assert_eq!(find("0002"), [2]);
    assert_eq!(find("2"), [2]);
    assert_eq!(find("ada"), [1, 3870]);
    assert_eq!(find("ADA LOVELACE"), [1]);
    assert_eq!(find("hop"), [2]);
    assert_eq!(find("opper"), [0; 0]);
    assert_eq!(find(""), [0; 0]);
    assert_eq!(find("9999"), [0; 0]);
    assert_eq!(revision.next_member_id(), id(3871));
}

#[test]
fn the_roster_follows_the_branch() {
    let space = Fixture::new();
    let roster = |space: &Fixture| {
        let revision = space.store.read(space.store.head().unwrap()).unwrap();
        let roster = revision.roster();
        let fresh = space.open();
        let fresh = fresh.read(fresh.head().unwrap()).unwrap().roster();
        assert!(roster.members().eq(fresh.members()));
        roster
    };
    assert_eq!(roster(&space).len(), 2);
    let (record_path, record) = member(7, "Alan Turing");
    space.apply(&Change::new("x", "x").put(record_path, record).remove(RecordPath::Member(id(1))));
    let now = roster(&space);
    assert!(now.get(id(1)).is_none());
    assert!(matches!(&now.get(id(7)).unwrap().member, Slot::Read(it) if it.name == "Alan Turing"));
}

#[test]
fn unsaved_and_staged_work_is_read_like_a_commit() {
    let space = Fixture::new();
    let file = space.file("members/00/0001/member.json");
    std::fs::write(
        space.path().join("members/00/0001/member.json"),
        file.replace("Ada Lovelace", "Ada Unsaved"),
    )
    .unwrap();
    let name = |draft: space::store::Draft| match draft.read().unwrap().member(id(1)).0 {
        Some(folder) => folder.member.get().unwrap().name.clone(),
        None => panic!("no member"),
    };
    assert_eq!(name(space.store.unsaved().unwrap()), "Ada Unsaved");
    assert_eq!(name(space.store.staged(None).unwrap()), "Ada Lovelace");
    space.git(&["add", "-A"]);
    assert_eq!(name(space.open().staged(None).unwrap()), "Ada Unsaved");
    assert_eq!(space.name_of(1).as_deref(), Some("Ada Lovelace"));
}
