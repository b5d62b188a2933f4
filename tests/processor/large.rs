//! A space of a thousand members. How long it takes is measured elsewhere; here it is counted.

use std::fs;

use crate::world::World;

#[test]
fn a_thousand_members_take_as_few_requests_as_pages_allow() {
    let world = World::new(&["Ada Lovelace"]);
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
    }
    for args in [["add", "-A", "."], ["commit", "--no-verify", "-mmany"]] {
        let mut git = std::process::Command::new("git");
        git.args(args).current_dir(world.space_dir()).env("HOME", world.dir.path());
        assert!(git.output().unwrap().status.success(), "{args:?}");
    }
    assert_eq!(world.apply().len(), 1000);
    world.everybody_pays();
    let before = world.there.requests();
    assert_eq!(world.apply(), [""; 0]);
    assert_eq!(world.there.requests() - before, 20, "ten pages of each");
}
