//! Forms that change records: shown first, then committed, then undone.

use crate::world::{ADA, World, fill_in, hidden};

#[test]
fn a_volunteer_adds_a_member_hands_out_a_fob_and_undoes_it() {
    let world = World::new();
    let web = world.web();
    let carol = [("name", "Carol <b>"), ("tier", "guest"), ("email", "carol@example.org")];
    fill_in(&web, "admin", "/members/add", &carol, "member: add 0003 Carol &lt;b&gt;");
    let fob = [("member", "carol"), ("fob", "0xEB1E86"), ("facility", "frontdoor")];
    // It is Ada's.
    let (status, page) = web.post("desk", "/credentials/add", &fob);
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("0001") && page.contains("value=\"0xEB1E86\""), "{page}");
    let fob = [("member", "carol"), ("fob", "4711"), ("facility", "frontdoor")];
    let commit = fill_in(&web, "desk", "/credentials/add", &fob, "0003 Carol");
    let log = world.good(&["log"]);
    assert!(log.contains("desk") && log.contains("admin"), "{log}");
    assert!(
        world.run(&["door", "try", "--facility", "frontdoor", "--fob", "4711"]).0.status.success()
    );
    fill_in(&web, "desk", "/undo", &[("commit", &commit)], "undo");
    assert!(
        !world.run(&["door", "try", "--facility", "frontdoor", "--fob", "4711"]).0.status.success()
    );
    world.good(&["check"]);
}

#[test]
fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let world = World::new();
    let web = world.web();
    let fields = [("member", "0002"), ("name", "Robert Noyce"), ("tier", "guest")];
    let (_, page) = web.post("admin", "/members/edit", &fields);
    let base = hidden(&page, "base");
    world.good(&["member", "edit", "bob", "--name", "Bobby Noyce"]);
    let all = [&fields[..], &[("base", base), ("step", "commit")]].concat();
    let (status, page) = web.post("admin", "/members/edit", &all);
    assert_eq!(status, 409, "{page}");
    assert!(page.contains("members/00/0002/member.json"), "{page}");
    assert!(world.good(&["member", "list"]).contains("Bobby Noyce"));
}

#[test]
fn each_role_may_do_what_it_is_for() {
    let world = World::new();
    let web = world.web();
    for (login, path, status) in [
        ("view", "/credentials/add", 403),
        ("desk", "/credentials/add", 200),
        ("desk", "/members/add", 403),
        ("admin", "/members/add", 200),
    ] {
        assert_eq!(web.get(login, path).0, status, "{login} {path}");
        if status == 403 {
            let fields = [("name", "Eve"), ("tier", "guest"), ("step", "commit")];
            assert_eq!(web.post(login, path, &fields).0, 403, "{login} {path}");
        }
    }
    // What an admin did is not for the desk to undo.
    let (status, page) = web.post("desk", "/undo", &[]);
    assert_eq!(status, 422, "{page}");
    let induction = [("member", "bob"), ("facility", "laser")];
    assert_eq!(web.post("desk", "/inductions/add", &induction).0, 422);
    let induction = [("member", "bob"), ("facility", "laser"), ("by", "ada")];
    fill_in(&web, "desk", "/inductions/add", &induction, "0002 Bob Noyce");
}

/// A page of another site cannot act for somebody who is logged in.
#[test]
fn another_sites_form_changes_nothing() {
    let world = World::new();
    let web = world.web();
    for header in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let status = web.post_with("admin", "/undo", header);
        assert_eq!(status, 403, "{header:?}");
    }
    assert!(world.good(&["log"]).lines().all(|line| !line.contains("undo")), "{ADA}");
}

