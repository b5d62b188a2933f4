//! How members log in, and who does not get in.

use crate::{
    browser::{Browser, MEMBERS, SERVES, links, members},
    world::World,
};

const SESSION: &str = "space-session";

/// Asks for a link by mail, and returns it.
fn link(world: &World, browser: &Browser<'_>, count: usize) -> String {
    let page = browser.send("/login/mail", &[("email", " ADA@example.org ")]);
    assert_eq!(page.status, 200);
    let (to, link) = links(world, count).pop().unwrap();
    assert!(to.contains("ada@example.org"), "{to}");
    link.strip_prefix("http://localhost").unwrap().to_owned()
}

fn key(link: &str) -> &str {
    link.split_once("key=").unwrap().1
}

#[test]
fn a_member_logs_in_by_another_service_and_out_again() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    let page = ada.open("/profile");
    assert!(page.text.contains("Log in with GitHub"), "{}", page.text);
    let page = ada.log_in("ada");
    assert!(page.text.contains("Ada Lovelace") && page.text.contains("0001"), "{}", page.text);
    let told = web.running.wait("logged-in");
    assert_eq!((&told["member"], &told["by"]), (&"0001".into(), &"github".into()));
    // The session is of no use to whoever copied it before the logout.
    let stolen = ada.cookie(SESSION).unwrap();
    assert_eq!(ada.submit("/logout", &[]).status, 200);
    assert_eq!(ada.cookie(SESSION), None);
    let thief = Browser::new(&web);
    thief.set_cookie(SESSION, &stolen);
    assert!(thief.go("/profile").to.unwrap().starts_with("/login"));
}

#[test]
fn who_is_no_member_is_told_whom_to_ask_and_nothing_else() {
    let world = members();
    let web = world.web();
    let mut said = Vec::new();
    for (who, why) in [
        ("eve", "no member has the address"),
        ("both", "several members have the address"),
        ("none", "no address is verified there"),
    ] {
        let page = Browser::new(&web).log_in(who);
        assert_eq!(page.status, 403, "{}", page.text);
        assert!(page.text.contains("desk@example.org"), "{}", page.text);
        let told = web.running.wait("login-refused");
        assert_eq!((&told["by"], &told["why"]), (&"github".into(), &why.into()));
        assert!(!told.to_string().contains('@'), "{told}");
        said.push(page.text);
    }
    assert!(said.iter().all(|it| *it == said[0]), "it does not tell who is a member");
    let denied = Browser::new(&web).log_in("nobody");
    assert!(denied.status == 403 && denied.text.contains("did not say who you are"));
}

#[test]
fn a_state_that_is_replayed_or_foreign_leads_nowhere() {
    let world = members();
    let web = world.web();
    let (ada, eve) = (Browser::new(&web), Browser::new(&web));
    let there = |browser: &Browser<'_>| browser.go("/login/with/github").to.unwrap();
    let back = |browser: &Browser<'_>, there: &str, who: &str| {
        browser.go(&format!("{there}&login={who}")).to.unwrap()
    };
    // Eve's answer in Ada's browser would log Ada in as Eve, or the other way round.
    let (of_ada, of_eve) = (there(&ada), there(&eve));
    let (to_ada, to_eve) = (back(&ada, &of_ada, "ada"), back(&eve, &of_eve, "eve"));
    assert_eq!(ada.go(&to_eve).status, 400);
    assert_eq!(ada.go(&to_ada).status, 400, "after a wrong one, it begins again");
    assert_eq!(ada.cookie(SESSION), None);
    let browser = Browser::new(&web);
    assert_eq!(browser.go(&to_ada).status, 400, "a browser that began nothing");
    let of_ada = there(&ada);
    let to_ada = back(&ada, &of_ada, "ada");
    assert_eq!(ada.go(&to_ada).to.as_deref(), Some("/profile"));
    assert_eq!(ada.go(&to_ada).status, 400, "replayed");
    assert_eq!(web.running.wait("login-refused")["by"], "github");
    for path in
        ["/login/back/github", "/login/back/github?state=&code=", "/login/back/nobody?code=a"]
    {
        assert_eq!(Browser::new(&web).go(path).status, 400, "{path}");
    }
}

#[test]
fn a_link_in_a_mail_logs_in_once() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    let link = link(&world, &ada, 1);
    // A program that looks into mails uses nothing up.
    for _ in 0..2 {
        assert!(Browser::new(&web).go(&link).text.contains("Log me in"));
    }
    let page = ada.submit("/login/link", &[("key", key(&link))]);
    assert!(page.text.contains("Ada Lovelace"), "{}", page.text);
    let again = Browser::new(&web);
    assert_eq!(again.send("/login/link", &[("key", key(&link))]).status, 410);
    assert_eq!(again.go(&link).status, 410);
    for odd in ["", "0001", "0001.", "../../../etc/passwd", "0001.zz", &"0".repeat(10_000)] {
        assert_eq!(again.send("/login/link", &[("key", odd)]).status, 410, "{odd}");
    }
}

#[test]
fn a_link_is_of_no_use_a_day_later() {
    let world = members();
    let web = world.web_at("2026-06-01T12:00:00Z");
    let link = link(&world, &Browser::new(&web), 1);
    drop(web);
    let web = world.web_at("2026-06-02T11:59:59Z");
    assert_eq!(Browser::new(&web).go(&link).status, 200);
    drop(web);
    let web = world.web_at("2026-06-02T12:30:00Z");
    assert_eq!(Browser::new(&web).send("/login/link", &[("key", key(&link))]).status, 410);
}

