//! Members see what is theirs and what is everybody's, and nothing of anybody else.

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;

use crate::{
    browser::{Browser, Page, members},
    world::{BOB, Web, World},
};

/// What is Bob's, and in no page of Ada's.
const MARKS: [&str; 8] = [
    "Bobmark",
    "bob@example.org",
    "0800-bob",
    "7 Bob Lane",
    "bobs reason",
    "bob-account",
    "1977-07",
    "BOBTAG",
];

/// A space in which Bob has something in every record.
fn world() -> World {
    let world = members();
    for args in [
        &["settings", "edit", "--guests", "frontdoor", "--guest-hours", "8"][..],
        &["member", "edit", "bob", "--name", "Bobmark Noyce", "--tier", "standard"],
        &["member", "edit", "bob", "--phone", "0800-bob", "--address", "7 Bob Lane"],
        &["member", "edit", "bob", "--concession", "bobs reason", "--born", "1977-07"],
        &["member", "edit", "bob", "--account", "chat=bob-account"],
        &["payment", "add", "bob", "12.50"],
        &[
            "credential",
            "add",
            "--member",
            "bob",
            "--fob",
            "10649960",
            "--facility",
            "frontdoor",
            "--tag",
            "BOBTAG",
        ],
    ] {
        world.good(args);
    }
    world
}

#[track_caller]
fn shows_nothing(page: &Page, what: &str) {
    let all = format!("{:?} {}", page.headers, page.text);
    for mark in MARKS.iter().chain([&BOB]) {
        assert!(!all.contains(mark), "{what} shows {mark}: {}", page.text);
    }
}

/// Returns the links of a page to pages of ours.
fn linked(page: &str) -> Vec<String> {
    let found = page.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
    found.filter(|it| it.starts_with('/')).map(|it| it.replace("&amp;", "&")).collect()
}

const KNOWN: [&str; 32] = [
    "/",
    "/profile",
    "/profile/data",
    "/profile/leave",
    "/profile/lost",
    "/editme",
    "/guests",
    "/guests/end",
    "/login",
    "/logout",
    "/logout/everywhere",
    "/login/link",
    "/register",
    "/add_child",
    "/members",
    "/members/0002",
    "/members/0002/access",
    "/members/edit",
    "/activity",
    "/live",
    "/download/activities",
    "/history",
    "/log",
    "/payments",
    "/reports",
    "/ask",
    "/api/v1/members",
    "/api/v1/members/0002",
    "/api/v1/activity",
    "/api/v1/credentials",
    "/spaceapi.json",
    "/admin",
];

fn logged_in<'w>(web: &'w Web, who: &str) -> Browser<'w> {
    let browser = Browser::new(web);
    assert_eq!(browser.log_in(who).status, 200);
    browser
}

#[test]
fn a_member_reaches_nothing_of_another_on_any_page_or_api_path() {
    let world = world();
    let web = world.web();
    web.get("", &format!("/verify?thing=laser&token={BOB}"));
    let (ada, bob) = (logged_in(&web, "ada"), logged_in(&web, "bob"));
    bob.send("/profile/leave", &[("day", "2030-01-01")]);
    let own = bob.go("/profile").text + &bob.go("/editme").text + &bob.go("/profile/data").text;
    for mark in MARKS {
        assert!(own.contains(mark), "{mark} is nowhere, so its absence proves nothing");
    }
    // Every page that is known, and every page that they lead to.
    let mut open: Vec<String> = KNOWN.iter().map(ToString::to_string).collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = open.pop() {
        if path == "/live" || !seen.insert(path.clone()) {
            continue;
        }
        let page = ada.go(&path);
        shows_nothing(&page, &path);
        if !path.starts_with("/login/with") {
            open.extend(linked(&page.text));
        }
    }
    assert!(seen.len() > KNOWN.len(), "{seen:?}");
    // Paths and fields that somebody makes up.
    let word = prop_oneof![
        proptest::sample::select(vec![
            "0002",
            "bob",
            "profile",
            "editme",
            "guests",
            "data",
            "lost",
            "members",
            "member",
            "tag",
            "id",
            "BOBTAG",
            "bob@example.org",
            "api",
            "v1",
            "..",
            "%2e%2e",
            "admin",
            "export",
            "0002.json",
            "contact.json",
            "login",
            "back",
            "github",
        ])
        .prop_map(str::to_owned),
        "[a-z0-9./%-]{0,8}",
    ];
    let path = proptest::collection::vec(word.clone(), 0..4);
    let fields = proptest::collection::vec((word.clone(), word), 0..3);
    let mut runner =
        TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let before = snapshot(&world);
    runner
        .run(&(path, fields, any::<bool>()), |(path, fields, posts)| {
            let path = format!("/{}", path.join("/"));
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            // Leaving and logging out are Ada's own.
            if path.contains("logout") {
                return Ok(());
            }
            let page = if posts {
                ada.send(&path, &fields)
            } else {
                let query =
                    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
                ada.go(&format!("{path}?{query}"))
            };
            shows_nothing(&page, &path);
            Ok(())
        })
        .unwrap();
    for path in ["/profile/lost", "/guests/end"] {
        for tag in ["BOBTAG", "T1", "0002"] {
            shows_nothing(
                &ada.submit(path, &[("tag", tag), ("member", "0002"), ("id", "0002")]),
                path,
            );
        }
    }
    assert_eq!(snapshot(&world), before, "Bob's records are as they were");
}

fn snapshot(world: &World) -> Value {
    let all: Value = serde_json::from_str(&world.good(&["member", "export", "bob"])).unwrap();
    all["records"].clone()
}

/// Nobody's pages are shown to nobody.
#[test]
fn without_a_login_there_is_nothing() {
    let world = world();
    let web = world.web();
    let nobody = Browser::new(&web);
    for path in KNOWN.iter().filter(|it| **it != "/live") {
        let page = nobody.go(path);
        shows_nothing(&page, path);
        assert!(!page.text.contains("Ada Lovelace"), "{path}");
    }
}
