//! Doors as they stand, and the buttons that operate them.

use crate::world::World;

/// requirements.md D-95.
#[test]
fn the_desk_operates_doors_and_the_journal_says_who() {
    let world = World::new();
    let door = world.start(&["door", "run"]);
    door.wait("in-force");
    let web = world.web();
    let (status, page) = web.get("view", "/hardware");
    assert_eq!(status, 200);
    assert!(page.contains("frontdoor") && page.contains("trusted"), "{page}");
    assert!(!page.contains("<button name=\"order\""), "{page}");
    let unlock = [("door", "frontdoor"), ("order", "unlock")];
    assert_eq!(web.post("view", "/hardware", &unlock).0, 403);
    let (status, page) = web.post("desk", "/hardware", &unlock);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("unlocked"), "{page}");
    let hold = [("door", "laser"), ("order", "hold"), ("until", "+1h")];
    assert!(web.post("desk", "/hardware", &hold).1.contains("held unlocked"));
    let (_, page) = web.post("admin", "/hardware", &[("door", "laser"), ("order", "lock")]);
    assert!(page.contains("locked by hand"), "{page}");
    for order in ["release", "reload"] {
        assert_eq!(web.post("desk", "/hardware", &[("door", "laser"), ("order", order)]).0, 200);
    }
    for (name, order) in [("nowhere", "unlock"), ("<b>", "unlock"), ("laser", "explode")] {
        let (status, page) = web.post("desk", "/hardware", &[("door", name), ("order", order)]);
        assert!(status == 422 && !page.contains("<b>"), "{status} {page}");
    }
    let all = world.activities();
    let seen: Vec<_> = all.iter().map(|it| (it["reason"].as_str(), it["by"].as_str())).collect();
    assert!(
        seen.iter().all(|(_, by)| by.is_some_and(|it| it.contains("desk") || it.contains("admin"))),
        "{seen:?}"
    );
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[test]
fn without_a_running_door_the_page_says_so() {
    let world = World::new();
    let web = world.web();
    let (status, page) = web.get("desk", "/hardware");
    assert!(status == 200 && page.contains("o door listens at"), "{page}");
    let (status, page) = web.post("desk", "/hardware", &[("door", "laser"), ("order", "unlock")]);
    assert!(status == 422 && page.contains("o door listens at"), "{page}");
}
