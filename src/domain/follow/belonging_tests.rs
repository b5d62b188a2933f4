//! Who belongs to a channel: by the groups, and never by what cannot be read.

use super::*;
use crate::domain::{
    follow::{Account, Action, plan},
    model::{Credential, CredentialType, Grant, Induction, SpaceKey, Tier},
};

fn id(number: u64) -> MemberId {
    MemberId::new(number).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn member() -> Member {
    Member {
        name: "Ada".into(),
        tier: "standard".parse().unwrap(),
        joined: day("2026-01-01"),
        left: None,
        suspended: None,
        suspended_until: None,
        parent: None,
        concession: false,
        chosen_amount: None,
        paid_until: Some(day("2026-04-01")),
    }
}

fn folder(number: u64, member: Member) -> MemberFolder {
    MemberFolder { member: Slot::Read(member), ..MemberFolder::new(id(number)) }
}

fn basis() -> Basis {
    let tier = Tier { name: "Standard".into(), price: Some(2_500), year: None, concessions: true };
    Basis { tiers: [("standard".parse().unwrap(), Slot::Read(tier))].into(), ..Basis::default() }
}

fn wanted(groups: &[&str], folders: &[MemberFolder], unreadable: &[u64]) -> Wanted<Belongs> {
    let channel = Channel {
        chat: "slack".parse().unwrap(),
        channel: None,
        groups: groups.iter().map(|it| it.parse().unwrap()).collect(),
        posts: BTreeMap::new(),
    };
    let members = folders.iter().map(|it| (it.id, it)).collect();
    let cover = |member: &Member| member.paid_until.map_or(Cover::Never, Cover::Until);
    let circle = Circle {
        members: &members,
        basis: &basis(),
        cover: &cover,
        unreadable: &unreadable.iter().map(|it| id(*it)).collect(),
        known: &BTreeMap::from([(id(1), "U1".to_owned()), (id(2), "U2".to_owned())]),
        prefix: "SM",
        now: "2026-03-02T18:00:00Z".parse().unwrap(),
        today: day("2026-03-02"),
    };
    belonging(&channel, &circle)
}

#[track_caller]
fn is_in(group: &str, folder: &MemberFolder) -> bool {
    let wanted = wanted(&[group], std::slice::from_ref(folder), &[]);
    assert_eq!(wanted.members.len() + wanted.others.len(), 1, "{wanted:?}");
    wanted.members.contains_key(&folder.id)
}

#[test]
fn a_group_is_what_its_name_says() {
    let mut ada = folder(1, member());
    for (group, is) in [
        ("members", true),
        ("good-standing", true),
        ("tier:standard", true),
        ("tier:guest", false),
        ("inducted:laser", false),
        ("inductors:laser", false),
        ("priority:1", false),
    ] {
        assert_eq!(is_in(group, &ada), is, "{group}");
    }
    let induction = Induction { on: day("2026-02-01"), by: None, inductor: false };
    ada.inductions.push(("laser".parse().unwrap(), induction.clone()));
    assert!(is_in("inducted:laser", &ada) && !is_in("inductors:laser", &ada));
    ada.inductions[0].1.inductor = true;
    assert!(is_in("inductors:laser", &ada) && !is_in("inductors:lathe", &ada));
    ada.inductions[0].1.on = day("2026-03-03");
    assert!(!is_in("inducted:laser", &ada), "tomorrow");
    let grant = |expiration: Option<&str>| Grant {
        facility: "frontdoor".parse().unwrap(),
        priority: 10,
        effective: "2026-01-01T00:00:00Z".parse().unwrap(),
        expiration: expiration.map(|it| it.parse().unwrap()),
    };
    let code = crate::domain::model::Code::fob("7").unwrap().hash(&SpaceKey::from_bytes([7; 32]));
    let credential = |grant| Credential { kind: CredentialType::Fob, code, grants: vec![grant] };
    ada.credentials = vec![("T1".parse().unwrap(), credential(grant(None)))];
    assert!(is_in("priority:10", &ada) && !is_in("priority:11", &ada));
    ada.credentials[0].1 = credential(grant(Some("2026-03-02T18:00:00Z")));
    assert!(!is_in("priority:10", &ada), "it has just expired");
}

#[test]
fn who_left_is_suspended_or_owes_is_out_with_the_reason() {
    let all = [
        folder(1, Member { left: Some(day("2026-03-02")), ..member() }),
        folder(2, Member { suspended: Some(day("2026-02-02")), ..member() }),
        folder(3, Member { paid_until: Some(day("2026-03-02")), ..member() }),
        folder(4, Member { joined: day("2026-03-03"), ..member() }),
    ];
    let suspended_for = |until| {
        let until = Some(day(until));
        folder(5, Member { suspended: Some(day("2026-02-02")), suspended_until: until, ..member() })
    };
    let again = wanted(&["good-standing"], &[suspended_for("2026-03-01")], &[]);
    assert_eq!(again.members.len(), 1, "a suspension that is over is none");
    let still = wanted(&["good-standing"], &[suspended_for("2026-03-20")], &[]);
    assert_eq!(still.members.len(), 0);
    let wanted = wanted(&["good-standing", "inducted:laser"], &all, &[]);
    assert!(wanted.members.is_empty());
    let why: Vec<&str> = wanted.others.values().map(String::as_str).collect();
    let expected = [
        "left on 2026-03-02",
        "is suspended since 2026-02-02",
        "has lapsed dues",
        "is in none of the groups",
    ];
    assert_eq!(why, expected);
}

#[test]
fn what_cannot_be_read_brings_nobody_in_and_removes_nobody() {
    let mut broken = folder(1, member());
    broken.member = Slot::Unreadable;
    let strange = Member { tier: "unread".parse().unwrap(), ..member() };
    let child = Member { parent: Some(id(1)), ..member() };
    let all = [broken, folder(2, strange), folder(3, child), folder(4, member())];
    let wanted = wanted(&["good-standing"], &all, &[4]);
    assert!(wanted.members.is_empty() && wanted.others.is_empty(), "{wanted:?}");
    assert_eq!(wanted.unreadable.len(), 4);
    let found = Found { accounts: vec![account("U1", true), account("U2", true)], complete: true };
    assert_eq!(plan(&wanted, &found).steps, []);
}

fn account(id: &str, inside: bool) -> Account<Belongs> {
    let holds = match inside {
        true => Holding::Has { what: Belongs {}, renews: None },
        false => Holding::Nothing { ready: true, soonest: None },
    };
    Account { id: id.into(), mark: None, name: None, email: None, holds }
}

#[test]
fn the_plan_invites_and_removes_but_leaves_two_administrators() {
    let gone = Member { left: Some(day("2026-03-01")), ..member() };
    let all = [folder(1, gone), folder(2, member())];
    let wanted = wanted(&["members"], &all, &[]);
    let mut found =
        Found { accounts: vec![account("U1", true), account("U2", false)], complete: true };
    let plan = plan(&wanted, &found);
    let words: Vec<(&str, &Action<Belongs>)> =
        plan.steps.iter().map(|it| (it.because.as_str(), &it.action)).collect();
    assert_eq!(
        words,
        [
            ("is a member", &Action::Add { after: Belongs {}, from: None }),
            ("left on 2026-03-01", &Action::Remove { before: Belongs {} }),
        ]
    );
    let administrators = |ids: &[&str]| ids.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(keeps_administrators(&plan, &found, &administrators(&[])), None);
    assert_eq!(keeps_administrators(&plan, &found, &administrators(&["U2", "U3"])), None);
    found.accounts.push(account("U3", true));
    let stopped = keeps_administrators(&plan, &found, &administrators(&["U1", "U3"]));
    assert_eq!(stopped, Some(Braked::FewAdministrators { left: 1 }));
    found.accounts.push(account("U4", true));
    assert_eq!(keeps_administrators(&plan, &found, &administrators(&["U1", "U3", "U4"])), None);
}