#[test]
fn nobody_learns_whether_an_address_is_a_members() {
    let world = members();
    let web = world.web();
    let answer = |to: &str| {
        let page = Browser::new(&web).send("/login/mail", &[("email", to)]);
        (page.status, page.text)
    };
    let known = answer("ada@example.org");
    links(&world, 1);
    for other in ["eve@example.org", "x", "", "a@example.org\r\nBcc: b@example.org"] {
        assert_eq!(answer(other), known, "{other}");
    }
    // Nor does anybody get many letters, or send many.
    for _ in 0..12 {
        answer("ada@example.org");
    }
    assert!(links(&world, 5).len() == 5);
    let statuses: Vec<u16> = (0..10).map(|_| answer("ada@example.org").0).collect();
    assert_eq!(statuses.last(), Some(&429));
}

/// Whoever makes a browser keep a session before a login has none after it.
#[test]
fn a_login_brings_a_new_session_and_ends_the_one_before() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    let fixed = format!("0001.{}", "a".repeat(64));
    ada.set_cookie(SESSION, &fixed);
    ada.log_in("ada");
    let first = ada.cookie(SESSION).unwrap();
    assert_ne!(first, fixed);
    ada.open("/login/with/github");
    ada.log_in("ada");
    let second = ada.cookie(SESSION).unwrap();
    let lives = |cookie: &str| {
        let browser = Browser::new(&web);
        browser.set_cookie(SESSION, cookie);
        browser.go("/profile").status == 200
    };
    assert_ne!(first, second);
    assert!(lives(&second) && !lives(&first) && !lives(&fixed));
}

#[test]
fn all_sessions_end_by_one_button_and_when_the_member_leaves() {
    let world = members();
    let web = world.web();
    let all = [Browser::new(&web), Browser::new(&web)];
    all.iter().for_each(|it| assert_eq!(it.log_in("ada").status, 200));
    let bob = Browser::new(&web);
    bob.log_in("bob");
    assert!(all[0].go("/logout").text.contains("2 browsers"));
    assert_eq!(all[0].submit("/logout/everywhere", &[]).status, 200);
    assert!(all.iter().all(|it| it.go("/profile").to.is_some()));
    assert_eq!(bob.go("/profile").status, 200);
    world.good(&["member", "leave", "bob"]);
    assert!(bob.go("/profile").to.is_some());
    world.good(&["member", "return", "bob"]);
    assert!(bob.go("/profile").to.is_some(), "it stays ended");
}

#[test]
fn a_session_survives_a_restart_and_ends_after_thirty_days() {
    let world = members();
    let web = world.web_at("2026-06-01T12:00:00Z");
    let ada = Browser::new(&web);
    ada.log_in("ada");
    let cookie = ada.cookie(SESSION).unwrap();
    drop(ada);
    drop(web);
    for (moment, lives) in [("2026-07-01T11:59:59Z", true), ("2026-07-01T12:30:00Z", false)] {
        let web = world.web_at(moment);
        let ada = Browser::new(&web);
        ada.set_cookie(SESSION, &cookie);
        assert_eq!(ada.go("/profile").status == 200, lives, "{moment}");
    }
    assert!(!world.git_grep(&cookie[5..]));
}

#[test]
fn a_page_of_another_site_does_nothing_here() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    let before = world.good(&["log"]);
    for path in ["/logout", "/logout/everywhere", "/profile/lost", "/profile/leave", "/editme"] {
        for site in ["cross-site", "same-site"] {
            assert_eq!(ada.send_from(site, path, &[("phone", "1")]).status, 403, "{path}");
        }
    }
    assert_eq!(world.good(&["log"]), before);
    assert_eq!(ada.go("/profile").status, 200);
}

/// With encryption, no other host can set or read the cookie, and no other page leads away.
#[test]
fn cookies_are_for_this_host_only_and_a_login_leads_to_our_own_pages() {
    let world = members();
    let more = "[members]\nurl = \"https://space.example.org\"\n";
    world.configure(SERVES, more);
    let web = world.web();
    let ada = Browser::new(&web);
    ada.send("/login/mail", &[("email", "ada@example.org")]);
    let (_, link) = links(&world, 1).pop().unwrap();
    assert!(link.starts_with("https://space.example.org/login/link?key=0001."), "{link}");
    let page = ada.send("/login/link", &[("key", key(&link))]);
    let set: Vec<_> = page.headers.get_all("set-cookie").iter().collect();
    let session = set.iter().map(|it| it.to_str().unwrap()).find(|it| it.contains("session"));
    let session = session.unwrap();
    for part in ["__Host-space-session=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/;"] {
        assert!(session.contains(part), "{part}: {session}");
    }
    assert!(!session.contains("Domain"));
    assert!(ada.go("/login?to=https://evil.example.org").to.is_some_and(|it| it == "/profile"));
    assert!(ada.go("/login?to=//evil.example.org").to.is_some_and(|it| it == "/profile"));
    assert!(ada.go("/login?to=/editme").to.is_some_and(|it| it == "/editme"));
}

/// A service that cannot be used is told, and everything else works.
#[test]
fn a_service_that_cannot_be_used_is_left_out_and_told() {
    let world = members();
    let more = format!(
        "{MEMBERS}\n[members.provider.other]\nkind = \"openid\"\nissuer = \"https://login.example.org\"\n\
         client_id = \"a\"\nsecret_file = \"/nowhere\"\n"
    );
    world.configure(SERVES, &more);
    let web = world.web();
    let page = Browser::new(&web).go("/login").text;
    assert!(page.contains("GitHub") && !page.contains("other"), "{page}");
    assert_eq!(Browser::new(&web).go("/login/with/other").status, 404);
    assert_eq!(Browser::new(&web).log_in("ada").status, 200);
}
