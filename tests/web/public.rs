//! The status for everybody, as a page of another site reads it.

use std::fs;

use serde_json::{Value, json};

use crate::world::{Web, World};

const ADDRESS: &str = "[public]\nurl = \"https://a.example\"\nlogo = \"https://a.example/logo.png\"\n\
                       contact = { email = \"hello@a.example\" }\n";

/// What SpaceAPI 15 requires of the fields that we may have: the path, and what has to be there.
const REQUIRED: &[(&str, &[&str])] = &[
    ("", &["api_compatibility", "space", "logo", "url", "contact"]),
    ("/sensors/door_locked/0", &["value", "location"]),
    ("/sensors/total_member_count/0", &["value"]),
    ("/sensors/people_now_present/0", &["value"]),
    ("/sensors/temperature/0", &["value", "unit", "location"]),
    ("/sensors/humidity/0", &["value", "unit", "location"]),
    ("/sensors/carbondioxide/0", &["value", "unit", "location"]),
    ("/sensors/power_consumption/0", &["value", "unit", "location"]),
    ("/membership_plans/0", &["name", "value", "currency", "billing_interval"]),
];

fn conforms(status: &Value) {
    for (path, fields) in REQUIRED {
        let Some(found) = status.pointer(path) else { continue };
        for field in *fields {
            assert!(!found[field].is_null(), "{path}/{field}: {status}");
        }
    }
    assert!(status["api_compatibility"].as_array().unwrap().contains(&json!("15")));
    assert!(status["contact"].as_object().unwrap().values().all(Value::is_string));
    if let Some(state) = status.get("state") {
        let of_kind = |key: &str, is: fn(&Value) -> bool| state.get(key).is_none_or(is);
        assert!(of_kind("open", Value::is_boolean) && of_kind("lastchange", Value::is_number));
    }
    assert_eq!(status["location"]["lat"].is_null(), status["location"]["lon"].is_null());
}

fn status(web: &Web) -> Value {
    let (code, headers, text) = web.get_all("", "/spaceapi.json");
    assert_eq!(
        (code, headers["access-control-allow-origin"].to_str().unwrap()),
        (200, "*"),
        "{text}"
    );
    let status = serde_json::from_str(&text).unwrap();
    conforms(&status);
    status
}

/// Waits until everybody is told something new, and returns what.
fn until(web: &Web, open: bool) -> Value {
    while web.running.wait("open")["open"] != open {}
    let status = status(web);
    assert_eq!(status["state"]["open"], open, "{status}");
    status
}

#[test]
fn nothing_is_public_unless_that_is_configured() {
    let world = World::new();
    let web = world.web();
    let (code, headers, _) = web.get_all("", "/spaceapi.json");
    assert_eq!((code, headers["access-control-allow-origin"].to_str().unwrap()), (404, "*"));
}

#[test]
fn what_is_configured_is_shown_and_nothing_else() {
    let world = World::new();
    world.configure("serves = [\"public\"]", ADDRESS);
    let web = world.web();
    let least = status(&web);
    let keys: Vec<_> = least.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["api_compatibility", "contact", "location", "logo", "space", "url"]);
    drop(web);
    let more = "address = \"1 Street\"\nlat = 51.5\nlon = -1.8\ncountry_code = \"GB\"\nhint = \"ring\"\n\
                members = true\nplans = true\ndoors = true\nopen_while_held = [\"frontdoor\"]\n";
    world.configure("serves = [\"public\"]", &format!("{ADDRESS}{more}"));
    let web = world.web();
    let all = until(&web, false);
    assert_eq!(all["sensors"], json!({ "total_member_count": [{ "value": 2 }] }));
    assert_eq!(all["location"]["hint"], "ring");
    assert!(all["state"]["lastchange"].is_number(), "{all}");
    assert_eq!(all["membership_plans"][0]["billing_interval"], "monthly");
    let text = all.to_string();
    assert!(!text.contains("Ada") && !text.contains("example.org"), "{text}");
}

#[test]
fn meters_that_are_published_and_the_number_of_people_are_shown() {
    let world = World::new();
    world.configure("serves = [\"public\"]", &format!("{ADDRESS}people = true\n"));
    world.good(&["zone", "add", "hall", "--name", "Hall"]);
    let read = |name: &str, measures: &str, more: &[&str], value: &str| {
        world.good(&[&["meter", "add", name, measures], more].concat());
        world.good(&["meter", "read", name, value, "--at", "2026-03-02T18:00:00Z"]);
    };
    read("hall", "temperature", &["--published", "--zone", "hall"], "21.34");
    read("air", "co2", &["--published"], "640");
    read("damp", "humidity", &["--published"], "48");
    read("main", "power", &["--published", "--unit", "kW", "--name", "Mains"], "1.5");
    read("secret", "temperature", &["--zone", "hall"], "12");
    world.good(&["meter", "add", "old", "temperature", "--published"]);
    world.good(&["meter", "read", "old", "5", "--at", "2026-03-02T12:00:00Z"]);
    let line = |minute: u8, member: &str| {
        format!(
            "{{\"time\":\"2026-03-02T18:{minute:02}:00Z\",\"facility\":\"frontdoor\",\
             \"member\":\"{member}\",\"result\":\"granted\",\"reason\":\"priority-suffices\",\
             \"type\":\"fob\",\"commit\":\"8f2c41d07be5a9360e1d54c8b7a2f3961c0de5b4\"}}"
        )
    };
    world.journal("2026-03", [line(1, "0001"), line(2, "0002"), line(3, "0001")]);
    let web = world.web_at("2026-03-02T18:30:00Z");
    let sensors = loop {
        let sensors = status(&web)["sensors"].clone();
        if !sensors["people_now_present"].is_null() {
            break sensors;
        }
    };
    assert_eq!(sensors["people_now_present"], json!([{ "value": 2 }]));
    let measured = |value: f64, unit: &str, location: &str, name: &str| {
        json!([{ "value": value, "unit": unit, "location": location, "name": name,
                 "lastchange": 1_772_474_400 }])
    };
    assert_eq!(sensors["temperature"], measured(21.3, "°C", "Hall", "hall"));
    assert_eq!(sensors["carbondioxide"], measured(640.0, "ppm", "air", "air"));
    assert_eq!(sensors["humidity"], measured(48.0, "%", "damp", "damp"));
    assert_eq!(sensors["power_consumption"], measured(1500.0, "W", "Mains", "Mains"));
}

#[test]
fn it_is_open_while_a_door_is_held_or_a_switch_says_so() {
    let world = World::new();
    let held = format!("{ADDRESS}open_while_held = [\"frontdoor\"]\n");
    world.configure("serves = [\"public\"]", &held);
    {
        let web = world.web();
        until(&web, false);
        world.good(&[
            "requirement",
            "add",
            "frontdoor",
            "always",
            "--priority",
            "-1",
            "--tag",
            "o",
        ]);
        web.running.wait("in-force");
        until(&web, true);
    }
    // The last change outlives the program.
    let web = world.web();
    let since = until(&web, true)["state"]["lastchange"].clone();
    drop(web);
    let web = world.web();
    assert_eq!(until(&web, true)["state"]["lastchange"], since);
    drop(web);
    // A switch counts more than the doors, and what it does not say nobody knows.
    let switch = world.config().with_file_name("switch");
    let config = format!("{held}switch = {:?}\n", switch.display().to_string());
    world.configure("serves = [\"public\"]", &config);
    let web = world.web();
    assert_eq!(status(&web)["state"], json!({}));
    fs::write(&switch, "Closed\n").unwrap();
    drop(web);
    until(&world.web(), false);
}
