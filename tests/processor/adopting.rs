//! A space moves in whose members paid by the processor before, and links for members.

use serde_json::Value;

use crate::world::World;

#[test]
fn who_paid_before_is_found_again_and_nothing_is_changed_there() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce"]);
    world.run(&["member", "add", "Cy Young", "--tier", "maker", "--email", "cy@example.org"]);
    world.run(&["member", "add", "Di Prince", "--tier", "maker", "--email", "di@example.org"]);
    world.apply();
    world.everybody_pays();
    // The records know nothing of it any more, and two accounts were made by hand.
    for name in ["ada", "bob"] {
        world.run(&["member", "edit", name, "--clear", "accounts", "--clear", "pays-by"]);
    }
    let _ = world.there.customer("Cy", "CY@example.org");
    let _ = world.there.customer("di prince", "other@example.org");
    world
        .there
        .by_hand("customers", &world.customer(0), |it| it["metadata"] = serde_json::json!({}));
    let before = world.there.all("subscriptions");
    let plan: Value = serde_json::from_str(&world.run(&["service", "plan", "--json"])).unwrap();
    assert!(plan["drift"].to_string().contains("stranger"), "{plan}");

    let shown = world.run(&["processor", "adopt", "--dry-run"]);
    for words in ["by the e-mail address", "by the reference", "doubtful: only by the name"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    world.run(&["processor", "adopt"]);
    assert_eq!(world.there.all("subscriptions"), before);
    assert_eq!(world.apply(), [""; 0], "what they pay is what they owe");
    let show = |name: &str| world.run(&["member", "show", name, "--contact"]);
    assert!(show("ada").contains("stripe: cus_") && show("bob").contains("stripe: cus_"));
    let line = |text: &str| text.lines().find(|it| it.starts_with("pays by")).map(str::to_owned);
    assert!(line(&show("ada")).unwrap().contains("stripe"));
    assert!(!line(&show("cy")).unwrap_or_default().contains("stripe"), "nothing is taken from Cy");
    assert!(!show("di").contains("cus_"), "a name alone is not enough");
    assert!(world.run(&["processor", "adopt"]).contains("nothing to record"));
}

#[test]
fn a_link_is_for_who_pays_by_a_processor_and_begins_with_what_is_not_paid() {
    let world = World::new(&["Ada Lovelace"]);
    world.run(&["member", "add", "Bob Noyce", "--tier", "maker", "--paid-until", "2026-06-01"]);
    let said = world.refused(&["processor", "link", "bob"]);
    assert!(said.contains("does not pay by a processor") && said.contains("--pays-by"), "{said}");
    world.run(&["member", "edit", "bob", "--pays-by", "stripe"]);
    let said = world.refused(&["processor", "link", "bob"]);
    assert!(said.contains("no account at stripe yet") && said.contains("service apply"), "{said}");
    assert_eq!(world.apply(), ["open 0001", "open 0002"], "Bob has no e-mail address");
    let page = world.run(&["processor", "link", "bob"]);
    assert!(page.starts_with(&world.url), "{page}");
    assert!(world.there.pay(page.trim()));
    assert_eq!(world.there.all("charges").len(), 0, "he has paid until June");
    let again = world.run(&["processor", "link", "bob"]);
    assert!(again.contains("/portal/"), "{again}");
    world.run(&["member", "leave", "ada", "--on", "2026-03-02"]);
    let said = world.refused(&["processor", "link", "ada"]);
    assert!(said.contains("left on 2026-03-02"), "{said}");
}
