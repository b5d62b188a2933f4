//! People join by themselves, in a browser without JavaScript.

use std::{fs, path::PathBuf, process::Command, thread};

use crate::world::{Web, World};

/// A space that takes newcomers; `how` is what makes somebody a member.
pub(crate) fn world(how: &str) -> World {
    let world = World::new();
    world.good(&[
        "settings",
        "edit",
        "--mail-from",
        "members@example.org",
        "--payment-details",
        "Account 1",
        "--joining-tier",
        "standard",
        "--joining-facility",
        "frontdoor",
        "--joining",
        how,
    ]);
    world.text("joining/house-rules.txt", "Clean up.\n");
    world.text("joining/privacy.txt", "We keep little.\n");
    world.text("joining/de/house-rules.txt", "Räum auf.\n");
    let more = "[members]\nleast_seconds = 0\n";
    world.configure("serves = [\"admin\", \"members\"]", more);
    world
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let start = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    start.and_then(|it| it.split('"').next()).unwrap_or_else(|| panic!("{page}")).to_owned()
}

/// What somebody fills in well; the stamp comes from the page.
fn form<'f>(stamp: &'f str, email: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("stamp", stamp),
        ("website", ""),
        ("name", "Grace Hopper"),
        ("email", email),
        ("address", "1 Main Street"),
        ("born", "1986-12"),
        ("tier", "standard"),
        ("house-rules", "yes"),
        ("privacy", "yes"),
    ]
}

fn stamp(web: &Web) -> String {
    hidden(&web.get("", "/register").1, "stamp")
}

/// The letters so far: their texts, in the order of their names.
fn letters(world: &World) -> Vec<String> {
    let folder = world.git().join("space/mail");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_or_else(|_| Vec::new(), |all| all.map(|it| it.unwrap().path()).collect());
    paths.sort_by_key(|it| (it.metadata().unwrap().modified().unwrap(), it.clone()));
    paths.iter().map(|it| plain(&fs::read_to_string(it).unwrap())).collect()
}

/// Undoes quoted-printable, as far as these letters need it.
fn plain(text: &str) -> String {
    let text = text.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    text.replace("=C3=A4", "ä").replace("=C2=A3", "£")
}

/// The link in the newest letter.
fn link(world: &World) -> String {
    let newest = letters(world).pop().unwrap();
    let start =
        newest.split("/register/confirm?link=").nth(1).unwrap_or_else(|| panic!("{newest}"));
    start.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').next().unwrap().to_owned()
}

fn members(world: &World) -> usize {
    let text = world.good(&["--json", "member", "list"]);
    serde_json::from_str::<Vec<serde_json::Value>>(&text).unwrap().len()
}

