//! Requirements by form: shown before they are saved, and changed as days and times.

use crate::world::{World, fill_in, hidden};

/// See requirements.md D-40.
#[test]
fn a_weekly_requirement_shows_its_next_windows_before_it_is_saved() {
    let world = World::new();
    let web = world.web_at("2031-12-31T12:00:00Z");
    let fields = [
        ("facility", "laser"),
        ("priority", "2"),
        ("description", "Induction evening"),
        ("when", "weekly"),
        ("day", "tue"),
        ("from", "19:00"),
        ("to", "21:00"),
        ("starting", "2032-01-01"),
        ("until", "2032-01-31"),
        ("tag", "evening"),
    ];
    let (status, page) = web.post("admin", "/requirements/add", &fields);
    assert_eq!(status, 200, "{page}");
    // January 2032 has four Tuesdays; no other day is one of them.
    let shown: Vec<_> = page.match_indices("Tue 2032-01-").collect();
    assert_eq!(shown.len(), 8, "{page}");
    assert!(page.contains("Tue 2032-01-27 21:00"), "{page}");
    fill_in(&web, "admin", "/requirements/add", &fields, "priority 2 for laser");
    let (_, page) = web.get("view", "/requirements");
    let words = "Every Tuesday, 19:00 to 21:00, the last time on 2032-01-31 at the latest";
    assert!(page.contains(words) && page.contains("Induction evening"), "{page}");
    assert!(!page.contains("/requirements/change"), "it is for admins: {page}");
    // Sent twice, it is there once.
    let (status, page) = web.post("admin", "/requirements/add", &fields);
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("already has a requirement"), "{page}");
    world.good(&["check"]);
}

#[test]
fn what_a_form_has_made_comes_back_as_days_and_times() {
    let world = World::new();
    let web = world.web();
    world.good(&[
        "requirement",
        "add",
        "laser",
        "--every",
        "sat,sun",
        "--from",
        "22:00",
        "--to",
        "02:00",
        "--starting",
        "2032-02-01",
        "--tag",
        "night",
        "--priority",
        "-1",
        "--arm",
        "first-grant",
    ]);
    let (_, page) = web.get("admin", "/requirements/change?tag=night");
    for part in [
        "name=\"from\" value=\"22:00\"",
        "name=\"to\" value=\"02:00\"",
        "name=\"starting\" value=\"2032-02-01\"",
        "name=\"when\" value=\"weekly\" checked",
        "name=\"day\" value=\"sun\" checked",
        "name=\"arm\" value=\"first-grant\" checked",
        "name=\"priority\" value=\"-1\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("value=\"mon\" checked"), "{page}");
    let same = [
        ("tag", "night"),
        ("facility", "laser"),
        ("priority", "-1"),
        ("when", "weekly"),
        ("day", "sat"),
        ("day", "sun"),
        ("from", "22:00"),
        ("to", "02:00"),
        ("starting", "2032-02-01"),
        ("arm", "first-grant"),
    ];
    let (status, page) = web.post("admin", "/requirements/change", &same);
    assert_eq!(status, 422, "nothing would change: {page}");
    assert!(page.contains("nothing to do"), "{page}");
    let later: Vec<_> = same.map(|it| if it.0 == "to" { ("to", "03:00") } else { it }).to_vec();
    fill_in(&web, "admin", "/requirements/change", &later, "(timespec)");
    fill_in(&web, "admin", "/requirements/revoke", &[("tag", "night")], "revoke night");
}

#[test]
fn a_calendar_is_taken_as_it_is_and_refused_with_its_line() {
    let world = World::new();
    let web = world.web();
    // Browsers send line breaks as CR LF.
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x\r\n\
        DTSTAMP:20260101T000000Z\r\nDTSTART:20320106T190000\r\nDTEND:20320106T210000\r\n\
        SUMMARY:Sewing\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let fields = |calendar| {
        [
            ("tag", "sewing"),
            ("facility", "laser"),
            ("priority", "3"),
            ("when", "calendar"),
            ("calendar", calendar),
        ]
    };
    let (status, page) =
        web.post("admin", "/requirements/add", &fields("BEGIN:VCALENDAR\r\noops\r\n"));
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("id=\"calendar-wrong\"") && page.contains("line 2"), "{page}");
    fill_in(&web, "admin", "/requirements/add", &fields(calendar), "priority 3 for laser");
    let (status, page) = web.post("admin", "/requirements/change", &fields(calendar));
    assert_eq!(status, 422, "what came back unchanged is no change: {page}");
    assert!(hidden(&page, "tag") == "sewing" && page.contains("nothing to do"), "{page}");
}

#[test]
fn what_lets_nobody_in_is_said_before_anybody_confirms_it() {
    let world = World::new();
    let web = world.web();
    let weekly = [
        ("tag", "late"),
        ("facility", "frontdoor"),
        ("priority", "9"),
        ("when", "weekly"),
        ("day", "sat"),
        ("from", "22:00"),
        ("to", "23:00"),
        ("starting", "2032-02-01"),
    ];
    let (status, page) = web.post("admin", "/requirements/add", &weekly);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("nobody has priority 9 at frontdoor"), "{page}");
}

