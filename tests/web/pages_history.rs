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

/// Admins see on the first page how far these records are from the shared ones, once git has heard of it.
#[test]
fn the_first_page_tells_admins_how_far_the_records_are_from_the_shared_ones() {
    let world = World::new();
    let git = |args: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.args(args).current_dir(world.space()).env("HOME", world.beside("."));
        git.env("GIT_CONFIG_NOSYSTEM", "1");
        assert!(git.stdout(std::process::Stdio::null()).status().unwrap().success(), "{args:?}");
    };
    let shared = world.beside("shared.git").display().to_string();
    git(&["clone", "-q", "--bare", ".", &shared]);
    git(&["remote", "add", "origin", &shared]);
    git(&["fetch", "-q", "origin"]);
    git(&["branch", "-q", "--set-upstream-to", "origin/main"]);
    let web = world.web();
    assert!(!web.get("admin", "/").1.contains("Compared with"), "they are in step");
    world.good(&["-C", &shared, "member", "add", "Cy Young", "--tier", "guest"]);
    world.good(&["-C", &shared, "member", "add", "Dee Dee", "--tier", "guest"]);
    git(&["fetch", "-q", "origin"]);
    let page = web.get("admin", "/").1;
    assert!(page.contains("Compared with") && page.contains("2 commits behind"), "{page}");
    assert!(
        !web.get("view", "/").1.contains("Compared with"),
        "others have nothing to do about it"
    );
    world.good(&["member", "edit", "bob", "--phone", "0123"]);
    let page = web.get("admin", "/").1;
    assert!(page.contains("gone apart: 1 commit only here, 2 only there"), "{page}");
    world.good(&["sync"]);
    assert!(!web.get("admin", "/").1.contains("Compared with"), "they are in step again");
}
