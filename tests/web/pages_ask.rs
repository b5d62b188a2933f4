//! "May this fob open that door?": the decision, the reason, and no trace of what was typed.

use std::fs;

use crate::world::{ADA, BOB, World};

/// requirements.md D-92.
#[test]
fn the_decision_comes_with_the_whole_reason() {
    let world = World::new();
    let web = world.web();
    assert_eq!(web.get("view", "/ask").0, 200);
    let (status, page) = web.post("view", "/ask", &[("fob", ADA), ("facility", "laser")]);
    assert_eq!(status, 200);
    for words in [
        "Granted",
        "0001 Ada Lovelace",
        "the priority suffices",
        "inducted to laser",
        "tier guest owes no dues",
        "credential: add fob",
        "the records",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let (_, page) = web.post("view", "/ask", &[("fob", BOB), ("facility", "laser")]);
    assert!(page.contains("Denied") && page.contains("it is for other facilities"), "{page}");
    let (_, page) = web.post("view", "/ask", &[("fob", "1"), ("facility", "laser")]);
    assert!(page.contains("Nobody&") || page.contains("Nobody's"), "{page}");
    let exit = [("fob", BOB), ("facility", "laser"), ("side", "exit")];
    assert!(web.post("view", "/ask", &exit).1.contains("Exit"));
}

#[test]
fn another_moment_is_decided_by_the_records_of_then() {
    let world = World::new();
    let web = world.web();
    let soon = [("fob", ADA), ("facility", "laser"), ("at", "+2h")];
    assert!(web.post("view", "/ask", &soon).1.contains("Granted"));
    // Before the first commit there was nobody.
    let before = [("fob", ADA), ("facility", "laser"), ("at", "2020-01-01 12:00")];
    assert!(web.post("view", "/ask", &before).1.contains("Denied"));
    for (field, value) in [("at", "soon"), ("fob", ""), ("facility", "nowhere"), ("fob", "<b>")] {
        let mut fields = vec![("fob", ADA), ("facility", "laser"), ("at", "")];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let (status, page) = web.post("view", "/ask", &fields);
        assert!(status == 200 && page.contains("note bad") && !page.contains("<b>"), "{page}");
    }
}

#[test]
fn what_is_typed_is_neither_shown_again_nor_logged_nor_journaled() {
    let world = World::new();
    world.good(&[
        "credential",
        "add",
        "--member",
        "ada",
        "--passcode",
        "90817263",
        "--facility",
        "frontdoor",
    ]);
    let web = world.web();
    for (field, code) in [("passcode", "90817263"), ("passcode", "5551212"), ("fob", "77778888")] {
        let (_, page) = web.post("view", "/ask", &[(field, code), ("facility", "frontdoor")]);
        assert!(page.contains("Granted") || page.contains("Denied"), "{page}");
        assert!(!page.contains(code), "{page}");
    }
    assert_eq!(web.get("view", "/ask?passcode=5551212").1.matches("5551212").count(), 0);
    assert_eq!(world.activities().len(), 0);
    web.running.end();
    for file in fs::read_dir(world.git().join("space/journal")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for code in ["90817263", "5551212", "77778888"] {
            assert!(!text.contains(code), "{text}");
        }
    }
}
