//! Buttons: whoever presses one is looked at anew, and what changes anything is done once.

use std::{path::Path, process::Stdio};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use space::{
    app::joining,
    chat::commands::{Desk, Said},
    domain::model::{Application, Waiting},
};

use crate::{
    play::{posted, pressed, start, typed, until, world},
    running::Running,
    world::{World, now},
};

fn apply(world: &World, id: &str, name: &str) {
    let application: Waiting<Application> = serde_json::from_value(json!({
        "id": id, "since": now(), "until": "2026-04-02T18:00:00Z", "stage": "admin",
        "content": {
            "name": name, "email": format!("{id}@example.org"), "phone": null, "address": null,
            "born": null, "tier": "maker", "concession": null, "chosen_amount": null,
            "news": false, "heard_of_us": null, "language": "en",
            "agreed": { "on": "2026-03-02" }, "children": [],
        },
    }))
    .unwrap();
    joining::applications(&world.store()).put(&application).unwrap();
}

/// A desk as the program has it, and the moment at which something is typed or pressed there.
struct Room {
    world: World,
    ids: Vec<String>,
    desk: Desk,
}

impl Room {
    /// Makes one where members with a credential of priority 3 answer applications.
    fn new(names: &[&str]) -> Self {
        let (world, ids) = world(names);
        for (number, id) in ids.iter().enumerate() {
            let member = format!("{:04}", number + 1);
            world.run(&["member", "edit", &member, "--account", &format!("slack={id}")]);
        }
        world.run(&[
            "credential",
            "add",
            "ada",
            "--fob",
            "15408774",
            "-f",
            "frontdoor",
            "--priority",
            "3",
        ]);
        let unlock = ["frontdoor".parse().unwrap()].into();
        let nowhere = world.dir.path().join("nowhere");
        let desk = Desk::new(
            world.space_dir(),
            "slack".parse().unwrap(),
            nowhere.clone(),
            vec![nowhere],
            unlock,
        );
        let desk = desk.answered_by(vec!["priority:3".parse().unwrap()]);
        Self { world, ids, desk }
    }

    fn press(&mut self, who: usize, value: &str, at: Timestamp) -> Said {
        self.desk.press(&self.ids[who], value, at)
    }
}

