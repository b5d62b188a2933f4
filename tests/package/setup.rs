//! `space door setup` as somebody goes through it who has a new machine, a server, and a board.

use std::{fs, path::Path};

use crate::{
    desk::{Board, Terminal},
    life::{self, SERVER},
    machine::Machine,
    sshd,
};

const SETUP: &str = "space door setup";
const DEPLOY_KEY: &str = "/var/lib/space-fetch/.ssh/id_ed25519";

/// Sets the machine up by typed answers, with an interruption and with what goes wrong on the way. Returns
/// the board that is then at its door.
pub(crate) fn by_its_answers(machine: &Machine) -> Option<Board> {
    let server = machine.at("root/server");
    fs::create_dir(&server).unwrap();
    let authorized = server.join("authorized");
    fs::write(&authorized, "").unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let port = sshd::start(&server, &authorized, &path)?;
    let url = format!("ssh://root@127.0.0.1:{port}{}", machine.at(SERVER).display());
    let key = machine.root_does(&["space", "-C", SERVER, "key", "export"]).trim().to_owned();
    let other = "0".repeat(key.len());
    fs::write(machine.at("root/other.key"), &other).unwrap();
    refusals(machine, &url);

    // Somebody stops where the key has to be brought to the server.
    let mut setup = Terminal::of(machine, SETUP);
    setup.answer("Shared repository", &format!("{url}\n"));
    setup.sees("as space-door: space door clone --mirror /var/lib/space-fetch/mirror.git");
    setup.answer("Do all this? (y/N)", "y\n");
    setup.sees(&fingerprint(&server));
    setup.answer("Is that the right one? (y/N)", "y\n");
    setup.sees("does not let this machine in yet");
    setup.answer("Press Enter once that is done", "\x03");
    setup.end();
    let ours = fs::read_to_string(machine.at(DEPLOY_KEY)).unwrap();
    let public = fs::read_to_string(machine.at(&format!("{DEPLOY_KEY}.pub"))).unwrap();
    // It would be left by a machine that was switched off while it fetched.
    machine.does("space-fetch", &["mkdir", "/var/lib/space-fetch/mirror.git.new"]);

    let mut board = Board::plug_in(machine);
    let mut setup = Terminal::of(machine, SETUP);
    setup.answer("Shared repository", &format!("{url}\n"));
    setup.answer("Do all this? (y/N)", "y\n");
    setup.sees(public.trim());
    fs::write(&authorized, &public).unwrap();
    setup.answer("Press Enter once that is done", "\n");
    setup.answer("File with the key of the space", "/root/none.key\n");
    setup.sees("cannot read /root/none.key");
    setup.answer("File with the key of the space", "/root/other.key\n");
    setup.sees("but the codes of Makers were hashed with key");
    setup.answer("File with the key of the space", "\n");
    setup.answer("Key of the space", &format!("{key}\n"));
    setup.answer("What opens the doors", "\n");
    setup.answer("Button and contact on pins of door 1", "\n");
    setup.sees("the facilities of the records: frontdoor");
    setup.answer("Facility at reader 1", "attic\n");
    setup.sees("there is no facility `attic`");
    setup.answer("Facility at reader 1 [frontdoor]", "\n");
    setup.answer("Relay that opens it [1]", "\n");
    setup.answer("Facility at reader 2", "\n");
    setup.sees("/etc/space/door.toml is new, root:root, mode 0644");
    setup.sees("[doors.frontdoor]");
    setup.answer("Do all this? (y/N)", "y\n");
    setup.answer("Hold a fob to the reader of frontdoor", "\n");
    setup.sees("nothing came from the reader");
    setup.sees("Hold a fob to the reader of frontdoor");
    board.hold("15408774");
    board.unlocks(1);
    setup.answer("", "\n");
    setup.sees("granted: member 0001");
    setup.answer("Unlock frontdoor for a moment now?", "\n");
    setup.answer("Did it open?", "\n");
    let (screen, well) = setup.end();
    assert!(well, "{screen}");
    assert!(!screen.contains(&key) && !screen.contains(&other), "{screen}");
    assert!(screen.contains("this machine opens its doors"), "{screen}");
    assert_eq!(fs::read_to_string(machine.at(DEPLOY_KEY)).unwrap(), ours, "the key is kept");
    owners(machine);
    fs::remove_file(machine.at("root/other.key")).unwrap();
    again(machine);
    Some(board)
}

