//! A space whose members talk in channels: who is invited and removed, and what is left alone.

use space::integrations::chat::Fault;

use crate::world::{LINK, World, email};

/// A space with people at the chat who have the addresses of members.
fn world(names: &[&str]) -> (World, Vec<String>) {
    let world = World::new(names);
    let ids = names.iter().map(|name| world.slack.person(name, Some(&email(name)))).collect();
    let _ = world.slack.channel("talk", false);
    (world, ids)
}

#[test]
fn channels_follow_joining_inductions_leaving_and_returning() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce"]);
    let room = world.slack.channel("lathe-room", true);
    world.slack.put(&room, "U0SPACE", true);
    world.run(&["facility", "add", "lathe", "--name", "Lathe"]);
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "good-standing"]);
    world.run(&[
        "channel",
        "add",
        "lathe",
        "--chat",
        "slack",
        "--called",
        "lathe-room",
        "--group",
        "inducted:lathe",
    ]);
    assert_eq!(world.apply(), ["invite 0001 talk", "invite 0002 talk"]);
    assert_eq!(world.slack.inside("talk"), ["Ada Lovelace", "Bob Noyce"]);
    assert_eq!(world.apply(), [""; 0], "a second time there is nothing to do");
    let shown = world.run(&["member", "show", "ada", "--contact"]);
    assert!(shown.contains(&format!("slack: {}", ids[0])), "{shown}");

    world.run(&["induction", "add", "bob", "lathe"]);
    assert_eq!(world.apply(), ["invite 0002 lathe"]);
    assert_eq!(world.slack.inside("lathe-room"), ["Bob Noyce"]);
    world.run(&["member", "leave", "bob", "--on", "2026-03-02"]);
    assert_eq!(world.apply(), ["remove 0002 lathe", "remove 0002 talk"]);
    assert_eq!(world.slack.inside("talk"), ["Ada Lovelace"]);
    world.run(&["member", "return", "bob"]);
    assert_eq!(world.apply(), ["invite 0002 lathe", "invite 0002 talk"]);
    world.run(&["member", "suspend", "ada", "--reason", "noise"]);
    assert_eq!(world.apply(), ["remove 0001 talk"]);
    assert_eq!(world.apply(), [""; 0]);
    let list = world.run(&["service", "list"]);
    assert!(list.contains("slack") && list.contains("agrees"), "{list}");
}

#[test]
fn who_has_no_account_is_to_be_invited_by_hand() {
    let (world, _) = world(&["Ada Lovelace"]);
    world.run(&["member", "add", "Cy Young", "--tier", "maker"]);
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "members"]);
    let plan = world.run(&["service", "plan", "slack"]);
    assert!(plan.contains(LINK) && plan.contains("0002 Cy Young, who is a member"), "{plan}");
    assert!(plan.contains("invite") && plan.contains("0001 Ada Lovelace"), "{plan}");
    let json: serde_json::Value =
        serde_json::from_str(&world.run(&["service", "plan", "--json"])).unwrap();
    let invited = serde_json::json!([{ "member": "0002", "because": "is a member" }]);
    assert_eq!(json["by_hand"], invited);
    let without = "0002 belongs to a channel, and has neither an account nor an e-mail address";
    assert!(plan.contains(without) && world.look_at().contains(without), "{plan}");
    assert_eq!(json["steps"][0]["action"], "invite");
    assert_eq!(world.apply(), ["invite 0001 talk"]);
}

#[test]
fn what_somebody_did_by_hand_is_told_and_left_alone() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "members"]);
    world.apply();
    world.slack.put("talk", &ids[0], false);
    let guest = world.slack.person("Zed", Some("zed@example.org"));
    world.slack.put("talk", &guest, true);
    world.run(&["member", "leave", "cy", "--on", "2026-03-02"]);
    assert_eq!(world.apply(), ["remove 0003 talk"]);
    world.slack.put("talk", &ids[2], true);
    assert_eq!(world.apply(), [""; 0]);
    let told = world.look_at();
    for words in [
        "0001 has left it by themselves, and is not invited again".to_owned(),
        format!("{guest} is in it, and nobody knows whose account that is"),
        "0003 was let in again by somebody, and stays: left on 2026-03-02".to_owned(),
    ] {
        assert!(told.contains(&words), "{words}\n{told}");
    }
    assert_eq!(world.slack.inside("talk"), ["Bob Noyce", "Cy Young", "Zed"]);
    // Whoever was away and belongs there anew is invited anew.
    world.run(&["member", "leave", "ada", "--on", "2026-03-02"]);
    assert_eq!(world.apply(), [""; 0]);
    world.run(&["member", "return", "ada"]);
    assert_eq!(world.apply(), ["invite 0001 talk"]);
}

