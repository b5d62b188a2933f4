//! What members change about themselves, what they ask for, and what is refused.

use serde_json::Value;

use crate::{
    browser::{Browser, Page, links, members},
    world::World,
};

fn log(world: &World) -> Vec<Value> {
    serde_json::from_str::<Vec<Value>>(&world.good(&["--json", "log", "--count", "500"])).unwrap()
}

/// Returns the form as it is filled in, with some fields changed.
fn form<'f>(page: &'f str, change: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let value = |name: &str| -> &'f str {
        let mut inputs = page.split("<input").filter_map(|it| it.split('>').next());
        let input = inputs.find(|it| it.contains(&format!("name=\"{name}\"")));
        let from_input = input.and_then(|it| it.split_once("value=\"")?.1.split('"').next());
        let area = || {
            let (_, rest) = page.split_once(&format!("name=\"{name}\" spellcheck"))?;
            let (_, rest) = rest.split_once(">\n")?;
            rest.split("</textarea>").next()
        };
        from_input.or_else(area).unwrap_or_default()
    };
    let names = ["name", "email", "phone", "address", "born", "concession", "chosen-amount"];
    let mut fields: Vec<_> = names.iter().map(|name| (*name, value(name))).collect();
    let tier = page
        .split("<option value=\"")
        .find(|it| it.split('>').next().is_some_and(|it| it.contains("selected")));
    fields.push(("tier", tier.and_then(|it| it.split('"').next()).unwrap_or_default()));
    for (name, value) in change {
        fields.retain(|(it, _)| it != name);
        fields.push((name, value));
    }
    fields
}

/// Changes fields, looks at what will change, and agrees.
fn save(browser: &Browser<'_>, change: &[(&str, &str)]) -> (Page, Page) {
    let page = browser.go("/editme").text;
    let fields = form(&page, change);
    let shown = browser.send("/editme", &fields);
    let done = browser.submit("/editme", &[&fields[..], &[("step", "commit")]].concat());
    (shown, done)
}

fn contact(world: &World, member: &str) -> Value {
    let all: Value = serde_json::from_str(&world.good(&["member", "export", member])).unwrap();
    all["records"][format!("members/00/{member}/contact.json")].clone()
}

#[test]
fn what_members_may_change_is_changed_under_their_number() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    let (shown, done) = save(
        &ada,
        &[
            ("phone", "+44 20 7946 0000"),
            ("address", "1 High Street\r\nBletchley"),
            ("news", "yes"),
            ("named", "yes"),
        ],
    );
    assert!(
        shown.text.contains("Changes at once: phone, address, news, being named to other members"),
        "{}",
        shown.text
    );
    assert!(done.text.contains("Your profile"), "{}", done.text);
    let contact = contact(&world, "0001");
    assert_eq!(contact["phone"], "+44 20 7946 0000");
    assert_eq!(contact["address"], "1 High Street\nBletchley");
    assert_eq!((&contact["news"], &contact["named"]), (&true.into(), &true.into()));
    let last = &log(&world)[0];
    assert_eq!(last["author"], "0001", "{last}");
    assert!(!last.to_string().contains("7946"), "{last}");
    // Looking at it, or saving it again, changes nothing.
    let count = log(&world).len();
    let (shown, _) = save(&ada, &[("news", "yes"), ("named", "yes")]);
    assert!(shown.text.contains("nothing was changed"), "{}", shown.text);
    assert_eq!(log(&world).len(), count);
    world.good(&["check"]);
}

#[test]
fn what_members_may_not_change_becomes_a_request() {
    let world = members();
    world.good(&["member", "edit", "ada", "--tier", "standard"]);
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    let count = log(&world).len();
    let (shown, _) = save(&ada, &[("name", "Ada King"), ("concession", "student")]);
    for part in
        ["Somebody of the space decides on: name, reduced dues", "£25.00 a month before, £12.50"]
    {
        assert!(shown.text.contains(part), "{part}: {}", shown.text);
    }
    assert_eq!(log(&world).len(), count);
    let page = ada.go("/editme").text;
    assert!(page.contains("has yet to decide: name, reduced dues"), "{page}");
    assert!(!page.contains("Ada King"), "until then it is as it was");
    assert!(!world.git_grep("Ada King"));
}