/// requirements.md A-10, requirements.md A-11, requirements.md A-12.
#[test]
fn somebody_joins_with_two_children() {
    let world = world("by-mail");
    let web = world.web();
    let stamp = stamp(&web);
    let with = |more: &[(&'static str, &'static str)]| {
        let mut all = form(&stamp, "grace@example.org");
        all.push(("named", "yes"));
        all.extend(more);
        all
    };
    let (status, page) = web.post("", "/register", &with(&[("children", "yes")]));
    assert!(status == 200 && page.contains("Name of the child"), "{status}: {page}");
    let first = [("child-name", "Byron"), ("child-born", "2015-05"), ("children", "yes")];
    let (status, page) = web.post("", "/add_child", &with(&first));
    assert!(status == 200 && page.contains("<li>Byron</li>"), "{status}: {page}");
    let second = [
        ("child-names", "Byron"),
        ("child-births", "2015-05"),
        ("child-name", "Annabella"),
        ("child-born", "2017-01"),
    ];
    let (status, page) = web.post("", "/add_child", &with(&second));
    assert!(status == 200 && page.contains("We have sent an e-mail"), "{status}: {page}");
    assert_eq!((members(&world), letters(&world).len()), (2, 1), "nobody is a member yet");

    let link = link(&world);
    let (status, page) = web.get("", &format!("/register/confirm?link={link}"));
    assert!(status == 200 && page.contains("Byron"), "{status}: {page}");
    assert_eq!(members(&world), 2, "programs that look into mails follow links, too");
    let (status, page) = web.post("", "/register/confirm", &[("link", &link)]);
    assert_eq!(status, 200, "{page}");
    for part in ["0003", "SM0003", "Annabella, 0005", "£30.00", "Account 1", "Front door", "Health"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(members(&world), 5);
    let welcome = letters(&world);
    assert_eq!(welcome.len(), 2, "one welcome for all: {welcome:?}");
    assert!(welcome[1].contains("SM0003") && welcome[1].contains("Byron"), "{}", welcome[1]);
    let child = fs::read_to_string(world.space().join("members/00/0004/member.json")).unwrap();
    assert!(child.contains("\"parent\": \"0003\""), "{child}");
    let contact = fs::read_to_string(world.space().join("members/00/0003/contact.json")).unwrap();
    assert!(contact.contains("\"named\": true"), "{contact}");
    let other = fs::read_to_string(world.space().join("members/00/0004/contact.json")).unwrap();
    assert!(!other.contains("named"), "nobody agrees for their child: {other}");
    let version = Command::new("git")
        .current_dir(world.space())
        .args(["rev-parse", "HEAD:joining/house-rules.txt"])
        .output();
    let version = String::from_utf8(version.unwrap().stdout).unwrap();
    assert!(contact.contains(&format!("\"house_rules\": \"{}\"", version.trim())), "{contact}");
    world.good(&["check"]);
    world.good(&["notice", "send"]);
    assert_eq!(letters(&world).len(), 2, "nobody is welcomed twice");

    let (status, page) = web.post("", "/register/confirm", &[("link", &link)]);
    assert!(status == 410 && page.contains("has been used"), "{status}: {page}");
    assert_eq!(web.get("", &format!("/register/confirm?link={link}")).0, 410);
    assert_eq!(members(&world), 5);
    assert!(!world.git_grep("grace@example.org <"), "no address is in the history of commits");
}

#[test]
fn an_address_of_a_member_gets_a_mail_and_the_page_tells_nobody() {
    let world = world("by-mail");
    let web = world.web();
    let stamp = stamp(&web);
    let (_, unknown) = web.post("", "/register", &form(&stamp, "grace@example.org"));
    let (_, known) = web.post("", "/register", &form(&stamp, "ADA@example.org"));
    assert_eq!(unknown, known);
    let last = letters(&world).pop().unwrap();
    assert!(last.contains("of a member already"), "{last}");
    assert!(!last.contains("Grace"), "what a stranger typed is not passed on: {last}");
}

#[test]
fn of_two_with_one_address_one_joins() {
    let world = world("by-mail");
    let web = world.web();
    let stamp = stamp(&web);
    let links = [1, 2].map(|_| {
        web.post("", "/register", &form(&stamp, "grace@example.org"));
        link(&world)
    });
    let url = format!("{}/register/confirm", web.url);
    let follow = |link: &str| {
        let sent = ureq::post(&url).header("sec-fetch-site", "same-origin").config();
        let sent = sent.http_status_as_error(false).build().send_form([("link", link)]);
        sent.unwrap().status().as_u16()
    };
    let mut statuses: Vec<u16> = thread::scope(|scope| {
        let all = links.each_ref().map(|link| scope.spawn(|| follow(link)));
        all.map(|it| it.join().unwrap()).into()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(members(&world), 3);
}

/// Where nobody has to follow a link, the page still says the same to everybody: what a newcomer has to know
/// comes by mail.
#[test]
fn where_newcomers_join_at_once_the_page_tells_no_more_than_elsewhere() {
    let world = world("at-once");
    let web = world.web();
    let answers = ["grace@example.org", "ada@example.org"].map(|email| {
        let (status, page) = web.post("", "/register", &form(&stamp(&web), email));
        assert!(status == 200 && !page.contains("SM0003"), "{status}: {page}");
        page.replace(email, "ADDRESS")
    });
    assert_eq!(answers[0], answers[1], "a stranger learns whose address is a member's");
    assert_eq!(members(&world), 3, "one was a member already");
    let letters = letters(&world);
    let welcome = letters.iter().find(|it| it.contains("SM0003")).expect("a welcome");
    assert!(welcome.contains("grace@example.org") && welcome.contains("Account 1"), "{welcome}");
    assert_eq!(letters.len(), 2, "{letters:?}");
    world.good(&["check"]);
    world.good(&["notice", "send"]);
    assert_eq!(self::letters(&world).len(), 2, "nobody is welcomed twice");
}

#[test]
fn a_welcome_that_was_not_sent_is_sent_by_the_next_run_once() {
    let world = world("by-mail");
    let web = world.web();
    web.post("", "/register", &form(&stamp(&web), "grace@example.org"));
    let link = link(&world);
    // As after a kill between the commit and the mail: the letter cannot be put anywhere.
    let folder = world.git().join("space/mail");
    let aside = world.git().join("space/aside");
    fs::rename(&folder, &aside).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let (status, page) = web.post("", "/register/confirm", &[("link", &link)]);
    assert!(status == 200 && page.contains("by e-mail in a while"), "{status}: {page}");
    assert_eq!(members(&world), 3);
    fs::remove_file(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    for _ in 0..2 {
        world.good(&["notice", "send"]);
        assert_eq!(letters(&world).len(), 2);
    }
    assert_eq!(
        fs::read_dir(world.git().join("space/applications/application")).unwrap().count(),
        0
    );
}

#[test]
fn whoever_is_too_fast_or_fills_in_what_nobody_sees_is_a_program() {
    let world = world("by-mail");
    let slow = "[members]\nleast_seconds = 200\n";
    world.configure("serves = [\"members\"]", slow);
    let web = world.web();
    let stamp = stamp(&web);
    let (status, page) = web.post("", "/register", &form(&stamp, "grace@example.org"));
    assert!(status == 422 && page.contains("once more") && page.contains(&stamp), "{page}");
    let (status, _) = web.post("", "/register", &form("1768500000.abc", "grace@example.org"));
    assert_eq!(status, 422);
    let mut trapped = form(&stamp, "grace@example.org");
    trapped[1] = ("website", "https://example.org");
    assert_eq!(web.post("", "/register", &trapped).0, 200, "a program learns nothing");
    assert!(letters(&world).is_empty());
}

#[test]
fn a_thousand_forms_from_one_place_are_ten_mails() {
    let world = world("by-mail");
    let web = world.web();
    let stamp = stamp(&web);
    let send =
        |it: usize| web.post("", "/register", &form(&stamp, &format!("a{it}@example.org"))).0;
    let statuses: Vec<u16> = (0..40).map(send).collect();
    assert_eq!(statuses.iter().filter(|it| **it == 200).count(), 10);
    assert_eq!(statuses.iter().filter(|it| **it == 429).count(), 30);
    assert_eq!(letters(&world).len(), 10);
}

#[test]
fn bad_input_is_told_beside_its_field_in_the_language_of_the_page() {
    let world = world("by-mail");
    let web = world.web();
    let stamp = stamp(&web);
    let long = "x".repeat(10_240);
    for (field, value, english, german) in [
        ("born", "2199-01", "lies in the future", "liegt in der Zukunft"),
        ("name", long.as_str(), "too long", "zu lang"),
        ("name", "A\u{1b}[31m", "cannot be read", "niemand lesen kann"),
        ("email", "a@b.org\r\nBcc: c@d.org", "cannot be read", "niemand lesen kann"),
        ("email", "grace", "not an e-mail address", "keine E-Mail-Adresse"),
        ("tier", "guest", "Choose one of these", "Wähle eine davon"),
        ("amount", "1", "The dues are £", "Der Beitrag ist "),
        ("privacy", "", "", ""),
    ] {
        let mut all = form(&stamp, "grace@example.org");
        all.retain(|(name, _)| *name != field);
        if !value.is_empty() {
            all.push((field, value));
        }
        let english = if english.is_empty() { "nobody can join" } else { english };
        let german = if german.is_empty() { "kann niemand Mitglied werden" } else { german };
        let (status, page) = web.post("", "/register", &all);
        assert!(status == 422 && page.contains(english), "{field}: {page}");
        let (_, page) = web.post("", "/register?language=de", &all);
        assert!(page.contains(german) && page.contains("lang=\"de\""), "{field}: {page}");
    }
    assert!(letters(&world).is_empty() && members(&world) == 2);
    // What is larger than any form is not read at all.
    let huge = "x".repeat(200_000);
    assert_eq!(web.post("", "/register", &[("name", huge.as_str())]).0, 413);
}

#[test]
fn the_amount_is_worked_out_before_anything_is_sent() {
    let world = world("by-mail");
    let web = world.web();
    let some = [("tier", "standard"), ("concession", "student"), ("step", "dues")];
    for (path, is_whole) in [("/register", true), ("/register/dues", false)] {
        let (status, page) = web.post("", path, &some);
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("£12.50") && page.contains("reduced by half"), "{page}");
        assert_eq!(page.contains("<html"), is_whole);
    }
}

/// requirements.md A-10.
#[test]
fn an_admin_accepts_or_declines_in_the_panel() {
    let world = world("after-approval");
    let web = world.web();
    let stamp = stamp(&web);
    let apply = |email: &str| {
        web.post("", "/register", &form(&stamp, email));
        let (status, page) = web.post("", "/register/confirm", &[("link", &link(&world))]);
        assert!(status == 200 && page.contains("looks at your application"), "{page}");
    };
    apply("grace@example.org");
    apply("hopper@example.org");
    assert_eq!(members(&world), 2);
    assert_eq!(web.get("desk", "/applications").0, 403);
    let (_, page) = web.get("admin", "/applications");
    let mut ids = page.split("/applications/").skip(1).map(|it| it[..8].to_owned());
    let (first, second) = (ids.next().unwrap(), ids.next().unwrap());
    let (_, page) = web.get("admin", &format!("/applications/{first}"));
    assert!(page.contains("grace@example.org") && page.contains("1 Main Street"), "{page}");
    let (status, page) = web.post("admin", &format!("/applications/{first}/accept"), &[]);
    assert!(status == 200 && page.contains("is member 0003"), "{page}");
    let why = [("reason", "We are full.")];
    web.post("admin", &format!("/applications/{second}/decline"), &why);
    assert_eq!(members(&world), 3);
    let all = letters(&world);
    assert!(all.iter().any(|it| it.contains("We are full.")), "{all:?}");
    assert!(web.get("admin", "/applications").1.contains("obody has applied"));
    assert_eq!(web.post("admin", &format!("/applications/{first}/accept"), &[]).0, 422);
    // Who accepted it is the author; the subject names nobody.
    let log = world.good(&["log"]);
    assert!(log.contains("member: join 0003"), "{log}");
}

#[test]
fn the_command_line_knows_the_same_applications() {
    let world = world("after-approval");
    let web = world.web();
    web.post("", "/register", &form(&stamp(&web), "grace@example.org"));
    let text = world.run(&["join", "accept", "grace"]).1;
    assert!(text.contains("has not followed the link"), "{text}");
    web.post("", "/register/confirm", &[("link", &link(&world))]);
    assert!(world.good(&["join", "show", "grace"]).contains("grace@example.org"));
    let text = world.good(&["join", "accept", "grace"]);
    assert!(text.contains("0003 Grace Hopper is a member"), "{text}");
    assert!(world.run(&["join", "accept", "grace"]).1.contains("no application"));
    assert_eq!(members(&world), 3);
}

#[test]
fn a_space_that_offers_no_tier_takes_nobody_by_this_page() {
    let world = World::new();
    world.configure("serves = [\"members\"]", "");
    let web = world.web();
    assert_eq!(web.get("", "/register").0, 404);
    assert_eq!(web.get("", "/nowhere").0, 404);
    assert_eq!(web.get("", "/members").0, 404, "the panel is not served here");
}

#[test]
fn the_texts_to_agree_to_are_in_the_language_of_the_page() {
    let world = world("by-mail");
    let web = world.web();
    assert!(web.get("", "/house-rules").1.contains("Clean up."));
    assert!(web.get("", "/house-rules?language=de").1.contains("Räum auf."));
    let (_, headers, page) = web.get_all("", "/privacy?language=de");
    assert!(page.contains("We keep little."), "there is no German one: {page}");
    let cookie = headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.starts_with("language=de;"), "{cookie}");
}

#[test]
fn another_site_cannot_fill_in_the_form() {
    let world = world("by-mail");
    let web = world.web();
    let sent = ureq::post(format!("{}/register", web.url))
        .header("sec-fetch-site", "cross-site")
        .config()
        .http_status_as_error(false)
        .build()
        .send_form(form(&stamp(&web), "grace@example.org"));
    assert_eq!(sent.unwrap().status(), 403);
    assert!(letters(&world).is_empty());
}
