//! What fails around the web: the repository, the doors, the disk. It says so, goes on, and loses
//! nothing.

use std::{
    fs::{self, File},
    process::{Command, Stdio},
};

use crate::{
    running::Running,
    world::{ADA, Web, World},
};

const VERIFY: &str = "/verify?thing=laser&token=15408774";

#[track_caller]
fn verified(web: &Web) {
    let (status, text) = web.get("", VERIFY);
    assert_eq!(status, 200);
    assert!(text.contains("\"access\":1"), "{ADA}: {text}");
}

const CAROL: &[(&str, &str)] = &[("name", "Carol"), ("tier", "guest")];

#[test]
fn while_somebody_else_writes_a_change_waits_and_then_says_who() {
    let world = World::new();
    let web = world.web();
    let (_, page) = web.post("admin", "/members/add", CAROL);
    let base = crate::world::hidden(&page, "base").to_owned();
    let commit = [CAROL, &[("base", &base), ("step", "commit")]].concat();
    let lock = File::options().write(true).open(world.space().join(".git/space/lock")).unwrap();
    lock.lock().unwrap();
    let (status, page) = web.post("admin", "/members/add", &commit);
    assert_eq!(status, 409, "{page}");
    assert!(page.contains("value=\"Carol\""), "what was typed is still there: {page}");
    verified(&web);
    drop(lock);
    let (status, page) = web.post("admin", "/members/add", &commit);
    assert!(status == 200 && page.contains("Done"), "{page}");
}

/// Whoever holds a fob to a machine need not suffer for what an admin breaks.
#[test]
fn with_a_broken_repository_pages_say_so_and_things_go_on() {
    let world = World::new();
    let web = world.web();
    let git = world.space().join(".git");
    let head = fs::read_to_string(git.join("HEAD")).unwrap();
    let branch = git.join(head.trim().trim_start_matches("ref: "));
    let commit = fs::read(&branch).unwrap();
    for broken in [&b"oops\n"[..], b"", b"0123456789012345678901234567890123456789\n"] {
        fs::write(&branch, broken).unwrap();
        for path in ["/members/add", "/requirements", "/members", "/history"] {
            let (status, page) = web.get("admin", path);
            assert!(matches!(status, 409 | 422 | 503), "{path}: {status} {page}");
            assert!(page.contains("role=\"alert\"") && page.contains("</html>"), "{path}: {page}");
        }
        assert_ne!(web.post("admin", "/members/add", CAROL).0, 200);
        assert_eq!(web.get("admin", "/").0, 200);
        verified(&web);
    }
    fs::write(&branch, commit).unwrap();
    assert_eq!(web.post("admin", "/members/add", CAROL).0, 200);
    world.good(&["check"]);
}

#[test]
fn without_its_repository_it_waits_for_it() {
    let world = World::new();
    let web = world.web();
    verified(&web);
    let away = world.beside("away");
    fs::rename(world.space(), &away).unwrap();
    let (status, page) = web.get("admin", "/members/add");
    assert!(matches!(status, 422 | 503), "{status} {page}");
    assert!(page.contains("role=\"alert\""), "{page}");
    verified(&web);
    fs::rename(&away, world.space()).unwrap();
    assert_eq!(web.get("admin", "/members/add").0, 200);
    verified(&web);
    assert_eq!(world.activities().len(), 3, "nothing is lost");
}

#[test]
fn without_its_door_the_pages_say_that_it_does_not_run() {
    let world = World::new();
    let web = world.web();
    let (status, page) = web.get("admin", "/hardware");
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("role=\"alert\""), "{page}");
    for (path, fields) in [
        ("/hardware", &[("door", "frontdoor"), ("order", "unlock")][..]),
        ("/simulator", &[("facility", "frontdoor"), ("fob", ADA)]),
    ] {
        let (_, page) = web.post("admin", path, fields);
        assert!(page.contains("role=\"alert\"") && page.contains("</html>"), "{path}: {page}");
    }
}

/// Like on a full disk: no file may grow beyond half a kilobyte, until that limit is removed.
#[test]
fn on_a_full_disk_answers_go_out_and_activities_wait_in_memory() {
    let world = World::new();
    let direct = world.command(&["web", "run", "--json"]);
    let mut limited = Command::new("sh");
    limited.arg("-c").arg("trap '' XFSZ; ulimit -S -f 1; exec \"$0\" \"$@\"");
    limited.arg(direct.get_program()).args(direct.get_args()).current_dir(world.space());
    for (name, value) in direct.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    let web = world.found(Running::new(limited.stdout(Stdio::piped()).spawn().unwrap()));
    for _ in 0..8 {
        verified(&web);
    }
    web.running.wait("trouble");
    let (status, page) = web.get("view", "/ask");
    assert!(status == 200 && page.contains("role=\"alert\""), "every page says so: {page}");
    assert!(world.activities().len() < 8);
    let pid = web.running.child.id().to_string();
    let mut lift = Command::new("prlimit");
    let lifted = lift.args(["--pid", &pid, "--fsize=unlimited:unlimited"]).status();
    assert!(lifted.unwrap().success(), "util-linux has prlimit");
    verified(&web);
    let all = std::iter::repeat_with(|| world.activities().len());
    assert!(all.take(100).any(|count| count == 9), "nothing is lost");
    let (_, page) = web.get("view", "/ask");
    assert!(!page.contains("role=\"alert\""), "{page}");
}
