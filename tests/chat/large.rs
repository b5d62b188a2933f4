//! A space of a thousand members. How long it takes is measured elsewhere; here it is counted.

use std::fs;

use space::app::chat;

use crate::world::{World, now};

#[test]
fn a_thousand_members_take_as_few_requests_as_pages_allow() {
    let world = World::new(&["Ada Lovelace"]);
    let _ = world.slack.person("Ada Lovelace", Some("ada.lovelace@example.org"));
    let _ = world.slack.channel("talk", false);
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "good-standing"]);
    // As an admin with an editor would: every further member is a copy of the first.
    let members = world.space_dir().join("members");
    for number in 2..=1000_u32 {
        let id = format!("{number:04}");
        let folder = members.join(&id[..id.len() - 2]).join(&id);
        fs::create_dir_all(&folder).unwrap();
        for file in ["member.json", "contact.json"] {
            let text = fs::read_to_string(members.join("00/0001").join(file)).unwrap();
            let text = text.replace("Ada Lovelace", &format!("Member {id}"));
            fs::write(folder.join(file), text.replace("ada.", &format!("m{id}."))).unwrap();
        }
        let _ = world
            .slack
            .person(&format!("Member {id}"), Some(&format!("m{id}.lovelace@example.org")));
    }
    for args in [["add", "-A", "."], ["commit", "--no-verify", "-mmany"]] {
        let mut git = std::process::Command::new("git");
        git.args(args).current_dir(world.space_dir()).env("HOME", world.dir.path());
        assert!(git.output().unwrap().status.success(), "{args:?}");
    }
    let store = world.store();
    let head = store.read(store.head().unwrap()).unwrap();
    let look = chat::look(&head, &mut world.chat(), None, false, now()).unwrap();
    assert_eq!(look.steps(), 1000);
    let asked = ["users.list", "users.list", "conversations.list", "conversations.members"];
    assert_eq!(world.slack.requests(), asked, "one page holds 999");
    assert_eq!(world.apply().len(), 1000);
    let invited = world.slack.requests().iter().filter(|it| *it == "conversations.invite").count();
    assert_eq!(invited, 10, "a hundred at a time");
    assert_eq!(world.apply(), [""; 0]);
}