/// What is wrong is told before anything is done, and what would be done can be read.
fn refusals(machine: &Machine, url: &str) {
    let shown = machine.root_does(&["space", "door", "setup", "--dry-run", "--remote", url]);
    assert!(shown.contains("as space-fetch: ssh-keygen -q -t ed25519 -N ''"), "{shown}");
    let refused = |user: &str, options: &[&str], words: &str| {
        let line = [&["space", "door", "setup"], options].concat();
        let done = machine.online(user, &line).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success() && said.contains(words), "{line:?}: {said}");
    };
    refused("space-door", &[], "only root can set a machine up");
    refused("root", &[], "the address of the shared repository is missing");
    refused("root", &["--remote", url], "the key of the space is missing");
    let all = ["--remote", url, "--key-file", "/root/other.key"];
    refused("root", &all, "nothing was done");
    refused("root", &[&all[..], &["--yes"]].concat(), "--host-key SHA256:");
    let wrong = [&all[..], &["--yes", "--host-key", "SHA256:xyz"]].concat();
    refused("root", &wrong, "this is not the right server");
    // The key for the server stays, and with it what was given to the server.
    assert!(machine.at(DEPLOY_KEY).exists() && !machine.at("var/lib/space/space.git").exists());
}

/// Returns the fingerprint that the admin of a server sees there.
fn fingerprint(server: &Path) -> String {
    let mut keygen = std::process::Command::new("ssh-keygen");
    let shown = crate::made::run(keygen.arg("-l").arg("-f").arg(server.join("host.pub")));
    shown.split_whitespace().find(|it| it.starts_with("SHA256:")).unwrap().to_owned()
}

/// Everything belongs to whom it has to belong.
fn owners(machine: &Machine) {
    for (path, expected) in [
        ("/etc/space/door.toml", "root:root 644"),
        (DEPLOY_KEY, "space-fetch:space-fetch 600"),
        ("/var/lib/space-fetch/mirror.git", "space-fetch:space-fetch 750"),
        ("/var/lib/space/space.git", "space-door:space-door 750"),
        ("/var/lib/space/space.git/space/key", "space-door:space-door 600"),
    ] {
        let shown = machine.root_does(&["stat", "-c", "%U:%G %a", path]);
        assert_eq!(shown.trim(), expected, "{path}");
    }
}

/// Once more without anybody there: what is here is kept, and a difference is shown and not written.
fn again(machine: &Machine) {
    let before = fs::read_to_string(machine.at("etc/space/door.toml")).unwrap();
    let said = machine.root_does(&["space", "door", "setup", "--yes"]);
    for words in ["the records and their key are here already", "is kept", "every device answers"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let other = ["space", "door", "setup", "--simulated", "--facility", "frontdoor=reader2"];
    let refused = machine.command("root", &[&other[..], &["--yes"]].concat()).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is here already, and differs"));
    let shown = machine.root_does(&[&other[..], &["--dry-run"]].concat());
    assert!(
        shown.contains("- strikes = [\"board:1\"]") && shown.contains("+ strikes = [\"sim:2\"]"),
        "{shown}"
    );
    let stranger =
        ["space", "door", "setup", "--simulated", "--facility", "attic=reader1", "--anew", "--yes"];
    let refused = machine.command("root", &stranger).output().unwrap();
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("the records have no facility `attic`")
    );
    assert_eq!(fs::read_to_string(machine.at("etc/space/door.toml")).unwrap(), before);
    assert_eq!(life::enabled(machine), ["enabled"; 2]);
}
