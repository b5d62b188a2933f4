//! The page for the bad day, command by command, on two machines: one that dies and one that takes its place.

use std::{fs, process::Command};

use crate::{
    life::{self, Door, RECORDS, SERVER},
    machine::Machine,
    made::{package, run},
};

const PASSPHRASE: &str = "wet paint on the lathe";

/// Returns the commands of the page, without what makes them root's.
fn commands() -> Vec<String> {
    let readme = include_str!("../../README.md");
    let (_, page) = readme.split_once("### The bad day").unwrap();
    let (page, _) = page.split_once("\n## ").unwrap();
    let commands = page.lines().filter_map(|it| it.strip_prefix("    "));
    commands.map(|it| it.trim_start_matches("sudo ").to_owned()).collect()
}

#[test]
fn a_dead_machine_is_replaced_by_the_five_commands_of_the_page() {
    let Some(deb) = package() else { return };
    let Some(old) = Machine::fresh() else { return };
    life::prepare(&old);
    life::install(&old, &deb);
    life::set_up(&old);
    let mut door = Door::start(&old);
    assert_eq!(door.read("15408774"), "granted");
    door.stop();
    drop(door);
    fs::write(old.at("root/passphrase"), PASSPHRASE).unwrap();
    let trust = ["git", "config", "--global", "--add", "safe.directory", RECORDS];
    old.root_does(&trust);
    let bundle = ["space", "-C", RECORDS, "backup", "bundle", "/root/door.tar.age"];
    old.root_does(&[&bundle[..], &["--passphrase-file", "/root/passphrase"]].concat());

    let Some(new) = Machine::fresh() else { return };
    life::prepare(&new);
    fs::copy(&deb, new.at("root/space_1_amd64.deb")).unwrap();
    for name in ["door.tar.age", "passphrase"] {
        fs::create_dir_all(new.at("media/stick")).unwrap();
        fs::copy(old.at("root").join(name), new.at("media/stick").join(name)).unwrap();
    }
    // The server is not the machine that died.
    run(Command::new("cp").arg("-a").arg(old.at(SERVER)).arg(new.at(SERVER)));
    drop(old);

    let commands = commands();
    let [install, restore, enable, doctor, status] = &commands[..] else { panic!("{commands:?}") };
    let typed = |line: &str| new.root_does(&["sh", "-c", &format!("cd /root && {line}")]);
    // Nobody is there to answer a question.
    typed(&install.replace("apt install", "apt-get install --yes --quiet --no-install-recommends"));
    let said = typed(&format!("{restore} --passphrase-file /media/stick/passphrase"));
    assert!(said.contains(RECORDS), "{said}");
    // In a machine that has not booted, units are enabled and cannot be started.
    assert!(enable.contains(" --now "), "{enable}");
    typed(&enable.replace(" --now ", " "));
    assert_eq!(life::enabled(&new), ["enabled"; 2]);
    life::make_runtime(&new);
    let mut door = Door::start(&new);
    assert_eq!(door.read("15408774"), "granted");
    assert_eq!(door.read("10649959"), "denied");
    let said = new.command("root", &["sh", "-c", doctor]).output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("frontdoor"), "{said}");
    assert!(typed(status).contains("frontdoor"));
    let list = ["space", "-C", RECORDS, "activity", "list", "--json"];
    assert_eq!(
        new.does("space-door", &list).matches("granted").count(),
        2,
        "the journal came along"
    );
    door.stop();

    // What has changed since comes from the server.
    life::push(&new, &["credential", "add", "--member", "ada", "--fob", "10649959"]);
    new.serves("space-fetch.service");
    new.serves("space-follow.service");
    let mut door = Door::start(&new);
    assert_eq!(door.read("10649959"), "granted");
    door.stop();
}
