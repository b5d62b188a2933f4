//! Commands about what happened at the doors, and names that would be markup.

use std::fs;

use jiff::{SignedDuration, Timestamp};
use space::{
    chat::commands::Desk,
    domain::model::{AccessResult, Activity, CredentialType, MemberId, Reason},
};

use crate::{
    play::{start, typed, world},
    world::{World, now},
};

fn activity(minutes_ago: i64, member: u64, result: AccessResult, reason: Reason) -> Activity {
    let at = now() - SignedDuration::from_mins(minutes_ago);
    let mut it = Activity::new(at, "frontdoor".parse().unwrap(), result, reason);
    it.member = MemberId::new(member).ok();
    it.kind = Some(CredentialType::Fob);
    it
}

fn journal(world: &World, all: &[Activity]) {
    let folder = world.dir.path().join("journal");
    fs::create_dir_all(&folder).unwrap();
    let lines: Vec<String> = all.iter().map(|it| serde_json::to_string(it).unwrap()).collect();
    fs::write(folder.join("door-2026-03.jsonl"), format!("{}\n", lines.join("\n"))).unwrap();
}

fn desk(world: &World) -> Desk {
    let journals = world.dir.path().join("journal");
    let chat = "slack".parse().unwrap();
    Desk::new(world.space_dir(), chat, journals, Vec::new(), Default::default())
}

#[test]
fn who_is_in_is_a_number_and_the_names_of_those_who_agreed() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    world.run(&["member", "edit", "0001", "--name", "Ada <!channel> Lovelace"]);
    for (member, id) in ["0001", "0002", "0003"].iter().zip(&ids) {
        world.run(&["member", "edit", member, "--account", &format!("slack={id}")]);
    }
    for member in ["0001", "0003"] {
        world.run(&["member", "edit", member, "--named=yes"]);
    }
    let mut desk = desk(&world);
    let mut who = |at: Timestamp| desk.answer(&ids[1], "who", at).text;
    assert_eq!(who(now()), "Nobody seems to be in.");
    use AccessResult::{Exit, Granted};
    let came = |minutes, member| activity(minutes, member, Granted, Reason::PrioritySuffices);
    // Bob did not agree, and Cy has left again.
    let left = activity(30, 3, Exit, Reason::Exit);
    journal(&world, &[came(90, 3), came(60, 1), came(50, 2), left]);
    let said = who(now());
    assert_eq!(said, "About 2 people are in. Among them: Ada <!channel> Lovelace.");
    world.run(&["member", "edit", "0001", "--named=no"]);
    assert_eq!(who(now()), "About 2 people are in.");
    assert_eq!(who(now() + SignedDuration::from_hours(13)), "Nobody seems to be in.");
}

#[test]
fn the_report_of_activity_has_numbers_and_nobody_in_it() {
    let (world, ids) = world(&["Ada Lovelace"]);
    world.run(&["member", "edit", "ada", "--account", &format!("slack={}", ids[0])]);
    use AccessResult::{Denied, Granted};
    journal(
        &world,
        &[
            activity(50 * 24 * 60, 1, Granted, Reason::PrioritySuffices), // too long ago
            activity(60, 1, Granted, Reason::PrioritySuffices),
            activity(50, 1, Granted, Reason::PrioritySuffices),
            activity(40, 1, Denied, Reason::PriorityTooLow),
        ],
    );
    let said = desk(&world).answer(&ids[0], "report activity", now()).text;
    assert_eq!(said, "The last 30 days:\nfrontdoor: 2 granted, 1 denied");
}

/// What somebody typed or is called is shown as it stands, whatever it would be as markup.
#[test]
fn markup_in_a_command_or_a_name_is_of_no_effect() {
    let (world, ids) = world(&["Ada Lovelace"]);
    world.run(&["member", "edit", "0001", "--name", "Ada <!channel> & <@U1>"]);
    world.run(&[
        "member",
        "edit",
        "0001",
        "--account",
        &format!("slack={}", ids[0]),
        "--named=yes",
    ]);
    world.configure(&format!(
        "[events]\njournal = \"{}\"\n",
        world.dir.path().join("journal").display()
    ));
    journal(&world, &[activity(5, 1, AccessResult::Granted, Reason::PrioritySuffices)]);
    let running = start(&world);
    running.wait("listening");
    let said = typed(&world, &ids[0], "who");
    assert!(
        said.contains("Ada &lt;!channel&gt; &amp; &lt;@U1&gt;") && !said.contains('<'),
        "{said}"
    );
    for text in [
        "why <!here>",
        "why @me <https://evil.example|frontdoor>",
        "induct <@U1|<!channel>> on laser",
        "induct 0001 on <!channel>",
        "unlock <!channel>",
        "link <!channel>",
        "<!subteam^S1>",
    ] {
        let said = typed(&world, &ids[0], text);
        assert!(!said.contains('<'), "{text}: {said}");
    }
    assert_eq!(world.slack.texts("general").len(), 0, "nobody else saw any of it");
    assert_eq!(running.end(), Some(0));
}
