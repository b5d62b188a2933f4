//! The program that posts and answers, with the stand-in for Slack and a real repository.

use std::{fs, process::Stdio};

use serde_json::{Value, json};
use space::{
    app::{chat::code, joining},
    domain::model::{AccessResult, Activity, Application, MemberId, Reason, Waiting},
    integrations::chat::Fault,
};

use crate::{
    play::{PATIENCE, nothing_waits, posted, start, typed, until, world},
    running::Running,
    world::now,
};

#[test]
fn what_happens_is_posted_once() {
    let (world, _) = world(&["Ada Lovelace"]);
    let building = world.dir.path().join("building.json");
    let bridge = world.dir.path().join("bridge.json");
    world.configure(&format!(
        "[events]\nbuilding = \"{}\"\nbridge = \"{}\"\n",
        building.display(),
        bridge.display()
    ));
    let running = start(&world);
    running.wait("in-force");
    world.run(&["chat", "report-failure", "The", "backup", "failed."]);
    assert_eq!(posted(&world, "alarms", 1), ["The backup failed."]);

    world.run(&["member", "add", "Bob Noyce", "--tier", "maker", "--named"]);
    world.run(&["member", "add", "Cy Young", "--tier", "maker"]);
    assert_eq!(posted(&world, "news", 1), ["Welcome, Bob Noyce, who has just become a member!"]);

    let at = now() + jiff::SignedDuration::from_secs(5);
    let alarm = json!({
        "kind": "guard-cut", "subject": null, "words": "the furnace is cut", "since": at,
    });
    let state = |alarms: &[Value]| {
        json!({
            "started": at, "updated": at, "broker": null, "meters": [], "zones": [],
            "people": null, "alarms": alarms, "trouble": [],
        })
    };
    fs::write(&building, state(std::slice::from_ref(&alarm)).to_string()).unwrap();
    assert_eq!(posted(&world, "alarms", 2)[1], "the furnace is cut");
    fs::write(&building, state(&[]).to_string()).unwrap();
    assert_eq!(posted(&world, "alarms", 3)[2], "Over: the furnace is cut");
    let failing = json!({ "incoming": { "trouble": "no queue", "since": at }, "outgoing": {} });
    fs::write(&bridge, failing.to_string()).unwrap();
    assert!(posted(&world, "alarms", 4)[3].contains("receives nothing"));
    let silent = json!({ "incoming": {}, "outgoing": { "trouble": "no queue", "since": at } });
    fs::write(&bridge, silent.to_string()).unwrap();
    assert!(posted(&world, "alarms", 5)[4].contains("sends nothing"));

    let journal = world.space_dir().join(".git/space/journal");
    fs::create_dir_all(&journal).unwrap();
    let door = "frontdoor".parse().unwrap();
    let forced = Activity::new(at, door, AccessResult::Denied, Reason::ForcedOpen);
    let line = serde_json::to_string(&forced).unwrap();
    fs::write(journal.join("door-2026-03.jsonl"), format!("{line}\n")).unwrap();
    assert!(posted(&world, "alarms", 6)[5].contains("was opened while it was locked"));

    assert_eq!(running.end(), Some(0));
    // Another one posts none of it again.
    let running = start(&world);
    running.wait("in-force");
    world.run(&["chat", "report-failure", "Another", "one."]);
    assert_eq!(posted(&world, "alarms", 7)[6], "Another one.");
    assert_eq!((world.slack.texts("alarms").len(), world.slack.texts("news").len()), (7, 1));
    until("all has arrived", || nothing_waits(&world));
    let said = world.refused(&["chat", "run"]);
    assert!(said.contains("chat"), "{said}");
}

