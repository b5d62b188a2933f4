//! Tests the source against the table of which folder may use which, and against the house rules
//! that a program can check.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "layering/names.rs"]
mod names;
#[path = "layering/tree.rs"]
mod tree;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use tree::Tree;

/// A folder or file at the top of `src`, and what it may use; a folder planned for later may be
/// missing.
const MAY_USE: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("disk", &[]),
    ("left_out", &[]),
    ("service", &["domain"]),
    ("time_zones", &[]),
    ("domain", &["time_zones"]),
    ("store", &["disk", "domain"]),
    ("hardware", &["domain", "left_out"]),
    ("integrations", &["disk", "domain", "left_out"]),
    ("config", &["domain", "hardware", "left_out"]),
    ("control", &["domain"]),
    (
        "app",
        &[
            "clock",
            "config",
            "control",
            "domain",
            "integrations",
            "left_out",
            "store",
            "time_zones",
        ],
    ),
    (
        "door",
        &["clock", "config", "control", "domain", "hardware", "service", "store", "time_zones"],
    ),
    (
        "bridge",
        &[
            "app",
            "clock",
            "config",
            "disk",
            "domain",
            "integrations",
            "service",
            "store",
            "time_zones",
        ],
    ),
    (
        "web",
        &[
            "app",
            "clock",
            "config",
            "control",
            "disk",
            "domain",
            "integrations",
            "left_out",
            "service",
            "store",
            "time_zones",
        ],
    ),
    (
        "building",
        &[
            "app",
            "clock",
            "config",
            "control",
            "disk",
            "domain",
            "hardware::thermometer",
            "integrations",
            "service",
            "store",
            "time_zones",
        ],
    ),
    (
        "chat",
        &[
            "app",
            "clock",
            "config",
            "control",
            "disk",
            "domain",
            "integrations",
            "service",
            "store",
            "time_zones",
        ],
    ),
    (
        "guard",
        &[
            "clock",
            "config::guard",
            "domain::guard",
            "hardware::relay",
            "hardware::thermometer",
            "service",
        ],
    ),
    ("simulation", &["app", "config", "control", "domain", "door", "hardware", "store"]),
    (
        "cli",
        &[
            "app",
            "bridge",
            "building",
            "chat",
            "clock",
            "config",
            "control",
            "disk",
            "domain",
            "door",
            "guard",
            "hardware",
            "integrations",
            "service",
            "simulation",
            "store",
            "time_zones",
            "web",
        ],
    ),
    ("main", &["cli"]),
    ("bin", &["guard"]),
    ("lib", &[]),
];

/// What the nouns of the command line share.
const SHARED_BY_NOUNS: &[&str] =
    &["advice", "answers", "as_user", "context", "input", "opened", "output", "write"];

/// Files that still use one another in a circle, to be separated.
const CIRCLES: &[&str] = &[];

/// Inside the domain, each folder may use those before it.
const DOMAIN_ORDER: &[&str] = &[
    "guard", "model", "sources", "alarms", "records", "money", "schedule", "dues", "payments",
    "notices", "posts", "access", "meters", "people", "heat", "check", "effect", "follow", "merge",
    "ops", "messages", "report",
];

/// What reaches outside the program; the domain uses none of it.
const WORLD: &[&str] =
    &["std::fs", "std::net", "std::process", "std::env", "std::thread", "tokio", "git2"];

/// The source, read once for all tests.
static TREE: LazyLock<Tree> = LazyLock::new(|| Tree::new(sources()));

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from("src")];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 30, "the sources were not found");
    found
}

/// Returns the code of a file, without comments and the tests at its end.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end]
        .lines()
        .map(|line| line.trim_start())
        .filter(|line| !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn part(path: &Path, depth: usize) -> String {
    let name = path.components().nth(depth).unwrap().as_os_str().to_str().unwrap();
    name.trim_end_matches(".rs").to_owned()
}

#[test]
fn every_folder_uses_only_what_lies_below_it() {
    for (module, path) in TREE.modules() {
        let top = part(path, 1);
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == top)
            .unwrap_or_else(|| panic!("{top} is missing from the table in this test"));
        for used in TREE.used(module) {
            let Some(first) = used.module().first() else { continue };
            let used = used.module().join("::");
            let may = |it: &&str| used == *it || used.starts_with(&format!("{it}::"));
            assert!(
                *first == top || allowed.iter().any(may),
                "{}: {top} may not use {used}",
                path.display()
            );
        }
    }
}

#[test]
fn inside_the_domain_nothing_runs_back_up() {
    let height = |name: &str| DOMAIN_ORDER.iter().position(|n| *n == name);
    for (module, path) in TREE.modules() {
        let [domain, folder, ..] = module.as_slice() else { continue };
        if domain != "domain" {
            continue;
        }
        let own = height(folder).unwrap_or_else(|| panic!("{folder} has no place in the order"));
        for used in TREE.used(module) {
            let [domain, name, ..] = used.module().as_slice() else { continue };
            if domain == "domain" {
                let used = height(name).unwrap();
                assert!(used <= own, "{}: {folder} may not use {name}", path.display());
            }
        }
    }
}

