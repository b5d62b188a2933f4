//! Members: the list, one of them, and personal data for whoever gives a reason.

use std::fs;

use crate::world::World;

#[test]
fn members_are_found_as_one_types() {
    let world = World::new();
    let web = world.web();
    assert_eq!(web.get("view", "/members").0, 403);
    let (status, page) = web.get("desk", "/members");
    assert!(status == 200 && page.contains("2 members"), "{page}");
    for (query, there, missing) in [
        ("text=lOve", "Ada Lovelace", "Bob Noyce"),
        ("text=0002", "Bob Noyce", "Ada Lovelace"),
        ("tier=guest&text=bob", "Bob Noyce", "Ada"),
        ("tier=standard", "No member matches", "Ada"),
        ("standing=left", "No member matches", "Ada"),
        ("after=1", "Bob Noyce", "Ada"),
        ("text=%3Cscript%3E", "&lt;script&gt;", "<script>"),
    ] {
        let (status, page) = web.get("desk", &format!("/members?{query}"));
        assert_eq!(status, 200);
        assert!(page.contains(there) && !page.contains(missing), "{query}: {page}");
    }
    // While one types, only the list is sent.
    let part = web.get_as("desk", "/members?text=ada", ("hx-request-type", "partial"));
    assert!(part.1.starts_with("<div id=\"members\">") && part.1.contains("Ada"), "{}", part.1);
}

#[test]
fn a_members_page_says_what_they_may_open_and_why() {
    let world = World::new();
    let web = world.web();
    let (status, page) = web.get("desk", "/members/0001");
    assert_eq!(status, 200);
    for words in ["0001 Ada Lovelace", "guest", "laser", "granted", "fob", "Hand out a fob"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Suspend") && web.get("admin", "/members/0001").1.contains("Suspend"));
    let (_, why) = web.get("desk", "/members/0001/access");
    assert!(why.contains("inducted to laser") && why.contains("credential: add fob"), "{why}");
    for (path, status) in [("9999", 422), ("x", 422), (&"9".repeat(10_000), 422)] {
        assert_eq!(web.get("desk", &format!("/members/{path}")).0, status);
    }
    for path in ["/members/0001", "/members/0001/access"] {
        assert_eq!(web.get("view", path).0, 403);
    }
}

/// requirements.md: only names, unless somebody asks; and who asked is known.
#[test]
fn personal_data_is_shown_for_a_reason_and_that_is_recorded_first() {
    let world = World::new();
    world.good(&["member", "edit", "ada", "--phone", "0123 456789"]);
    let web = world.web();
    let personal = ["ada@example.org", "0123 456789"];
    for path in ["/members", "/members/0001", "/members/0001/access", "/reports", "/history"] {
        let (_, page) = web.get("admin", path);
        assert!(personal.iter().all(|it| !page.contains(it)), "{path}: {page}");
    }
    let path = "/members/0001/reveal";
    assert_eq!(web.post("view", path, &[("reason", "curious")]).0, 403);
    let (status, page) = web.post("desk", path, &[("reason", "  ")]);
    assert!(status == 422 && !page.contains("0123"), "{page}");
    assert!(world.good(&["log", "--reveals"]).contains("nobody has been shown"));
    let (status, page) = web.post("desk", path, &[("reason", "a <b>parcel</b>")]);
    assert_eq!(status, 200);
    assert!(personal.iter().all(|it| page.contains(it)) && !page.contains("<b>"), "{page}");
    let told = world.good(&["log", "--reveals"]);
    assert!(
        told.contains("desk") && told.contains("0001 Ada") && told.contains("parcel"),
        "{told}"
    );
    assert_eq!(web.get("desk", "/reveals").0, 403);
    assert!(web.get("admin", "/reveals").1.contains("a &lt;b&gt;parcel"));
    // The log has numbers in place of names, and nothing of what was shown.
    let kept = fs::read_to_string(world.git().join("space/journal/reveals.jsonl")).unwrap();
    assert!(!kept.contains("Ada") && !kept.contains("0123"), "{kept}");
}

/// If it cannot be recorded, it is not shown.
#[test]
fn a_disk_that_takes_no_record_shows_no_personal_data() {
    let world = World::new();
    let web = world.web();
    fs::create_dir(world.git().join("space/journal/reveals.jsonl")).unwrap();
    let (status, page) = web.post("desk", "/members/0001/reveal", &[("reason", "a parcel")]);
    assert!(status == 503 && !page.contains("ada@example.org"), "{status} {page}");
}
