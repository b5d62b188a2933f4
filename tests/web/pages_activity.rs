//! Recent activity: shown, filtered, page by page, live, and downloaded.

use std::io::BufRead as _;

use crate::world::{ADA, BOB, World};

/// A line of the journal; `second` counts from the beginning of 2026-01-15.
fn line(second: u32, member: &str, rest: &str) -> String {
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!(
        "{{\"time\":\"2026-01-15T{hour:02}:{minute:02}:{:02}Z\",\"facility\":\"frontdoor\",\
         \"member\":\"{member}\",\"result\":\"denied\",\"reason\":\"unknown-credential\",{rest}\
         \"commit\":\"0000000000000000000000000000000000000000\"}}",
        second % 60
    )
}

/// The number of activities on a page.
fn rows(page: &str) -> usize {
    page.matches("<tr>").count().saturating_sub(1)
}

/// The address behind a link of a page.
fn link<'p>(page: &'p str, words: &str) -> Option<&'p str> {
    let (before, _) = page.split_once(&format!(">{words}</a>"))?;
    before.rsplit_once("href=\"")?.1.split_once('"').map(|(url, _)| url)
}

/// requirements.md D-91.
#[test]
fn whoever_may_look_sees_who_was_where_and_why() {
    let world = World::new();
    world.good(&["member", "edit", "bob", "--name", "Bob <script>alert(1)</script>"]);
    let web = world.web();
    web.get("", &format!("/verify?thing=laser&token={ADA}"));
    web.get("", &format!("/verify?thing=laser&token={BOB}"));
    let (status, page) = web.get("view", "/");
    assert_eq!(status, 200);
    assert!(page.contains("0001 Ada Lovelace") && page.contains("granted"), "{page}");
    assert!(page.contains("0002 Bob &lt;script&gt;") && !page.contains("<script>"), "{page}");
    assert!(page.contains("it is for other facilities"), "{page}");
    assert_eq!(rows(&page), 2);
    for (query, count) in [
        ("member=bob", 1),
        ("member=0001", 1),
        ("result=granted", 1),
        ("result=exit", 0),
        ("facility=laser&days=1", 2),
        ("facility=frontdoor", 0),
    ] {
        let (status, page) = web.get("view", &format!("/activity?{query}"));
        assert_eq!((status, rows(&page)), (200, count), "{query}");
    }
    // Who may see members gets links to them.
    assert!(!page.contains("/members/0001") && web.get("desk", "/").1.contains("/members/0001"));
    for query in ["member=nobody", "facility=%3Cb%3E", "result=x", "days=x", "after=x"] {
        let (status, page) = web.get("view", &format!("/?{query}"));
        assert_eq!(status, 422, "{query}");
        assert!(!page.contains("<b>"), "{page}");
    }
}

#[test]
fn older_pages_follow_without_gaps_while_new_activity_arrives() {
    let world = World::new();
    world.journal("2026-01", (0..250).map(|it| line(it, "unknown", "")));
    let web = world.web();
    let (_, first) = web.get("view", "/?facility=frontdoor");
    assert_eq!(rows(&first), 100);
    assert!(first.contains("2026-01-15 00:04:09") && first.len() < 100_000, "{}", first.len());
    world.journal("2026-01", (250..300).map(|it| line(it, "unknown", "")));
    let older = link(&first, "Older").unwrap().replace("&amp;", "&");
    assert!(older.contains("facility=frontdoor"), "{older}");
    let (_, second) = web.get("view", &older);
    assert_eq!(rows(&second), 100);
    assert!(second.contains("00:02:29") && !second.contains("00:02:30"), "{second}");
    let (_, third) = web.get("view", &link(&second, "Older").unwrap().replace("&amp;", "&"));
    assert_eq!((rows(&third), link(&third, "Older")), (50, None));
    assert!(third.contains("00:00:00"));
    // Only the first page is shown anew when something happens.
    assert!(first.contains("data-live") && !second.contains("data-live"));
}

#[test]
fn an_open_page_is_told_that_something_has_happened() {
    let world = World::new();
    let web = world.web();
    assert_eq!(web.get("", "/live").0, 401);
    let mut events = web.stream("view", "/live").lines().map_while(Result::ok);
    assert_eq!(events.next().unwrap(), "retry: 3000");
    web.get("", &format!("/verify?thing=laser&token={ADA}"));
    assert!(events.any(|it| it == "data: change"));
    let script = link(&web.get("view", "/").1, "Refresh").map(str::to_owned);
    assert_eq!(script.as_deref(), Some("/"), "who has no script has a link");
}

/// requirements.md D-93.
#[test]
fn all_activity_between_two_days_is_downloaded() {
    let world = World::new();
    let by = "\"by\":\"=HYPERLINK(1)\",";
    world.journal("2026-01", [line(1, "0001", ""), line(2, "unknown", by)]);
    let many = (0..5_000).map(|it| line(it, "0002", "").replace("2026-01", "2026-02"));
    world.journal("2026-02", many);
    let web = world.web();
    assert_eq!(web.get("view", "/download").0, 200);
    let january = "/download/activities?from=2026-01-15&until=2026-01-15&format=csv";
    let (status, headers, text) = web.get_all("view", january);
    assert_eq!(status, 200);
    let name = headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"activities-2026-01-15-to-2026-01-15.csv\"");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("time,facility,member,"));
    assert!(lines[1].starts_with("2026-01-15T00:00:01Z,frontdoor,0001,denied,"));
    assert!(lines[2].contains(",'=HYPERLINK(1),"), "no spreadsheet runs it: {text}");
    let (_, text) = web.get("view", "/download/activities?format=json");
    assert_eq!(text.lines().count(), 5_002);
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    // It is the same as the command's.
    assert_eq!(text, world.good(&["activity", "export", "--format", "json"]));
    for query in ["from=2026-02-01&until=2026-01-01&format=csv", "format=x", "from=x&format=csv"] {
        assert_eq!(web.get("view", &format!("/download/activities?{query}")).0, 422, "{query}");
    }
}
