//! Reports: tables, pictures and files for spreadsheets, none of which names anybody.

use crate::world::{ADA, World};

#[test]
fn a_month_is_reviewed_for_those_who_see_members() {
    let world = World::new();
    let web = world.web();
    let (status, page) = web.get("desk", "/reports/review");
    assert_eq!(status, 200);
    assert!(page.contains("Counted on") && page.contains("Expected"), "{page}");
    assert!(web.get("desk", "/reports").1.contains("href=\"/reports/review\""));
    let (_, headers, csv) = web.get_all("desk", "/reports/review.csv");
    let month = headers["content-disposition"].to_str().unwrap();
    assert!(month.starts_with("attachment; filename=\"review-20"), "{month}");
    assert!(csv.starts_with("tier,members,full,"), "{csv}");
    for (query, part) in [
        ("month=soon", "month"),
        ("month=2099-01", "has not begun yet"),
        ("month=1999-01&recorded=yes", "no records yet"),
    ] {
        let (status, page) = web.get("desk", &format!("/reports/review?{query}"));
        assert!(status == 422 && page.contains(part), "{query}: {page}");
    }
    // Whoever may not see the list of members does not see it in a report.
    for path in
        ["/reports/review", "/reports/review.csv", "/reports/register", "/reports/register.csv"]
    {
        let (status, page) = web.get("view", path);
        assert!(status == 403 && !page.contains("Ada"), "{path}: {page}");
    }
    assert!(!web.get("view", "/reports").1.contains("/reports/review"));
}

#[test]
fn the_register_lists_who_was_a_member_on_a_day() {
    let world = World::new();
    let web = world.web();
    let (status, page) = web.get("desk", "/reports/register");
    assert!(status == 200 && page.contains("Ada Lovelace"), "{page}");
    let (_, page) = web.get("desk", "/reports/register?on=1999-01-01");
    assert!(page.contains("Nobody was a member on that day"), "{page}");
    let (_, _, csv) = web.get_all("desk", "/reports/register.csv?on=today");
    assert!(csv.starts_with("number,name,tier,since,until\n0001,Ada Lovelace,"), "{csv}");
    let (status, page) = web.get("desk", "/reports/register?on=soon");
    assert!(status == 422 && page.contains("not a valid day"), "{page}");
}

#[test]
fn reports_have_tables_pictures_and_files() {
    let world = World::new();
    let web = world.web();
    web.get("", &format!("/verify?thing=laser&token={ADA}"));
    let (status, page) = web.get("view", "/reports");
    assert_eq!(status, 200);
    for title in ["Members over time", "Income by month", "Dues by tier", "Activity by facility"] {
        assert!(page.contains(title), "{title}: {page}");
    }
    assert!(!page.contains("Ada") && page.len() < 100_000, "{page}");
    let (status, headers, picture) = web.get_all("view", "/reports/hours.svg");
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "image/svg+xml"));
    assert!(picture.starts_with("<svg") && picture.contains("1 granted"), "{picture}");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let (status, headers, csv) = web.get_all("view", "/reports/members.csv");
    assert_eq!(
        (status, headers["content-type"].to_str().unwrap()),
        (200, "text/csv; charset=utf-8")
    );
    assert!(csv.starts_with("tier,members,"), "{csv}");
    for path in ["/reports/x.svg", "/reports/dues.svg", "/reports/members", "/reports/members.x"] {
        assert_eq!(web.get("view", path).0, 422, "{path}");
    }
    // A change is in the next report.
    world.good(&["member", "add", "Carol", "--tier", "guest"]);
    let later = web.get("view", "/reports/members.csv").1;
    assert!(csv.contains(",2,") && later.contains(",3,"), "{csv} {later}");
}