/// What several nouns need lies below all of them: in `app`, or in what the command line shares.
#[test]
fn no_noun_of_the_command_line_uses_another() {
    let noun = |module: &[String]| match module {
        [cli, noun, ..] if cli == "cli" && !SHARED_BY_NOUNS.contains(&noun.as_str()) => {
            Some(noun.clone())
        }
        _ => None,
    };
    for (module, path) in TREE.modules() {
        let Some(own) = noun(module) else { continue };
        for used in TREE.used(module) {
            if let Some(other) = noun(used.module()) {
                assert_eq!(own, other, "{}: {own} may not use {other}", path.display());
            }
        }
    }
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    let found: Vec<String> = TREE
        .circles()
        .iter()
        .map(|files| {
            let names: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
            names.join(" ")
        })
        .collect();
    assert_eq!(found, CIRCLES, "the list of circles that are left may only become shorter");
}

#[test]
fn the_domain_never_touches_the_world() {
    for (path, text) in sources() {
        if !path.starts_with("src/domain") {
            continue;
        }
        let code = code(&text);
        for outside in WORLD {
            assert!(
                !code.contains(&format!("{outside}::"))
                    && !code.contains(&format!("use {outside}")),
                "{} reaches {outside}",
                path.display()
            );
        }
    }
}

/// It is to move to a microcontroller as it is; `tests/guard.rs` compiles it for one.
#[test]
fn the_rules_of_the_guard_need_nothing_but_core() {
    let mut files = 0;
    for (path, text) in sources() {
        if !path.starts_with("src/domain/guard") || path.starts_with("src/domain/guard/tests") {
            continue;
        }
        files += 1;
        let code = code(&text);
        for more in ["std::", "alloc", "f32", "f64", "Vec", "String", "Box", "crate::"] {
            assert!(!code.contains(more), "{} uses {more}", path.display());
        }
    }
    assert!(files >= 8, "{files} files");
}

/// It speaks through files and does not listen. `service` tells systemd that it is alive.
#[test]
fn the_guard_has_no_network_no_socket_and_starts_nothing() {
    let parts = [
        "src/guard",
        "src/domain/guard",
        "src/config/guard",
        "src/hardware/relay",
        "src/hardware/thermometer",
        "src/service",
    ];
    let reaches = [
        "::net",
        "Socket",
        "UnixListener",
        "UnixStream",
        "UnixDatagram",
        "process::Command",
        "hyper",
        "axum",
        "git2",
        "rustix::net",
    ];
    for part in parts {
        let files: Vec<_> =
            sources().into_iter().filter(|(path, _)| path.starts_with(part)).collect();
        assert!(files.len() > 2, "{part}");
        for (path, text) in files {
            for it in reaches {
                assert!(!code(&text).contains(it), "{} uses {it}", path.display());
            }
        }
    }
}

/// What somebody can do next is a value below the command line; a page puts it differently.
#[test]
fn only_the_command_line_knows_its_commands() {
    let nouns: Vec<String> = fs::read_dir("src/cli")
        .unwrap()
        .map(|entry| part(&entry.unwrap().path(), 2))
        .filter(|noun| noun != "mod" && !SHARED_BY_NOUNS.contains(&noun.as_str()))
        .collect();
    assert!(nouns.len() > 20, "{nouns:?}");
    for (path, text) in sources() {
        if matches!(part(&path, 1).as_str(), "cli" | "main") {
            continue;
        }
        let code = code(&text);
        for noun in &nouns {
            for command in
                [format!("space {noun} "), format!("space {noun}`"), format!("space {noun}\"")]
            {
                assert!(!code.contains(&command), "{} says {command}", path.display());
            }
        }
    }
}

/// The recurrence library and its dates stay in one file, and so do their mistakes.
#[test]
fn one_file_knows_rrule_and_chrono() {
    let knows = |text: &str| ["rrule::", "chrono::"].iter().any(|name| code(text).contains(name));
    let found: Vec<_> =
        sources().into_iter().filter(|(_, text)| knows(text)).map(|(path, _)| path).collect();
    assert_eq!(found, [PathBuf::from("src/domain/schedule/plain.rs")]);
}

/// Whatever AWS's library does differently one day concerns one folder.
#[test]
fn one_folder_knows_aws() {
    for (path, text) in sources() {
        let knows =
            ["aws_sdk", "aws_config", "aws_smithy"].iter().any(|it| code(&text).contains(it));
        let may = path.starts_with("src/integrations/queue/sqs");
        assert!(may || !knows, "{} uses AWS's library", path.display());
    }
}

/// Reading the names of all zones is the slowest part of a short command.
#[test]
fn one_file_asks_for_time_zones_by_name() {
    let asks = |text: &str| code(text).contains("TimeZone::get(");
    let found: Vec<_> =
        sources().into_iter().filter(|(_, text)| asks(text)).map(|(path, _)| path).collect();
    assert_eq!(found, [PathBuf::from("src/time_zones.rs")]);
}

/// Every other subject is put together from parts that name nobody.
#[test]
fn only_the_history_takes_a_subject_as_it_is() {
    let takes = |text: &str| code(text).contains("Subject::of_commit(");
    let found: Vec<_> =
        sources().into_iter().filter(|(_, text)| takes(text)).map(|(path, _)| path).collect();
    assert_eq!(found, ["src/store/history/log.rs", "src/store/history/undo.rs"].map(PathBuf::from));
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines: a second idea has moved in", path.display());
        assert!(text.starts_with("//! "), "{} does not say what it is for", path.display());
        for name in ["utils", "helpers", "common", "misc"] {
            assert_ne!(part(&path, path.components().count() - 1), name, "{}", path.display());
        }
    }
}

#[test]
fn nothing_is_left_half_done() {
    let marks = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!(")];
    for (path, text) in sources() {
        for mark in marks {
            assert!(!text.contains(mark), "{} contains {mark}", path.display());
        }
    }
}