#[test]
fn what_is_wrong_is_said_beside_its_field() {
    let world = World::new();
    let web = world.web();
    for (path, fields, field) in [
        ("/members/add", &[("tier", "guest")][..], "name"),
        ("/members/add", &[("name", "A"), ("tier", "guest"), ("joined", "soon")], "joined"),
        ("/members/add", &[("name", "A"), ("tier", "guest"), ("chosen", "much")], "chosen"),
        ("/members/add", &[("name", "A"), ("tier", "guest"), ("parent", "nobody")], "parent"),
        ("/members/add", &[("name", "A"), ("tier", "guest"), ("born", "1990")], "born"),
        ("/members/edit", &[("member", "bob"), ("name", ""), ("tier", "guest")], "name"),
        ("/members/suspend", &[("member", "bob")], "reason"),
        ("/members/leave", &[("member", "bob"), ("on", "never")], "on"),
        ("/credentials/add", &[("member", "nobody"), ("fob", "1")], "member"),
        ("/credentials/add", &[("member", "bob")], "fob"),
        (
            "/credentials/add",
            &[("member", "bob"), ("fob", "1"), ("passcode", "123456")],
            "passcode",
        ),
        ("/credentials/add", &[("member", "bob"), ("fob", "1"), ("priority", "x")], "priority"),
        ("/credentials/add", &[("member", "bob"), ("fob", "1"), ("facility", "moon")], "facility"),
        ("/credentials/revoke", &[("member", "bob")], "tag"),
        ("/inductions/add", &[("facility", "laser")], "member"),
        ("/requirements/add", &[("facility", "laser"), ("priority", "1")], "when"),
        (
            "/requirements/add",
            &[("facility", "laser"), ("priority", "1"), ("when", "weekly")],
            "day",
        ),
        (
            "/requirements/add",
            &[("facility", "laser"), ("priority", "1"), ("when", "once")],
            "from",
        ),
    ] {
        let (status, page) = web.post("admin", path, fields);
        assert_eq!(status, 422, "{path} {fields:?}: {page}");
        let beside = format!("id=\"{field}-wrong\"");
        assert!(page.contains(&beside), "{path} {fields:?}: {page}");
        assert!(page.contains(&format!("href=\"#{field}-wrong\"")), "{page}");
    }
}

/// See requirements.md A-56.
#[test]
fn a_form_never_shows_what_is_known_of_somebody() {
    let world = World::new();
    let web = world.web();
    let fields = [
        ("member", "0001"),
        ("name", "Ada Lovelace"),
        ("tier", "standard"),
        ("parent", ""),
        ("concession", "is a student"),
        ("phone", "555 0100"),
    ];
    let (_, page) = web.post("admin", "/members/edit", &fields);
    assert!(page.contains("contact.json") && !page.contains("ada@example.org"), "{page}");
    let commit = fill_in(&web, "admin", "/members/edit", &fields, "concession");
    let (_, page) = web.post("admin", "/undo", &[("commit", &commit)]);
    assert!(page.contains("contact.json") && !page.contains("student"), "{page}");
    let (_, page) = web.get("admin", "/members/edit?member=0001");
    assert!(page.contains("a new reason replaces it") && !page.contains("student"), "{page}");
}

#[test]
fn several_credentials_are_revoked_at_once() {
    let world = World::new();
    let web = world.web();
    world.good(&[
        "credential",
        "add",
        "--member",
        "ada",
        "--fob",
        "4711",
        "--facility",
        "frontdoor",
    ]);
    let (_, page) = web.get("admin", "/credentials/revoke?member=0001");
    let tags: Vec<&str> = page
        .split("name=\"tag\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(tags.len(), 2, "{page}");
    let fields = [("member", "0001"), ("tag", tags[0]), ("tag", tags[1])];
    fill_in(&web, "admin", "/credentials/revoke", &fields, "2 credentials of 0001");
}

/// See requirements.md A-42.
#[test]
fn the_desk_asks_a_member_about_dues_and_reads_the_letter_first() {
    let world = World::new();
    world.good(&["settings", "edit", "--mail-from", "desk@example.org"]);
    let web = world.web();
    let (status, page) = web.get("desk", "/members/nudge?member=bob&back=/members/0002");
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Bob Noyce") && !page.contains("bob@example.org"), "{page}");
    assert!(!world.good(&["notice", "told", "bob"]).contains("nudge"), "nothing went out yet");
    let (_, page) = web.post("desk", "/members/nudge", &[("member", "0002")]);
    assert!(page.contains("0002 Bob Noyce was asked by e-mail"), "{page}");
    let (status, page) = web.post("desk", "/members/nudge", &[("member", "0002")]);
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("already asked today"), "{page}");
    assert_eq!(web.get("view", "/members/nudge?member=bob").0, 403);
    assert!(world.good(&["log"]).contains("desk"));
}
