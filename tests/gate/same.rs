//! On random trees and records the gate, the door and an oracle see the same.

use git2::Oid;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    oracle::{self, HEAVY, OracleView},
    raw::Raw,
    space_of_two::{
        ADA, BOARD, GRACE, MEMBER, Space, credential, enters, id, now, outcome, records,
    },
};

#[derive(Clone, Debug)]
enum Node {
    Blob(String),
    Tree(Vec<(&'static str, String, Node)>),
}

use Node::{Blob, Tree};

/// What is done to a folder.
#[derive(Clone, Debug)]
enum Edit {
    Put {
        at: usize,
        mode: &'static str,
        name: &'static str,
        node: Node,
    },
    Remove(usize),
    Rename(usize, &'static str),
    Mode(usize, &'static str),
    Content(usize, String),
    /// So many requirements that take long to work out.
    Heavy(usize),
    /// So many files more.
    Crowd(usize),
    Sort,
}

const REQUIREMENTS: &str = "facilities/door/requirements";

const FOLDERS: [&str; 9] = [
    "",
    "facilities",
    "facilities/door",
    REQUIREMENTS,
    "members",
    "members/00",
    "members/00/0001",
    "members/00/0001/credentials",
    "members/00/0002/credentials",
];

fn contents() -> Vec<String> {
    let ada = credential(ADA, 4);
    let mut all = vec![
        BOARD.to_owned(),
        r#"{"priority": 2, "arm": null, "description": "x", "timespec": "always"}"#.to_owned(),
        r#"[0, "Held", null, "always"]"#.to_owned(),
        r#"{"priority": 0, "more": 1, "timespec": "always"}"#.to_owned(),
        "{".to_owned(),
        MEMBER.to_owned(),
        credential(GRACE, 4),
        ada.replace(r#", "expiration": null"#, ""),
        ada.replace("null}", "null}, [\"door\", 4, \"2026-01-01T00:00:00Z\", null]"),
        format!(r#"["fob", "{ADA}", [["door", 4, "2026-01-01T00:00:00Z", null]]]"#),
        ada[..70].to_owned(),
    ];
    all.push(ada);
    all
}

fn mode() -> impl Strategy<Value = &'static str> {
    select(&["100644", "100644", "100755", "120000", "160000", "40000", "777", "100664"][..])
}

fn name() -> impl Strategy<Value = &'static str> {
    select(
        &[
            "base.json",
            "z.json",
            "a b.json",
            "z.json.bak",
            "ada.json",
            "member.json",
            "0003",
            "00",
            "credentials",
            "requirements",
            "members",
            "..",
            "",
            "x",
        ][..],
    )
}

fn node() -> impl Strategy<Value = Node> {
    let of_member = |text: String| {
        let credentials = Tree(vec![("100644", "m.json".into(), Blob(text))]);
        Tree(vec![
            ("40000", "credentials".into(), credentials),
            ("100644", "member.json".into(), Blob(MEMBER.into())),
        ])
    };
    prop_oneof![
        4 => select(contents()).prop_map(Blob),
        2 => select(contents()).prop_map(of_member),
        1 => select(contents()).prop_map(|it| Tree(vec![("100644", "z.json".into(), Blob(it))])),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (0_usize..4, mode(), name(), node())
            .prop_map(|(at, mode, name, node)| Edit::Put { at, mode, name, node }),
        1 => (0_usize..4).prop_map(Edit::Remove),
        2 => (0_usize..4, name()).prop_map(|(at, name)| Edit::Rename(at, name)),
        1 => (0_usize..4, mode()).prop_map(|(at, mode)| Edit::Mode(at, mode)),
        3 => (0_usize..4, select(contents())).prop_map(|(at, text)| Edit::Content(at, text)),
        1 => (1_usize..5).prop_map(Edit::Heavy),
        1 => select(&[900, 1_001][..]).prop_map(Edit::Crowd),
    ]
}

/// Edits, most of them in good order: a folder that is edited is sorted, unless it is not.
fn edits() -> impl Strategy<Value = Vec<(&'static str, Edit)>> {
    let one = (select(&FOLDERS[..]), edit(), proptest::bool::weighted(0.85));
    vec(one, 1..4).prop_map(|all| {
        let one = |(folder, edit, sort): (&'static str, Edit, bool)| {
            [(folder, edit)].into_iter().chain(sort.then_some((folder, Edit::Sort)))
        };
        all.into_iter().flat_map(one).collect()
    })
}

fn base() -> Node {
    let mut top = Tree(vec![]);
    for (path, text) in records() {
        let mut at = &mut top;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let Tree(rows) = at else { unreachable!() };
            let (mode, fresh) = match parts.peek() {
                Some(_) => ("40000", Tree(vec![])),
                None => ("100644", Blob(text.clone())),
            };
            let known = rows.iter().position(|it| it.1 == part);
            let found = known.unwrap_or_else(|| {
                rows.push((mode, part.to_owned(), fresh));
                rows.len() - 1
            });
            at = &mut rows[found].2;
        }
    }
    sort_all(&mut top);
    top
}

fn sort_all(node: &mut Node) {
    if let Tree(rows) = node {
        rows.iter_mut().for_each(|it| sort_all(&mut it.2));
        sort(rows);
    }
}

fn sort(rows: &mut [(&'static str, String, Node)]) {
    rows.sort_by_key(|it| it.1.clone() + if it.0 == "40000" { "/" } else { "" });
}

fn folder<'n>(top: &'n mut Node, path: &str) -> Option<&'n mut Vec<(&'static str, String, Node)>> {
    let mut at = top;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let Tree(rows) = at else { return None };
        at = &mut rows.iter_mut().find(|it| it.1 == part)?.2;
    }
    match at {
        Tree(rows) => Some(rows),
        Blob(_) => None,
    }
}

fn apply(top: &mut Node, path: &str, edit: Edit) {
    let path = if matches!(edit, Edit::Heavy(_)) { REQUIREMENTS } else { path };
    let Some(rows) = folder(top, path) else { return };
    // Without its settings no commit is that of a space.
    let row = |at: usize| at % rows.len().max(1);
    let kept = |at: usize| rows.get(row(at)).is_none_or(|it| it.1 == "space.json");
    match edit {
        Edit::Put { at, mode, name, node } => {
            let at = at.min(rows.len());
            rows.insert(at, (mode, name.to_owned(), node));
        }
        Edit::Remove(at) if !kept(at) => drop(rows.remove(row(at))),
        Edit::Rename(at, name) if !kept(at) => {
            let at = row(at);
            rows[at].1 = name.to_owned();
        }
        Edit::Mode(at, mode) if !kept(at) => {
            let at = row(at);
            rows[at].0 = mode;
        }
        Edit::Content(at, text) if !kept(at) => {
            let at = row(at);
            if let Blob(it) = &mut rows[at].2 {
                *it = text;
            }
        }
        Edit::Heavy(count) => {
            let text = serde_json::json!({ "priority": 0, "timespec": HEAVY }).to_string();
            let heavy = |at| ("100644", format!("heavy-{at}.json"), Blob(text.clone()));
            rows.extend((0..count).map(heavy));
            sort(rows);
        }
        Edit::Crowd(count) => {
            let one = |at| ("100644", format!("crowd-{at}.txt"), Blob("x".into()));
            rows.extend((0..count).map(one));
            sort(rows);
        }
        Edit::Sort => sort(rows),
        _ => {}
    }
}

fn write(raw: Raw<'_>, node: &Node) -> Oid {
    match node {
        Blob(text) => raw.blob(text),
        Tree(rows) => {
            let one = |(mode, name, node): &(&'static str, String, Node)| {
                ((*mode).to_owned(), name.clone().into_bytes(), write(raw, node))
            };
            raw.tree(&rows.iter().map(one).collect::<Vec<_>>())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_gate_and_the_door_see_what_an_oracle_sees(edits in edits()) {
        const CODES: [&str; 2] = [ADA, GRACE];
        let space = Space::new(true);
        let raw = space.raw();
        let mut top = base();
        let old = raw.commit(write(raw, &top), "base");
        let before = oracle::read(&space.repo, space.tree(), &OracleView::default(), &CODES);
        prop_assert!(before.enter.values().all(|it| *it) && !before.unclear, "{:?}", before);
        let mut running = space.follower();
        let first = outcome(running.poll(now())).0.unwrap();
        edits.into_iter().for_each(|(path, edit)| apply(&mut top, path, edit));
        let new = raw.commit(write(raw, &top), "edited");
        let view = oracle::read(&space.repo, space.tree(), &before, &CODES);
        let [between, all] = space.gate(old);
        prop_assert_eq!(between.is_empty(), all.is_empty(), "{:?} {:?}", between, all);
        prop_assert!(!all.is_empty() || !view.unclear, "the gate accepts {:?}", view);
        let (patched, _) = outcome(running.poll(now()));
        let patched = patched.unwrap_or(first);
        let compiled = outcome(space.follower().poll(now())).0.unwrap();
        for (index, which) in [(&patched, "running"), (&compiled, "begun anew")] {
            let expected = if view.odd { id(old) } else { id(new) };
            prop_assert_eq!(index.commit(), expected, "{}", which);
            for code in CODES {
                let got = enters(index, code);
                prop_assert_eq!(got.0, view.enter[code], "{} {} {:?} {:?}", which, code, got, &view);
            }
        }
    }
}
