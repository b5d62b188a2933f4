//! Who changed what, and what nobody sees there.

use crate::world::World;

#[test]
fn the_history_shows_each_change_and_offers_to_undo_it() {
    let world = World::new();
    let web = world.web();
    assert_eq!(web.get("view", "/history").0, 403);
    let (status, page) = web.get("desk", "/history");
    assert_eq!(status, 200);
    assert!(page.contains("member: add 0002 Bob Noyce") && page.contains("Grace"), "{page}");
    let (_, about_ada) = web.get("desk", "/history?about=ada");
    assert!(about_ada.contains("0001") && !about_ada.contains("0002"), "{about_ada}");
    assert!(web.get("desk", "/history?by=nobody").1.contains("no such changes"));
    assert_eq!(web.get("desk", "/history?about=nowhere").0, 422);
    let (_, rest) = about_ada.split_once("href=\"/history/").unwrap();
    let commit = rest.split_once('"').unwrap().0;
    let (status, page) = web.get("desk", &format!("/history/{commit}"));
    assert!(status == 200 && page.contains("action=\"/undo\"") && page.contains(commit), "{page}");
    assert_eq!(web.get("desk", "/history/0000").0, 422);
}

/// requirements.md A-56.
#[test]
fn a_change_of_personal_data_is_named_and_not_shown() {
    let world = World::new();
    world.good(&["member", "edit", "ada", "--phone", "0123 456789"]);
    let web = world.web();
    let commits = web.get("admin", "/history?about=ada").1;
    let shown: Vec<String> = commits
        .split("href=\"/history/")
        .skip(1)
        .filter_map(|it| Some(web.get("admin", &format!("/history/{}", it.split_once('"')?.0)).1))
        .collect();
    assert!(shown.iter().any(|it| it.contains("members/00/0001/contact.json")));
    assert!(shown.iter().any(|it| it.contains("Ada Lovelace")));
    for page in shown {
        assert!(!page.contains("0123 456789") && !page.contains("ada@example.org"), "{page}");
    }
}
