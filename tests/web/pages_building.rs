//! The building as it stands, and what every page says about its furnace.

use std::fs;

use serde_json::json;

use crate::world::World;

#[test]
fn what_is_wrong_in_the_building_is_on_its_page_and_a_cut_furnace_on_every_page() {
    let world = World::new();
    let dir = tempfile::tempdir().unwrap();
    let (guard, building) = (dir.path().join("guard.json"), dir.path().join("building.json"));
    let rest = fs::read_to_string(world.config()).unwrap();
    world.reconfigure(&format!("guard = {guard:?}\nbuilding = {building:?}\n{rest}"));
    let web = world.web();
    let (status, page) = web.get("view", "/building");
    assert_eq!(status, 200);
    assert!(page.contains("No program on this machine measures the building"), "{page}");
    assert!(!web.get("view", "/").1.contains("furnace"));

    let now = space::clock::now();
    let cut = |reason: Option<&str>| {
        let state = json!({
            "state": if reason.is_some() { "cut" } else { "allowed" }, "reason": reason,
            "since": now, "relay": "open", "asked": true, "limit": 27.0, "updated": now,
            "thermometers": [{ "name": "hall", "verdict": "good", "temperature": 28.25, "why": null }],
        });
        fs::write(&guard, state.to_string()).unwrap();
    };
    cut(Some("too-warm"));
    let alarm = json!({
        "kind": "meter-high", "subject": "freezer", "words": "freezer says <b>, more than -15.0 °C",
        "since": now, "raised": now,
    });
    let state = json!({
        "started": now, "updated": now, "broker": null, "people": null, "trouble": [], "zones": [],
        "alarms": [alarm],
        "meters": [{ "meter": "mains", "value": 412.5, "unit": "W", "at": now, "trouble": null }],
    });
    fs::write(&building, state.to_string()).unwrap();
    for page in ["/", "/building", "/hardware", "/reports"] {
        let page = web.get("view", page).1;
        assert!(page.contains("The furnace is cut: it is too warm."), "{page}");
    }
    let page = web.get("view", "/building").1;
    assert!(page.contains("412.5 W") && page.contains("28.2 °C"), "{page}");
    assert!(page.contains("Freezer says &lt;b&gt;"), "{page}");
    assert!(web.get("view", "/hardware").1.contains("The guard of the furnace"));
    cut(None);
    assert!(!web.get("view", "/").1.contains("furnace is cut"));
    // What cannot be read is no reason to show nothing.
    fs::write(&guard, "{").unwrap();
    fs::write(&building, "{").unwrap();
    assert_eq!(web.get("view", "/building").0, 200);
}