#[test]
fn a_chosen_amount_shows_the_dues_before_and_after() {
    let world = members();
    world.good(&["member", "edit", "ada", "--tier", "standard"]);
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    let (shown, _) = save(&ada, &[("chosen-amount", "30")]);
    assert!(shown.text.contains("£25.00 a month before, £30.00 after it"), "{}", shown.text);
    assert!(ada.go("/profile").text.contains("£30.00"));
    let (shown, _) = save(&ada, &[("chosen-amount", "20")]);
    assert_eq!(shown.status, 422);
    assert!(shown.text.contains("less than your dues of £25.00"), "{}", shown.text);
    save(&ada, &[("chosen-amount", "")]);
    assert!(!ada.go("/profile").text.contains("£30.00"));
}

#[test]
fn what_cannot_be_is_told_beside_its_field_and_nothing_is_half_done() {
    let world = members();
    world.good(&["member", "edit", "ada", "--tier", "standard"]);
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    let count = log(&world).len();
    let long = "x".repeat(10_000);
    for (field, value) in [
        ("name", ""),
        ("name", long.as_str()),
        ("name", "Ada\u{7}"),
        ("name", "Ada\u{202e}"),
        ("email", "ada"),
        ("email", "ada@example.org\r\nBcc: bob@example.org"),
        ("phone", &long),
        ("address", &long),
        ("born", "2999-01"),
        ("born", "1980"),
        ("born", "1980-13"),
        ("tier", "board"),
        ("tier", "../guest"),
        ("chosen-amount", "-5"),
        ("chosen-amount", "a lot"),
        ("chosen-amount", "99999999999999999999"),
        ("concession", &long),
    ] {
        let (shown, done) = save(
            &ada,
            &[(field, value), ("phone", "1")]
                .map(|(name, it)| if name == field { (name, value) } else { (name, it) }),
        );
        assert_eq!((shown.status, done.status), (422, 422), "{field}: {:.40}", value);
        assert!(shown.text.contains("role=\"alert\""), "{field}");
    }
    assert_eq!(log(&world).len(), count);
    assert_eq!(contact(&world, "0001")["phone"], Value::Null);
}

#[test]
fn a_new_address_counts_once_both_ends_have_confirmed_it() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    let (shown, _) = save(&ada, &[("email", "new@example.org")]);
    assert!(shown.text.contains("You get two mails"), "{}", shown.text);
    let sent = links(&world, 2);
    let of = |to: &str| {
        let (_, link) = sent.iter().find(|(it, _)| it.contains(to)).unwrap();
        link.split_once("key=").unwrap().1
    };
    let email = || contact(&world, "0001")["email"].clone();
    let stranger = Browser::new(&web);
    let half = stranger.send("/login/link", &[("key", of("new@example.org"))]);
    assert!(half.text.contains("the other address"), "{}", half.text);
    assert_eq!(email(), "ada@example.org");
    assert_eq!(stranger.send("/login/link", &[("key", of("new@example.org"))]).status, 410);
    let whole = stranger.send("/login/link", &[("key", of("ada@example.org"))]);
    assert!(whole.text.contains("counts from now on"), "{}", whole.text);
    assert_eq!(email(), "new@example.org");
    assert!(stranger.go("/profile").to.is_some(), "such a link logs nobody in");
    assert_eq!(log(&world)[0]["author"], "0001");
}

#[test]
fn an_address_that_was_changed_meanwhile_is_not_changed_back() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    save(&ada, &[("email", "new@example.org")]);
    let sent = links(&world, 2);
    world.good(&["member", "edit", "ada", "--email", "desk-typed@example.org"]);
    for (_, link) in &sent {
        ada.send("/login/link", &[("key", link.split_once("key=").unwrap().1)]);
    }
    assert_eq!(contact(&world, "0001")["email"], "desk-typed@example.org");
}

/// By it, somebody says at a chat who they are.
#[test]
fn the_code_for_the_chat_is_shown_once_the_space_has_a_channel() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    assert!(!ada.go("/profile").text.contains("link 0001-"));
    world.good(&["channel", "add", "news", "--chat", "slack", "--post", "alarm"]);
    let page = ada.go("/profile").text;
    assert!(page.contains("link 0001-") && page.contains("for you alone"), "{page}");
    assert!(page.contains("Nobody is told your name there"), "{page}");
    world.good(&["member", "edit", "ada", "--named=yes"]);
    let page = ada.go("/profile").text;
    assert!(page.contains("Other members are told your name there"), "{page}");
}
