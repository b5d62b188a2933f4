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
fn commands_at_once_never_share_a_number_and_none_is_refused_for_one() {
    let world = World::with_space();
    let mut running = Vec::new();
    let mut names: Vec<String> = (1..=8).map(|number| format!("Member {number}")).collect();
    for name in &names {
        let args = ["member", "add", name, "--tier", "guest"];
        let mut command = world.command("space", "makers", &args);
        let piped = std::process::Stdio::piped;
        running.push(command.stdout(piped()).stderr(piped()).spawn().unwrap());
    }
    for child in running {
        let output = child.wait_with_output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "the next number is as good: {message}");
    }
    let mut found = world.members("makers");
    found.sort();
    names.sort();
    assert_eq!(found, names);
}

/// Whoever takes it for undone and repeats it adds a second member.
#[cfg(target_os = "linux")]
#[test]
fn a_change_whose_answer_cannot_be_written_is_said_to_be_committed() {
    let world = World::with_space();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command =
        world.command("space", "makers", &["member", "add", "Ada", "--tier", "guest"]);
    let output = command.stdout(full).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{message}");
    assert!(message.contains("the change is committed as"), "{message}");
    assert!(message.contains("do not repeat it"), "{message}");
    assert_eq!(world.members("makers"), ["Ada"]);
}
