//! One file of everything, a machine made from it, and the drill.

use std::{fs, path::Path};

use super::support::World;

const PASSPHRASE: [&str; 2] = ["--passphrase-file", "passphrase"];

/// A shared repository, a clone of it with Ada, her fob, an activity, and a configuration.
fn world() -> World {
    let world = World::new();
    let init = ["init", "--bare", "shared.git", "--name", "Makers", "--zone", "Europe/London"];
    world.space(".", &init).good();
    world.space("shared.git", &["key", "export", "--to", "../the.key"]).good();
    world.space(".", &["clone", "shared.git", "makers", "--key", "the.key"]).good();
    world.space("makers", &["member", "add", "Ada", "--paid-until", "2027-01-01"]).good();
    let fob = ["credential", "add", "--member", "ada", "--fob", "15408774", "--tag", "ada-fob"];
    world.space("makers", &fob).good();
    world.space("makers", &["sync"]).good();
    let commit = world.git("makers", &["rev-parse", "HEAD"]).good().out;
    let line = format!(
        r#"{{"time":"2026-03-02T18:00:00Z","facility":"frontdoor","member":"0001","result":"granted","reason":"priority-suffices","tag":"ada-fob","type":"fob","commit":"{}","priority":1,"required":1}}"#,
        commit.trim()
    );
    world.write("makers/.git/space/journal/door-2026-03.jsonl", line + "\n");
    world.write("makers/.git/space/applications/waiting/one.json", "{}");
    for other in ["journal/machine-key", "journal/last-good", "cache/members", "bridge.lock"] {
        world.write(&format!("makers/.git/space/{other}"), "of this machine");
    }
    world.write("passphrase", "wet paint on the lathe\n");
    world
}

fn bundle(world: &World) {
    let args = [&["-C", "makers", "backup", "bundle", "makers.tar.age"][..], &PASSPHRASE].concat();
    world.space(".", &args).good().says(&["wrote makers.tar.age", "sealed by the passphrase"]);
}

fn restore(world: &World, more: &[&str]) -> super::support::Said {
    let args = [&["backup", "restore", "makers.tar.age"][..], &PASSPHRASE, more].concat();
    world.space(".", &args)
}

