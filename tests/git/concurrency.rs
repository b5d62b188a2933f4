//! Two commands at the same moment on one repository.

use super::support::World;

#[test]
fn of_many_commands_at_once_every_change_stands() {
    let world = World::with_space();
    let names: Vec<String> = (1..=8).map(|n| format!("Member {n}")).collect();
    let running: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let id = (n + 1).to_string();
            let args = ["member", "add", name, "--tier", "guest", "--id", &id];
            let mut command = world.command("space", "makers", &args);
            command.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in running {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(world.members("makers"), names);
    assert_eq!(world.git("makers", &["status", "--porcelain"]).good().out, "");
    let commits = world.git("makers", &["rev-list", "--count", "HEAD"]).good().out;
    assert_eq!(commits.trim(), "9");
}

#[test]
fn two_commands_at_once_never_share_a_number() {
    let world = World::with_space();
    let mut running = Vec::new();
    let names = ["Ada", "Bob", "Carl", "Dora"];
    for name in names {
        let args = ["member", "add", name, "--tier", "guest"];
        let mut command = world.command("space", "makers", &args);
        let piped = std::process::Stdio::piped;
        running.push((name, command.stdout(piped()).stderr(piped()).spawn().unwrap()));
    }
    let mut added = Vec::new();
    for (name, child) in running {
        let output = child.wait_with_output().unwrap();
        if output.status.success() {
            added.push(name.to_owned());
        } else {
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(message.contains("in the meantime") || message.contains("taken"), "{message}");
        }
    }
    let mut found = world.members("makers");
    found.sort();
    added.sort();
    assert_eq!(found, added, "who was refused is not there, and who was not is");
    assert!(!added.is_empty(), "one of them was first");
    // Whoever came too late tries again, and gets the next number.
    for name in names.iter().filter(|name| !added.contains(&(**name).to_owned())) {
        world.space("makers", &["member", "add", name, "--tier", "guest"]).good();
    }
    let mut found = world.members("makers");
    found.sort();
    assert_eq!(found, names);
    for number in 1..=names.len() {
        world.space("makers", &["member", "show", &number.to_string()]).good();
    }
}
