//! Reports: tables, pictures and files for spreadsheets, none of which names anybody.

use crate::world::{ADA, World};

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