#[test]
fn a_machine_made_from_a_bundle_works_as_the_former_one_did() {
    let world = world();
    world.git("makers", &["branch", "draft"]).good();
    bundle(&world);
    let text = fs::read(world.path("makers.tar.age")).unwrap();
    let key = fs::read_to_string(world.path("the.key")).unwrap();
    for secret in ["Ada", "ada-fob", "records.bundle", key.trim()] {
        let found = text.windows(secret.len()).any(|it| it == secret.as_bytes());
        assert!(!found, "{secret} is in clear");
    }
    fs::remove_dir_all(world.path("makers")).unwrap();

    restore(&world, &["new"]).good().says(&[
        "restored Makers into new",
        "1 decided again, 0 differently",
        "is here and fits",
        "can be restored",
    ]);
    assert_eq!(world.members("new"), ["Ada"]);
    assert_eq!(world.git("new", &["status", "--porcelain"]).good().out, "");
    world.space("new", &["activity", "list"]).good().says(&["0001 Ada"]);
    assert!(world.path("new/.git/space/applications/waiting/one.json").exists());
    for left_out in ["journal/machine-key", "journal/last-good", "bridge.lock"] {
        assert!(!world.path("new/.git/space").join(left_out).exists(), "{left_out}");
    }
    let tried = ["door", "try", "--facility", "frontdoor", "--fob", "15408774"];
    world.space("new", &tried).good().says(&["granted"]);
    world.git("new", &["rev-parse", "--verify", "draft"]).good();
    // It is a clone of the shared repository as before: hooks, joining, and all.
    world.space("new", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("new", &["sync"]).good().says(&["pushed"]);
    assert_eq!(world.members("shared.git"), ["Ada", "Bob"]);
    world.write("new/tiers/bad.json", "{");
    world.git("new", &["add", "."]).good();
    world.git("new", &["commit", "-m", "by hand"]).refused(&["[no-json]"]);
}

#[test]
fn without_a_folder_everything_goes_to_where_it_was() {
    let world = world();
    world.write(
        "etc/door.toml",
        format!("space = {:?}\njournal = {:?}\n", world.path("makers"), world.path("var/journal"),),
    );
    fs::create_dir(world.path("var")).unwrap();
    let journal = "makers/.git/space/journal";
    fs::rename(world.path(journal), world.path("var/journal")).unwrap();
    let run = |args: &[&str]| {
        let all = [args, &PASSPHRASE].concat();
        let mut command = world.command("space", ".", &all);
        command.env("SPACE_CONFIG", "etc/door.toml");
        super::support::Said::of(&mut command)
    };
    run(&["-C", "makers", "backup", "bundle", "makers.tar.age"]).good();
    let config = fs::read(world.path("etc/door.toml")).unwrap();
    run(&["backup", "restore", "makers.tar.age"])
        .refused(&["makers", "is there already, and nothing is overwritten"]);
    for gone in ["makers", "var", "etc"] {
        fs::remove_dir_all(world.path(gone)).unwrap();
    }
    world.write("etc/door.toml", "# of the new machine\n");
    run(&["backup", "restore", "makers.tar.age"]).refused(&["etc/door.toml", "is there already"]);
    assert!(!world.path("makers").exists() && !world.path("var").exists());

    fs::remove_dir_all(world.path("etc")).unwrap();
    run(&["backup", "restore", "makers.tar.age"]).good().says(&["1 decided again"]);
    assert_eq!(fs::read(world.path("etc/door.toml")).unwrap(), config);
    assert!(world.path("var/journal/door-2026-03.jsonl").exists());
    assert_eq!(world.members("makers"), ["Ada"]);
}

#[test]
fn the_clone_of_a_door_comes_back_as_one() {
    let world = world();
    world.space(".", &["door", "clone", "shared.git", "door.git"]).good();
    world.space("door.git", &["key", "import", "../the.key"]).good();
    let args =
        [&["-C", "door.git", "backup", "bundle", "makers.tar.age"][..], &PASSPHRASE].concat();
    world.space(".", &args).good();
    restore(&world, &["new.git"]).good();
    world.space("new.git", &["member", "add", "Bob"]).refused(&["clone of a door"]);
    world.space("makers", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("makers", &["sync"]).good();
    world.space("new.git", &["sync"]).good().says(&["in step"]);
    assert_eq!(world.members("new.git"), ["Ada", "Bob"]);
    world.git("shared.git", &["update-ref", "refs/heads/main", "main~1"]).good();
    world.space("new.git", &["sync"]).refused(&["was rewritten"]);
}

#[test]
fn what_was_cut_short_or_tampered_with_is_refused_before_anything_is_written() {
    let world = world();
    bundle(&world);
    let whole = fs::read(world.path("makers.tar.age")).unwrap();
    let untouched = |why: &[&str]| {
        restore(&world, &["new"]).refused(why);
        assert!(!world.path("new").exists(), "{why:?}");
        let verify = [&["backup", "verify", "makers.tar.age"][..], &PASSPHRASE].concat();
        world.space(".", &verify).refused(why);
    };
    for length in [30, whole.len() / 2, whole.len() - 1] {
        world.write("makers.tar.age", &whole[..length]);
        untouched(&["is damaged", "nothing was written"]);
    }
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    world.write("makers.tar.age", &changed);
    untouched(&["is damaged: it is not as it was written"]);
    world.write("makers.tar.age", &whole);
    world.write("passphrase", "wet paint on the table\n");
    untouched(&["the passphrase does not open"]);
    world.write("passphrase", "short\n");
    untouched(&["fewer than 12 characters"]);
    world.write("makers.tar.age", "not sealed");
    world.write("passphrase", "wet paint on the lathe\n");
    restore(&world, &["new"]).refused(&["is not sealed by a passphrase"]);
}

#[test]
fn a_bundle_is_made_with_the_key_or_not_at_all_and_never_over_a_file() {
    let world = world();
    bundle(&world);
    let before = fs::read(world.path("makers.tar.age")).unwrap();
    let again = [&["-C", "makers", "backup", "bundle", "makers.tar.age"][..], &PASSPHRASE].concat();
    world.space(".", &again).refused(&["already exists"]);
    assert_eq!(fs::read(world.path("makers.tar.age")).unwrap(), before);
    let other = [&["-C", "makers", "backup", "bundle", "other.tar.age"][..], &PASSPHRASE].concat();
    fs::remove_file(world.path("makers/.git/space/key")).unwrap();
    world.space(".", &other).refused(&["key"]);
    assert!(!world.path("other.tar.age").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(world.path("makers.tar.age")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn what_is_not_committed_is_told_to_be_left_out() {
    let world = world();
    world.edit("makers/space.json", "Makers", "Our makers");
    let args = [&["-C", "makers", "backup", "bundle", "makers.tar.age"][..], &PASSPHRASE].concat();
    world.space(".", &args).good().says(&["not committed", "space.json"]);
}

#[test]
fn activities_that_come_out_differently_make_a_bundle_no_good() {
    let world = world();
    world.edit("makers/.git/space/journal/door-2026-03.jsonl", "\"priority\":1", "\"priority\":7");
    bundle(&world);
    let verify = [&["backup", "verify", "makers.tar.age"][..], &PASSPHRASE].concat();
    world.space(".", &verify).refused(&[
        "1 differently",
        "cannot be restored",
        "1 of 1 activities",
    ]);
    world.space("makers", &["drill"]).refused(&["1 of 1 activities comes out differently"]);
}

#[test]
fn the_drill_ends_with_a_door_that_answers() {
    let world = world();
    let before = files(&world.path("makers"));
    let said = world.space("makers", &["drill", "--json"]).good();
    let drill: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let steps = drill["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 3, "{drill}");
    let sum: u64 = steps.iter().map(|it| it["ms"].as_u64().unwrap()).sum();
    assert_eq!(drill["total_ms"].as_u64(), Some(sum));
    assert_eq!(drill["verified"]["decided"], 1);
    assert_eq!(files(&world.path("makers")), before, "this machine goes on as it was");

    bundle(&world);
    let taken = [&["drill", "--bundle", "makers.tar.age"][..], &PASSPHRASE].concat();
    world.space(".", &taken).good().says(&["its door answers", "altogether"]);
    let mut bytes = fs::read(world.path("makers.tar.age")).unwrap();
    bytes.pop();
    world.write("makers.tar.age", bytes);
    world.space(".", &taken).refused(&["is damaged"]);
}

/// Returns the names of all files in a folder other than caches.
fn files(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with("space/cache") => {}
                true => open.push(path),
                false => found.push(path.display().to_string()),
            }
        }
    }
    found.sort();
    found
}

/// The page for the bad day is short enough for a bad day, and names commands that exist.
#[test]
fn the_page_for_the_bad_day_has_five_commands() {
    let readme = include_str!("../../README.md");
    let (_, page) = readme.split_once("### The bad day").unwrap();
    let (page, _) = page.split_once("\n## ").unwrap();
    let commands: Vec<&str> = page.lines().filter_map(|it| it.strip_prefix("    ")).collect();
    assert_eq!(commands.len(), 5, "{commands:?}");
    let world = World::new();
    for command in commands {
        let words: Vec<&str> = command
            .trim_start_matches("sudo ")
            .split_whitespace()
            .take_while(|it| *it != "#")
            .collect();
        if let ["space", args @ ..] = words.as_slice() {
            let verbs: Vec<&str> = args
                .iter()
                .take_while(|it| it.bytes().all(|b| b.is_ascii_lowercase()))
                .copied()
                .collect();
            world.space(".", &[&verbs[..], &["--help"]].concat()).good();
        }
    }
}