fn after(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

#[test]
fn an_application_is_accepted_once_by_who_may_after_a_question() {
    let mut room = Room::new(&["Ada Lovelace", "Bob Noyce"]);
    apply(&room.world, "abcd2345", "Grace <!channel> Hopper");
    let said = room.press(1, "applications", now());
    assert!(said.text.contains("not for you to answer") && said.buttons.is_empty(), "{said:?}");
    assert!(!said.text.contains("Grace"));
    for press in ["ask abcd2345", &format!("join abcd2345 {} 1772474400 k", room.ids[1])] {
        assert!(room.press(1, press, now()).text.contains("not for you to answer"), "{press}");
    }
    let looked = room.press(0, "applications", now());
    assert!(
        looked.text.contains("Grace <!channel> Hopper (maker), since 2026-03-02"),
        "{looked:?}"
    );
    let typed = room.desk.answer(&room.ids[0], "applications", now());
    assert_eq!((&typed.text, &typed.buttons), (&looked.text, &looked.buttons));
    let asked = room.press(0, &looked.buttons[0].value, now());
    assert!(asked.text.starts_with("Make a member of Grace"), "{asked:?}");
    let [yes, no] = asked.buttons.as_slice() else { panic!("{asked:?}") };
    assert_eq!((yes.label.as_str(), no.label.as_str()), ("Yes", "No"));
    assert_eq!(room.press(0, &no.value, now()).text, "Nothing was done.");
    assert!(room.press(1, &yes.value, now()).text.contains("somebody else was asked"));
    assert!(room.press(0, &yes.value, after(16)).text.contains("too long ago"));
    assert!(room.press(0, &yes.value, after(-16)).text.contains("too long ago"));
    assert!(!room.world.run(&["member", "list"]).contains("Grace"), "so far it was only asked");

    let done = room.press(0, &yes.value, after(14));
    assert!(done.text.starts_with("0003 Grace"), "{done:?}");
    assert_eq!(done.command, "button join");
    let log = room.world.run(&["log"]);
    let line = log.lines().find(|it| it.contains("member: join 0003")).unwrap();
    assert!(line.contains("0001"), "the author is who pressed: {line}");
    assert!(room.press(0, &yes.value, after(14)).text.contains("pressed already"));
    let late = room.press(0, &looked.buttons[0].value, after(14));
    assert!(late.text.contains("answered already"), "{late:?}");
    assert!(room.press(0, "applications", after(14)).text.contains("No application waits"));
    assert_eq!(room.world.run(&["log"]).matches("member: join").count(), 1);
}

#[test]
fn a_button_is_of_no_use_to_who_has_left_lapsed_or_is_unknown() {
    let mut room = Room::new(&["Ada Lovelace", "Bob Noyce"]);
    apply(&room.world, "abcd2345", "Grace Hopper");
    let asked = room.press(0, "ask abcd2345", now());
    let yes = asked.buttons[0].value.clone();
    room.world.run(&["member", "suspend", "ada", "--reason", "noise", "--until", "2026-03-04"]);
    assert!(room.press(0, &yes, now()).text.contains("are suspended"));
    // The suspension ends by itself.
    let later = now() + SignedDuration::from_hours(72);
    assert!(room.press(0, "applications", later).text.contains("Grace"));
    room.world.run(&["member", "leave", "ada", "--on", "2026-03-02"]);
    assert!(room.press(0, "applications", now()).text.contains("you have left"));
    let said = room.desk.press("U9", "applications", now());
    assert!(said.text.contains("does not know whose account"), "{said:?}");
    for odd in ["", "unlock", "ask", "join", "pay me", "<!channel>", "unlock frontdoor U1 x y"] {
        let said = room.press(1, odd, now());
        assert!(said.text.contains("of no use any more"), "{odd}: {said:?}");
        assert_eq!(said.command, "button ?");
    }
    assert!(!room.world.run(&["member", "list"]).contains("Grace"));
}

/// What was pressed is remembered by the machine, so a restart in between makes no difference.
#[test]
fn a_press_counts_once_also_over_a_restart() {
    let mut room = Room::new(&["Ada Lovelace", "Bob Noyce"]);
    let nothing = room.desk.answer(&room.ids[1], "unlock", now());
    assert!(nothing.text.contains("nothing that may be unlocked"), "{nothing:?}");
    let asked = room.desk.answer(&room.ids[0], "unlock", now());
    let labels: Vec<&str> = asked.buttons.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["Unlock Front door", "No"]);
    let value = asked.buttons[0].value.clone();
    assert!(room.press(0, &value, after(3)).text.contains("too long ago"));
    assert!(room.press(0, &value, after(1)).text.contains("was not unlocked"), "no door runs");
    let Room { world, ids, .. } = room;
    let (unlock, chat) = (["frontdoor".parse().unwrap()].into(), "slack".parse().unwrap());
    let (journals, doors) = (Path::new("nowhere").to_owned(), Vec::new());
    let mut desk = Desk::new(world.space_dir(), chat, journals, doors, unlock);
    assert!(desk.press(&ids[0], &value, after(1)).text.contains("pressed already"));
}