#[test]
fn what_takes_access_from_many_is_confirmed_by_a_number() {
    let world = World::new();
    for number in 3..12 {
        let (name, fob) = (format!("Somebody {number}"), format!("770{number}"));
        world.good(&["member", "add", &name, "--tier", "guest"]);
        world.good(&[
            "credential",
            "add",
            "--member",
            &name,
            "--fob",
            &fob,
            "--facility",
            "frontdoor",
        ]);
    }
    let listed: serde_json::Value =
        serde_json::from_str(&world.good(&["requirement", "list", "--json"])).unwrap();
    let of_door = |it: &&serde_json::Value| it["facility"] == "frontdoor";
    let tag = listed.as_array().unwrap().iter().find(of_door).unwrap()["tag"].clone();
    let tag = tag.as_str().unwrap();
    let web = world.web();
    let fields = [("facility", "frontdoor"), ("priority", "9"), ("when", "always"), ("tag", tag)];
    let (status, page) = web.post("admin", "/requirements/change", &fields);
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("takes access from") && page.contains("name=\"confirm\""), "{page}");
    let wrong = [&fields[..], &[("confirm", "two")]].concat();
    let (_, page) = web.post("admin", "/requirements/change", &wrong);
    assert!(page.contains("not a number"), "{page}");
    let too_few = [&fields[..], &[("confirm", "2")]].concat();
    assert_eq!(web.post("admin", "/requirements/change", &too_few).0, 422);
    let enough = [&fields[..], &[("confirm", "11")]].concat();
    fill_in(&web, "admin", "/requirements/change", &enough, "frontdoor");
    let message = world.good(&["log", "--count", "1"]);
    assert!(message.contains("frontdoor"), "{message}");
}

#[test]
fn admins_see_on_the_first_page_what_waits_for_an_answer() {
    let world = World::new();
    std::fs::write(
        world.space().join(".git/space/questions.json"),
        r#"[{"id":1,"path":"members/00/0001/member.json","field":"name","ours":"Ada","theirs":"Ida",
            "ours_stands":true,"by_us":{"name":"Grace","at":"2026-03-01T18:00:00Z",
            "commit":"8f2c41d07be5a9360e1d54c8b7a2f3961c0de5b4"},"by_them":null}]"#,
    )
    .unwrap();
    let web = world.web();
    let (status, page) = web.get("admin", "/");
    assert_eq!(status, 200);
    assert!(
        page.contains("somebody has to decide") && page.contains("by Grace and somebody"),
        "{page}"
    );
    assert!(!page.contains("Ida"), "what is personal stays away: {page}");
    assert!(!web.get("view", "/").1.contains("somebody has to decide"));
}

/// The end of a suspension is given, moved and taken in the panel, and the member sees it.
#[test]
fn a_suspension_ends_on_a_day_that_can_be_moved() {
    let world = World::new();
    let web = world.web_at("2026-03-02T12:00:00Z");
    let suspend = |fields: &[(&str, &str)], words: &str| {
        fill_in(&web, "admin", "/members/suspend", &[&[("member", "bob")], fields].concat(), words)
    };
    let bob = || web.get("desk", "/members/0002").1;
    suspend(&[("reason", "broke the rules"), ("until", "2026-06-01")], "2026-06-01");
    assert!(bob().contains("2026-03-02 until 2026-06-01"), "{}", bob());
    let (_, page) = web.get("admin", "/members/suspend?member=0002");
    assert!(page.contains("has been suspended since 2026-03-02 until 2026-06-01"), "{page}");
    assert!(!page.contains("name=\"reason\""), "{page}");
    let commit = suspend(&[("until", "2026-07-01")], "2026-07-01");
    assert!(bob().contains("2026-03-02 until 2026-07-01"), "{}", bob());
    let contact = world.good(&["--json", "member", "show", "bob", "--contact"]);
    assert!(contact.contains("broke the rules"), "the reason stays: {contact}");
    fill_in(&web, "admin", "/undo", &[("commit", &commit)], "undo");
    assert!(bob().contains("2026-03-02 until 2026-06-01"), "{}", bob());
    let wrong = [("member", "bob"), ("until", "2026-03-01")];
    let (status, page) = web.post("admin", "/members/suspend", &wrong);
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("would end on 2026-03-01, but begins on 2026-03-02"), "{page}");
    suspend(&[], "member: resume");
    assert!(!bob().contains("until 2026-06-01"), "{}", bob());
}
