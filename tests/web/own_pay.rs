//! By what a member's dues are taken: the page that letters name, and the way to the processor's own.

use std::{fs, os::unix::fs::PermissionsExt as _, thread};

use space::integrations::processor::{ProcessorKind, StandIn};

use crate::{
    browser::{Browser, members},
    world::{World, fill_in},
};

const KEY: &str = "sk_test_space";

/// Starts a stand-in, and configures it as the processor of this machine.
fn configure(world: &World) -> StandIn {
    let it = StandIn::new(ProcessorKind::Stripe, KEY, "2026-03-02T18:00:00Z".parse().unwrap());
    let (sender, at) = std::sync::mpsc::channel();
    let serving = it.clone();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(format!("http://{}", listener.local_addr().unwrap())).unwrap();
            serving.serve(listener).await.unwrap();
        });
    });
    let (key, url) = (world.beside("stripe-key"), at.recv().unwrap());
    fs::write(&key, KEY).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let key = key.display();
    let text = format!(
        "[processor.stripe]\nkind = \"stripe\"\nurl = \"{url}\"\nsecret_file = \"{key}\"\n"
    );
    fs::write(world.beside("services.toml"), text).unwrap();
    it
}

#[test]
fn a_member_is_led_to_the_page_of_the_processor() {
    let world = members();
    let there = configure(&world);
    world.good(&["member", "edit", "ada", "--tier", "standard", "--pays-by", "stripe"]);
    let web = world.web();
    let stranger = Browser::new(&web);
    let to = stranger.go("/profile/pay").to.unwrap();
    assert_eq!(to, "/login?to=%2Fprofile%2Fpay", "a letter leads here");
    let mut ada = Browser::new(&web);
    ada.log_in("ada");
    let page = ada.go("/profile").text;
    assert!(page.contains("href=\"/profile/pay\"") && !page.contains("SM0001"), "{page}");
    let page = ada.go("/profile/pay").text;
    assert!(page.contains("href=\"/profile/pay/go\"") && page.contains("never see the numbers"));
    let early = ada.go("/profile/pay/go");
    assert_eq!(early.status, 409);
    assert!(early.text.contains("come back in half an hour"), "{}", early.text);
    world.good(&["service", "apply", "stripe", "--yes"]);
    let page = ada.go("/profile/pay/go").to.unwrap();
    assert!(there.pay(&page), "{page}");
    fs::write(world.beside("stripe-key"), "sk_test_other").unwrap();
    ada.language = "de";
    let down = ada.go("/profile/pay/go");
    assert!(down.text.contains("nicht zu erreichen"), "{}", down.text);
    let bob = Browser::new(&web);
    bob.log_in("bob");
    assert!(bob.go("/profile/pay").text.contains("you pay them yourself"));
    assert_eq!(bob.go("/profile/pay/go").status, 409);
}

#[test]
fn an_admin_says_in_the_panel_by_what_a_member_pays() {
    let world = World::new();
    let _there = configure(&world);
    let web = world.web();
    let (_, page) = web.get("admin", "/members/edit?member=0002");
    assert!(page.contains("name=\"pays_by\"") && page.contains("by stripe"), "{page}");
    let bob = |by| [("member", "0002"), ("name", "Bob Noyce"), ("tier", "guest"), ("pays_by", by)];
    fill_in(&web, "admin", "/members/edit", &bob("stripe"), "0002");
    let shown = world.good(&["member", "show", "bob", "--contact"]);
    assert!(shown.contains("pays by        stripe"), "{shown}");
    let (_, page) = web.get("admin", "/members/edit?member=0002");
    assert!(page.contains("value=\"stripe\" selected"), "{page}");
    // Another change leaves it as it is.
    let other = [("member", "0002"), ("name", "Bob N. Noyce"), ("tier", "guest")];
    fill_in(&web, "admin", "/members/edit", &other, "0002");
    assert!(world.good(&["member", "show", "bob", "--contact"]).contains("pays by"));
    fill_in(&web, "admin", "/members/edit", &bob(""), "0002");
    assert!(!world.good(&["member", "show", "bob", "--contact"]).contains("pays by"));
    let cy = [("name", "Cy Young"), ("tier", "guest"), ("pays_by", "stripe")];
    fill_in(&web, "admin", "/members/add", &cy, "Cy Young");
    assert!(world.good(&["member", "show", "cy", "--contact"]).contains("stripe"));
}