#[test]
fn a_kill_at_any_request_neither_loses_nor_repeats_a_post() {
    let (world, _) = world(&[]);
    // Without commands, all requests are those of posts.
    let config = fs::read_to_string(world.config()).unwrap();
    let lines = config.lines().filter(|it| !it.starts_with("app_secret_file"));
    fs::write(world.config(), lines.collect::<Vec<_>>().join("\n")).unwrap();
    let mut expected = Vec::new();
    for answered in 0..4 {
        let words = format!("failure {answered}");
        world.run(&["chat", "report-failure", &words]);
        expected.push(words);
        let seen = world.slack.watch();
        world.slack.fail(std::iter::repeat_n(None, answered).chain([Some(Fault::Silent)]));
        let mut running = start(&world);
        for _ in 0..=answered {
            seen.recv_timeout(PATIENCE).unwrap();
        }
        running.child.kill().unwrap();
        running.child.wait().unwrap();
        world.slack.fail_no_more();
    }
    let running = start(&world);
    posted(&world, "alarms", expected.len());
    until("all have arrived", || {
        let status: Value =
            serde_json::from_str(&world.run(&["chat", "status", "--json"])).unwrap();
        status["status"]["waiting"] == json!([]) && status["process"].is_string()
    });
    let mut texts = world.slack.texts("alarms");
    texts.sort();
    assert_eq!(texts, expected);
    assert_eq!(running.end(), Some(0));
}

#[test]
fn commands_are_answered_to_members_alone_by_the_rules() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    let [ada, bob, cy] = ids.as_slice() else { panic!("{ids:?}") };
    world.run(&["facility", "add", "lathe", "--name", "Lathe"]);
    world.run(&["induction", "add", "ada", "lathe", "--inductor"]);
    for (name, id) in [("ada", ada), ("bob", bob)] {
        world.run(&["member", "edit", name, "--account", &format!("slack={id}")]);
    }
    let running = start(&world);
    running.wait("listening");
    assert!(typed(&world, cy, "dues").contains("does not know whose account"));
    assert!(typed(&world, ada, "help").contains("why frontdoor"));
    assert_eq!(typed(&world, ada, "dues"), "You owe nothing.");
    let why = typed(&world, ada, "why @me frontdoor");
    assert!(why.contains("does not open to you") && why.contains("no credential"), "{why}");
    assert!(typed(&world, ada, "why @bob frontdoor").contains("only tell you about yourself"));
    assert!(typed(&world, ada, "open?").contains("not open"));
    assert!(typed(&world, ada, "who").contains("Nobody"));
    assert!(typed(&world, ada, "report activity").contains("journals have nothing"));
    assert!(typed(&world, ada, "unlock frontdoor").contains("does not let that be unlocked"));

    let said = typed(&world, bob, &format!("induct <@{cy}|cy> on lathe"));
    assert!(said.contains("whose account"), "{said}");
    let said = typed(&world, bob, "induct 0003 on lathe");
    assert!(
        said.starts_with("Sorry") && !world.run(&["induction", "list"]).contains("Cy"),
        "{said}"
    );
    let said = typed(&world, ada, &format!("induct <@{bob}|bob> on lathe"));
    assert_eq!(said, "Recorded: Bob Noyce is inducted to lathe, by you.");
    let log = world.run(&["log"]);
    assert!(log.contains("induction: add 0002"), "{log}");
    // Slack delivers again what it believes to be lost.
    let before = world.slack.answers().len();
    assert!(world.slack.deliver_again());
    assert!(typed(&world, ada, "dues").contains("nothing"));
    assert_eq!(world.slack.answers().len(), before + 1);
    // The line ends every few hours, and is opened again.
    world.slack.hang_up();
    assert!(typed(&world, ada, "dues").contains("nothing"));

    world.run(&["member", "leave", "bob", "--on", "2026-03-02"]);
    assert!(typed(&world, bob, "who").contains("you have left"));
    assert!(typed(&world, bob, "dues").contains("owe nothing"));
    let hostile = typed(&world, ada, "<!channel> <https://evil.example|click> *x*");
    assert!(!hostile.contains('<') && hostile.contains("&lt;!channel&gt;"), "{hostile}");
    assert_eq!(world.slack.texts("news").len() + world.slack.texts("general").len(), 0);
    assert_eq!(running.end(), Some(0));
}

