//! What is typed at a door appears in no answer, no file and no commit.

use std::{fs, path::Path};

use super::support::World;

const PASSCODE: &str = "90817263";
const FOB: &str = "7654321";

/// Returns the files in a folder that contain a text, whatever kind they are.
fn containing(dir: &Path, text: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            containing(&path, text, found);
        } else if String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(text) {
            found.push(path.display().to_string());
        }
    }
}

#[test]
fn a_code_is_stored_nowhere() {
    let world = World::with_space();
    world.space("makers", &["member", "add", "Ada", "--tier", "guest"]).good();
    world.space("makers", &["member", "add", "Bob", "--tier", "guest"]).good();
    let mut printed = String::new();
    for line in [
        format!("credential add --member ada --passcode {PASSCODE} --tag T1 --dry-run"),
        format!("credential add --member ada --passcode {PASSCODE} --tag T1 --json"),
        format!("credential add --member bob --passcode {PASSCODE}"),
        format!("credential add --member bob --passcode {PASSCODE}x"),
        format!("credential add --member bob --passcode {PASSCODE} --fob 1"),
        format!("credential add --member nobody --passcode {PASSCODE}"),
        format!("credential replace --member bob --old-passcode {PASSCODE} --passcode 1"),
        format!("door try --facility frontdoor --passcode {PASSCODE}"),
        format!("door try --facility laser --passcode {PASSCODE} --json"),
        format!("credential add --member ada --fob {FOB} --tag T2"),
        "credential show T1 --json".to_owned(),
        "credential list --json".to_owned(),
        "member show ada --json".to_owned(),
        "why ada --json".to_owned(),
        "log --files --json".to_owned(),
        format!("credential revoke --passcode {PASSCODE}"),
        format!("credential revoke --passcode {PASSCODE}"),
        "undo --yes --json".to_owned(),
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let answer = world.space("makers", &args);
        printed += &answer.out;
        printed += &answer.err;
    }
    assert!(!printed.contains(PASSCODE), "{printed}");
    let history = world.git("makers", &["log", "-p", "--all", "--format=%B"]).good().out;
    assert!(history.contains("T1.json") && history.contains("T2.json"));
    for code in [PASSCODE, FOB] {
        assert!(!history.contains(code), "{history}");
        let mut found = Vec::new();
        containing(&world.path("makers"), code, &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}

#[test]
#[cfg(unix)]
fn the_key_is_for_its_owner_alone_and_in_no_commit() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::with_space();
    let key = world.space("makers", &["key", "export"]).good().out;
    let mode = fs::metadata(world.path("makers/.git/space/key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    world.space("makers", &["member", "add", "Ada", "--tier", "guest"]).good();
    let history = world.git("makers", &["log", "-p", "--all"]).good().out;
    assert!(!history.contains(key.trim()));
    let shown = world.space("makers", &["key", "show", "--json"]).good();
    assert!(!shown.out.contains(key.trim()));
}