#[test]
fn buttons_come_with_posts_and_reminders_and_are_answered_privately() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce"]);
    world.configure("reminders = true\napplications = [\"priority:3\"]\n");
    world.run(&["channel", "edit", "news", "--post", "application"]);
    world.run(&["settings", "edit", "--payment-details", "Account 1234"]);
    world.run(&["tier", "add", "payer", "--name", "Payer", "--price", "25"]);
    world.run(&[
        "member",
        "edit",
        "ada",
        "--tier",
        "payer",
        "--account",
        &format!("slack={}", ids[0]),
    ]);
    world.run(&["member", "edit", "bob", "--account", &format!("slack={}", ids[1])]);
    world.run(&["payment", "add", "ada", "25", "--date", "2026-02-05"]);
    world.run(&[
        "credential",
        "add",
        "bob",
        "--fob",
        "15408774",
        "-f",
        "frontdoor",
        "--priority",
        "3",
    ]);
    for id in &ids {
        world.slack.put("news", id, true);
    }
    let running = start(&world);
    running.wait("listening");
    posted(&world, &ids[0], 1);
    let said = pressed(&world, &ids[0], "How do I pay?");
    for part in
        ["You owe 25.00", "paid until 2026-03-05", "SM0001 as the reference", "Account 1234"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    apply(&world, "abcd2345", "Grace Hopper");
    posted(&world, "news", 1);
    assert!(pressed(&world, &ids[0], "Look").contains("not for you to answer"));
    assert!(pressed(&world, &ids[1], "Look").contains("Grace Hopper"));
    assert!(pressed(&world, &ids[1], "Accept Grace Hopper").contains("Make a member"));
    // The question has taken the place of the list, and the answer that of the question.
    assert!(!world.slack.press(&ids[1], "Accept Grace Hopper"));
    assert!(pressed(&world, &ids[1], "Yes").contains("0003 Grace Hopper is a member now"));
    assert!(!world.slack.press(&ids[1], "Yes"), "there is no button left");
    // Somebody who pressed twice, and a delivery that Slack believes to be lost.
    let before = world.slack.answers().len();
    assert!(world.slack.press_again());
    until("an answer", || world.slack.answers().len() > before);
    assert!(world.slack.answers().pop().unwrap().1.contains("pressed already"));
    assert!(world.slack.deliver_again());
    assert!(typed(&world, &ids[1], "dues").contains("nothing"));
    assert_eq!(world.slack.answers().len(), before + 2);
    assert_eq!(world.slack.acknowledged(), 8, "each delivery, whatever became of it");
    assert_eq!(world.run(&["log"]).matches("member: join").count(), 1);
    assert_eq!(world.slack.texts("news"), ["An application waits for an answer."]);
    assert_eq!(running.end(), Some(0));
}

#[test]
fn a_door_is_unlocked_by_a_button_once_and_the_journal_knows_by_whom() {
    let (world, ids) = world(&["Ada Lovelace"]);
    let socket = world.space_dir().join(".git/space/door.sock");
    world.configure(&format!(
        "unlock = [\"frontdoor\"]\n[events]\ndoors = [\"{}\"]\n",
        socket.display()
    ));
    world.run(&["credential", "add", "ada", "--fob", "15408774", "-f", "frontdoor"]);
    world.run(&["member", "edit", "ada", "--account", &format!("slack={}", ids[0])]);
    let mut door = world.command(&["door", "run", "--no-terminal", "--json"]);
    let door = door.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let door = Running::new(door);
    door.wait("in-force");
    let running = start(&world);
    running.wait("listening");
    assert!(typed(&world, &ids[0], "unlock").contains("What is to be unlocked"));
    let said = pressed(&world, &ids[0], "Unlock Front door");
    assert_eq!(said, "frontdoor is unlocked for a moment.");
    assert_eq!(door.wait("unlocked")["door"], "frontdoor");
    let before = world.slack.answers().len();
    assert!(world.slack.press_again());
    until("an answer", || world.slack.answers().len() > before);
    assert!(world.slack.answers().pop().unwrap().1.contains("pressed already"));
    assert_eq!((running.end(), door.end()), (Some(0), Some(0)));
    let activities = world.run(&["activity", "list", "--json"]);
    assert_eq!(activities.matches("0001 at slack").count(), 1, "{activities}");
}