#[test]
fn an_address_that_is_in_doubt_links_nobody() {
    let (world, ids) = world(&["Ada Lovelace", "Bob Noyce"]);
    world.run(&["member", "edit", "bob", "--email", &email("Ada Lovelace")]);
    world.slack.set(&ids[1], "is_email_confirmed", false.into());
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "members"]);
    assert_eq!(world.apply(), [""; 0]);
    let told = world.look_at();
    assert!(told.contains("has the address of several members: 0001, 0002"), "{told}");
    // By hand it is said whose it is.
    world.run(&["member", "edit", "ada", "--account", &format!("slack={}", ids[0])]);
    world.run(&["member", "edit", "bob", "--email", &email("Bob Noyce")]);
    assert_eq!(world.apply(), ["invite 0001 talk"], "Bob's address is not confirmed there");
    let _ = world.slack.person("Bob 2", Some(&email("Bob Noyce")));
    world.slack.set(&ids[1], "is_email_confirmed", true.into());
    assert_eq!(world.apply(), [""; 0]);
    assert!(world.look_at().contains("have the address of 0002"));
}

#[test]
fn an_answer_that_cannot_be_right_changes_nothing() {
    let names: Vec<String> = (0..8).map(|number| format!("Ada {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (world, ids) = world(&names);
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "members"]);
    world.apply();
    for faults in [
        vec![Some(Fault::Empty)],             // nobody is at the workspace
        vec![None, None, Some(Fault::Empty)], // nobody is in the channel
    ] {
        world.slack.fail(faults.clone());
        let why = world.try_apply().unwrap_err();
        assert!(why.contains("the service tells of 0"), "{faults:?}: {why}");
    }
    world.slack.pages_of(3);
    world.slack.fail([Some(Fault::Forgets)]);
    let why = world.try_apply().unwrap_err();
    assert!(why.contains("did not tell everything"), "{why}");
    assert_eq!(world.slack.inside("talk").len(), 8);
    assert_eq!(world.apply(), [""; 0]);

    // Most of them leave at once.
    for name in &names[..7] {
        world.run(&["member", "leave", name, "--on", "2026-03-02"]);
    }
    let why = world.try_apply().unwrap_err();
    assert!(why.contains("from 7 of 8 accounts"), "{why}");
    let said = world.refused(&["service", "apply", "--yes"]);
    assert!(said.contains("--confirm 7"), "{said}");
    for id in &ids[..2] {
        world.slack.set(id, "is_admin", true.into());
    }
    let said = world.refused(&["service", "apply", "--yes", "--confirm", "7"]);
    assert!(said.contains("leave 0 administrators"), "{said}");
    for id in &ids[..2] {
        world.slack.set(id, "is_admin", false.into());
    }
    world.run(&["service", "apply", "--yes", "--confirm", "7"]);
    assert_eq!(world.slack.inside("talk"), ["Ada 7"]);
}

#[test]
fn a_channel_that_cannot_be_changed_keeps_no_other_from_it() {
    let (world, _) = world(&["Ada Lovelace"]);
    for name in ["talk", "attic", "cellar", "private"] {
        world.run(&["channel", "add", name, "--chat", "slack", "--group", "members"]);
    }
    world.run(&[
        "channel", "add", "all", "--chat", "slack", "--called", "general", "--group", "members",
    ]);
    let _ = (world.slack.channel("attic", false), world.slack.channel("private", true));
    world.slack.archive("attic");
    assert_eq!(world.apply(), ["invite 0001 talk"]);
    let told = world.look_at();
    for words in [
        "channel attic: attic is archived",
        "channel cellar: there is no cellar at the chat",
        "channel private: there is no private at the chat, or it is private",
        "everybody is in general, always",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

/// A record that cannot be read invites nobody and removes nobody.
#[test]
fn a_record_that_cannot_be_read_removes_nobody() {
    let (world, _) = world(&["Ada Lovelace", "Bob Noyce"]);
    world.run(&["facility", "add", "lathe", "--name", "Lathe"]);
    world.run(&["induction", "add", "ada", "lathe"]);
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "inducted:lathe"]);
    world.apply();
    for file in [
        "members/00/0001/member.json",
        "members/00/0001/contact.json",
        "members/00/0001/inductions/lathe.json",
        "tiers/maker.json",
        "channels/talk.json",
    ] {
        let path = world.space_dir().join(file);
        let before = std::fs::read(&path).unwrap();
        let git = |args: &[&str]| {
            let mut git = std::process::Command::new("git");
            git.args(args).current_dir(world.space_dir()).env("HOME", world.dir.path());
            assert!(git.output().unwrap().status.success(), "{args:?}");
        };
        let commit = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            git(&["add", "-A"]);
            git(&["commit", "--no-verify", "-m", "changed"]);
        };
        commit(b"{");
        assert_eq!(world.apply(), [""; 0], "{file}");
        assert_eq!(world.slack.inside("talk"), ["Ada Lovelace"], "{file}");
        commit(&before);
    }
    assert_eq!(world.apply(), [""; 0]);
}
