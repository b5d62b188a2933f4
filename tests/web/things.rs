//! The interface for controllers, as a controller meets it.

use serde_json::{Value, json};

use crate::world::{ADA, BOB, World};

fn answer(text: &str) -> Value {
    assert!(text.ends_with("}\n"), "{text:?}");
    serde_json::from_str(text).unwrap()
}

/// access-system.md "Verifying members": "a key "access" with 1 for yes and 0 for no. If the result
/// is no, a key "error" with a text message is also included."
#[test]
fn a_controller_asks_whether_a_token_is_valid() {
    let world = World::new();
    let web = world.web();
    let (status, headers, text) = web.get_all("", &format!("/verify?thing=laser&token={ADA}"));
    assert_eq!(status, 200);
    assert_eq!(headers["content-length"], text.len().to_string());
    assert_eq!(answer(&text)["access"], 1);
    assert_eq!(answer(&text)["person"]["name"], "Ada Lovelace");
    let (_, text) = web.post("", "/verify", &[("thing", "laser"), ("token", BOB)]);
    assert_eq!(answer(&text)["access"], 0);
    assert!(answer(&text)["error"].as_str().unwrap().contains("facilit"), "{text}");
    // What went out is in the journal, the same moment.
    let all = world.activities();
    let seen: Vec<_> = all.iter().map(|it| (&it["member"], &it["result"])).collect();
    assert_eq!(seen, [(&json!("0001"), &json!("granted")), (&json!("0002"), &json!("denied"))]);
}

/// access-system.md "Mis-use of /verify, /induct etc": the address has to be that of the thing.
#[test]
fn only_the_controller_of_a_thing_asks_for_it() {
    let world = World::new();
    let web = world.web();
    let (status, text) = web.get("", &format!("/verify?thing=frontdoor&token={ADA}"));
    assert_eq!((status, answer(&text)["access"].as_u64()), (200, Some(0)));
    assert_eq!(web.running.wait("wrong-controller")["facility"], "frontdoor");
    // It does not help to claim another address.
    world.good(&["facility", "edit", "frontdoor", "--controller", "10.0.0.12"]);
    web.running.wait("in-force");
    let path = format!("/verify?thing=frontdoor&token={ADA}");
    let (_, text) = web.get_with(&path, ("x-forwarded-for", "10.0.0.12"));
    assert_eq!(answer(&text)["access"], 0);
    assert_eq!(world.activities(), [] as [Value; 0]);
}