#[test]
fn a_door_is_unlocked_by_a_command_and_an_open_house_is_posted() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce"]);
    let socket = world.space_dir().join(".git/space/door.sock");
    world.configure(&format!(
        "unlock = [\"frontdoor\"]\n[events]\ndoors = [\"{}\"]\n",
        socket.display()
    ));
    world.run(&["credential", "add", "--member", "ada", "--fob", "15408774", "-f", "frontdoor"]);
    for (name, id) in [("ada", &ids[0]), ("bob", &ids[1])] {
        world.run(&["member", "edit", name, "--account", &format!("slack={id}")]);
    }
    world.run(&[
        "channel",
        "edit",
        "news",
        "--post",
        "open-house-begins",
        "--post",
        "open-house-ends",
    ]);
    let mut door = world.command(&["door", "run", "--no-terminal", "--json"]);
    let door = door.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let door = Running::new(door);
    door.wait("in-force");
    let running = start(&world);
    running.wait("listening");
    assert!(typed(&world, &ids[0], "unlock laser").contains("does not let that be unlocked"));
    let said = typed(&world, &ids[1], "unlock frontdoor");
    assert!(said.contains("does not open to you"), "{said}");
    assert_eq!(typed(&world, &ids[0], "unlock frontdoor"), "frontdoor is unlocked for a moment.");
    assert_eq!(door.wait("unlocked")["door"], "frontdoor");
    let why = typed(&world, &ids[0], "why frontdoor");
    assert!(why.contains("frontdoor opens to you") && why.contains("yes:"), "{why}");

    world.run(&["requirement", "add", "frontdoor", "always", "--priority=-1", "--tag", "open"]);
    let told = posted(&world, "news", 1);
    assert!(told[0].contains("is open to everybody"), "{told:?}");
    assert!(typed(&world, &ids[1], "open?").contains("Open to everybody"));
    world.run(&["requirement", "revoke", "open"]);
    let told = posted(&world, "news", 2);
    assert!(told[1].contains("is locked again"), "{told:?}");
    assert_eq!((running.end(), door.end()), (Some(0), Some(0)));
    let activities = world.run(&["activity", "list", "--json"]);
    assert_eq!(activities.matches("0001 at slack").count(), 1, "{activities}");
}

#[test]
fn an_application_that_waits_is_posted_without_a_name() {
    let (world, _) = world(&[]);
    world.run(&["channel", "edit", "news", "--post", "application"]);
    let running = start(&world);
    running.wait("in-force");
    let application: Waiting<Application> = serde_json::from_value(json!({
        "id": "abcd2345", "since": now(), "until": "2026-04-02T18:00:00Z", "stage": "admin",
        "content": {
            "name": "Zebedee", "email": "zebedee@example.org", "phone": null, "address": null,
            "born": null, "tier": "maker", "concession": null, "chosen_amount": null,
            "news": false, "heard_of_us": null, "language": "en",
            "agreed": { "on": "2026-03-02" }, "children": [],
        },
    }))
    .unwrap();
    joining::applications(&world.store()).put(&application).unwrap();
    assert_eq!(posted(&world, "news", 1), ["An application waits for an answer."]);
    assert_eq!(running.end(), Some(0));
}

#[test]
fn an_account_is_linked_by_the_code_of_the_profile_page() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce"]);
    let running = start(&world);
    running.wait("listening");
    let key = world.store().key().unwrap();
    let member = |number| MemberId::new(number).unwrap();
    let today = jiff::civil::date(2026, 3, 2);
    assert!(typed(&world, &ids[0], "link 0001-AAAA-AAAA").contains("not a code of today"));
    let own = code(&key, member(1), today);
    assert!(typed(&world, &ids[0], &format!("link {own}")).contains("now I know who you are"));
    assert!(typed(&world, &ids[0], "dues").contains("owe nothing"));
    assert!(typed(&world, &ids[0], &format!("link {own}")).contains("known already"));
    assert!(typed(&world, &ids[1], &format!("link {own}")).contains("another account"));
    let other = code(&key, member(2), today);
    assert!(typed(&world, &ids[0], &format!("link {other}")).contains("another member"));
    for _ in 0..5 {
        typed(&world, &ids[1], "link 0002-AAAA-AAAA");
    }
    let said = typed(&world, &ids[1], &format!("link {other}"));
    assert!(said.contains("too many wrong codes"), "{said}");
    let shown = world.run(&["member", "show", "ada", "--contact"]);
    assert!(shown.contains(&format!("slack: {}", ids[0])), "{shown}");
    assert_eq!(running.end(), Some(0));
}

