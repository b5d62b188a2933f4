//! A code that two members hold opens nothing, even if one of them cannot be read.

use space::{app::why, domain::model::Reason};

use crate::{
    raw::{Raw, row},
    space_of_two::{ADA, GRACE, Space, credential, enters, now, outcome},
};

const CREDENTIALS: &str = "members/00/0002/credentials";

#[test]
fn whoever_holds_the_code_of_an_unreadable_credential_gains_nothing() {
    let both = credential(ADA, 1);
    type Copy = fn(Raw<'_>, &str) -> crate::raw::Row;
    let copies: &[(&str, Copy)] = &[
        ("cut off", |raw, it| row("100644", "same.json", raw.blob(&it[..70]))),
        ("of another name", |raw, it| row("100644", "sa me.json", raw.blob(it))),
        ("with an ending too many", |raw, it| row("100644", "same.json.bak", raw.blob(it))),
        ("as a link", |raw, it| row("120000", "same.json", raw.blob(it))),
        ("in a folder", |raw, it| {
            row("40000", "same", raw.tree(&[row("100644", "x.json", raw.blob(it))]))
        }),
        ("with a field too many", |raw, it| {
            row("100644", "same.json", raw.blob(it.replacen('{', r#"{"x": 1,"#, 1)))
        }),
        ("with nothing left of it", |raw, _| row("100644", "same.json", raw.blob("{"))),
    ];
    for (name, copy) in copies {
        let space = Space::of(true, &[("members/00/0002/credentials/same.json", &both)]);
        let mut running = space.follower();
        let index = outcome(running.poll(now())).0.unwrap();
        assert_eq!(
            enters(&index, ADA),
            (false, Reason::AmbiguousCredential),
            "{name}: two hold it"
        );
        space.edit(CREDENTIALS, &|rows| {
            rows.retain(|it| it.1 != b"same.json");
            rows.push(copy(space.raw(), &both));
        });
        let head = space.store().head().unwrap();
        let store = space.store();
        let asked = why::index_all(&store.read(head).unwrap(), now());
        let patched = outcome(running.poll(now())).0.unwrap();
        let compiled = outcome(space.follower().poll(now())).0.unwrap();
        for index in [&*patched, &*compiled, &asked] {
            assert_eq!(enters(index, ADA), (false, Reason::AmbiguousCredential), "{name}");
            assert!(enters(index, GRACE).0, "{name}: and nothing else");
        }
        // Once it is gone, one member holds the code.
        space.edit(CREDENTIALS, &|rows| rows.retain(|it| it.1 == b"grace.json"));
        assert!(enters(&outcome(running.poll(now())).0.unwrap(), ADA).0, "{name}: it is gone");
    }
}

#[test]
fn an_unreadable_credential_is_no_obstacle_to_its_own_member() {
    let space = Space::new(true);
    let broken = &credential(GRACE, 1)[..70];
    let id = space.raw().blob(broken);
    space.edit(CREDENTIALS, &|rows| rows.push(row("100644", "old.json", id)));
    assert!(enters(&outcome(space.follower().poll(now())).0.unwrap(), GRACE).0);
}