#[test]
fn reminders_of_dues_go_to_each_member_alone() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce"]);
    world.configure("reminders = true\n");
    world.run(&["tier", "add", "payer", "--name", "Payer", "--price", "25"]);
    world.run(&["member", "edit", "ada", "--tier", "payer"]);
    world.run(&["payment", "add", "ada", "25", "--date", "2026-02-05"]);
    for (name, id) in [("ada", &ids[0]), ("bob", &ids[1])] {
        world.run(&["member", "edit", name, "--account", &format!("slack={id}")]);
    }
    let running = start(&world);
    let told = posted(&world, &ids[0], 1);
    assert!(told[0].starts_with("Hello Ada Lovelace,"), "{told:?}");
    assert!(told[0].contains("You have paid until 5 March 2026."), "{told:?}");
    assert_eq!(running.end(), Some(0));
    let running = start(&world);
    running.wait("in-force");
    world.run(&["chat", "report-failure", "something"]);
    posted(&world, "alarms", 1);
    assert_eq!(world.slack.texts(&ids[0]).len(), 1, "once");
    assert_eq!(world.slack.texts(&ids[1]).len(), 0);
    assert_eq!(running.end(), Some(0));
}

#[test]
fn the_review_of_a_month_has_numbers_and_no_names() {
    let (world, _) = world(&["Ada Lovelace"]);
    world.run(&["channel", "edit", "news", "--post", "review"]);
    let first = |hour: &str| {
        let mut command = world.command(&["chat", "run", "--json"]);
        command.env("SPACE_NOW", format!("2026-04-01T{hour}:00:00Z"));
        Running::new(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
    };
    for hour in ["10", "11"] {
        let running = first(hour);
        running.wait("in-force");
        let told = posted(&world, "news", 1);
        assert_eq!(
            told,
            ["The numbers of the month:\n2026-03: 1 members; 1 new, 0 left, 0 lapsed"]
        );
        assert_eq!(running.end(), Some(0));
    }
}

#[test]
fn what_cannot_be_posted_is_told_and_kept() {
    let (world, _) = world(&[]);
    world.slack.archive("alarms");
    let running = start(&world);
    running.wait("in-force");
    world.run(&["chat", "report-failure", "The", "backup", "failed."]);
    let told = running.wait("trouble");
    assert!(told["words"].as_str().unwrap().contains("archived"), "{told}");
    until("the status says so", || world.run(&["chat", "status"]).contains("is archived"));
    let status = world.run(&["chat", "status"]);
    assert!(status.contains("slack alarms since"), "{status}");
    let doctor = world.command(&["doctor"]).output().unwrap();
    let doctor = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(doctor.lines().any(|it| it.starts_with("chat") && it.contains("archived")), "{doctor}");
    assert_eq!(running.end(), Some(0));
}

/// Both tokens are revoked at once, as when somebody removes the app from the workspace.
#[test]
fn a_revoked_token_is_told_and_what_waits_is_kept() {
    let (world, _) = world(&["Ada Lovelace"]);
    world.run(&["channel", "edit", "news", "--group", "members"]);
    let running = start(&world);
    running.wait("listening");
    let doctor = || {
        let doctor = world.command(&["doctor"]).output().unwrap();
        String::from_utf8_lossy(&doctor.stdout).into_owned()
    };
    until("commands are heard", || !doctor().contains("are not heard"));
    world.slack.revoke();
    world.slack.hang_up();
    world.run(&["chat", "report-failure", "The", "backup", "failed."]);
    until("the status says so", || {
        let status = world.run(&["chat", "status"]);
        status.matches("does not accept the token (token_revoked)").count() >= 3
            && status.contains("none are heard")
    });
    let told = doctor();
    let says = |service: &str, words: &str| {
        told.lines().any(|it| it.starts_with(service) && it.contains(words))
    };
    assert!(says("chat", "token_revoked") && says("chat", "slack: commands and buttons"), "{told}");
    assert!(world.refused(&["service", "plan", "slack"]).contains("token_revoked"));
    assert!(world.run(&["service", "status", "slack"]).contains("token_revoked"));
    assert!(doctor().lines().any(|it| it.starts_with("slack") && it.contains("token_revoked")));
    assert_eq!(running.end(), Some(0));
    assert_eq!(world.slack.texts("alarms").len(), 0);
    let status: Value = serde_json::from_str(&world.run(&["chat", "status", "--json"])).unwrap();
    assert_eq!(status["status"]["waiting"].as_array().unwrap().len(), 1);
}
