//! Holds the source against the table of who may use what, and against the house rules that a
//! machine can read.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Folder or file at the top of `src`, and what of ours it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("time_zones", &[]),
    ("domain", &["time_zones"]),
    ("store", &["domain"]),
    ("hardware", &["domain"]),
    ("integrations", &["domain"]),
    ("config", &["domain", "hardware"]),
    ("control", &["domain"]),
    ("app", &["clock", "config", "control", "domain", "integrations", "store", "time_zones"]),
    ("door", &["domain", "store", "hardware", "config", "control", "clock", "time_zones"]),
    (
        "cli",
        &[
            "app",
            "clock",
            "config",
            "control",
            "domain",
            "door",
            "hardware",
            "integrations",
            "store",
            "time_zones",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Inside the domain each folder may use those before it.
const DOMAIN_ORDER: &[&str] = &[
    "model", "records", "money", "schedule", "dues", "payments", "notices", "access", "check",
    "ops", "report",
];

/// What reaches out of the program; the domain touches none of it.
const WORLD: &[&str] =
    &["std::fs", "std::net", "std::process", "std::env", "std::thread", "tokio", "git2"];

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

/// Returns the code of a file: neither comments nor the tests at its end.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end]
        .lines()
        .map(|line| line.trim_start())
        .filter(|line| !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns the first part of each path of ours that the code names: `crate::store::…`, also in
/// a group (`crate::{domain::…, store::…}`).
fn ours(code: &str) -> BTreeSet<String> {
    let word = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (index, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    found.insert(word(&group[start..index]));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    found.insert(word(&group[start..index]));
                    start = index + 1;
                }
                _ => {}
            }
        }
    }
    found.remove("");
    found
}

fn part(path: &Path, depth: usize) -> String {
    let name = path.components().nth(depth).unwrap().as_os_str().to_str().unwrap();
    name.trim_end_matches(".rs").to_owned()
}

#[test]
fn every_folder_uses_only_what_lies_below_it() {
    for (path, text) in sources() {
        let top = part(&path, 1);
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == top)
            .unwrap_or_else(|| panic!("{top} is missing from the table in this test"));
        for used in ours(&code(&text)) {
            let known = MAY_USE.iter().any(|(name, _)| *name == used);
            assert!(
                !known || used == top || allowed.contains(&used.as_str()),
                "{}: {top} may not use {used}",
                path.display()
            );
        }
    }
}

#[test]
fn inside_the_domain_nothing_runs_back_up() {
    for (path, text) in sources() {
        if !path.starts_with("src/domain") || path.ends_with("domain/mod.rs") {
            continue;
        }
        let folder = part(&path, 2);
        let height = |name: &str| DOMAIN_ORDER.iter().position(|n| *n == name);
        let own = height(&folder).unwrap_or_else(|| panic!("{folder} has no place in the order"));
        let code = code(&text);
        for (at, _) in code.match_indices("domain::") {
            let rest = &code[at + "domain::".len()..];
            let names = rest.strip_prefix('{').map_or(vec![rest], |g| g.split(',').collect());
            for name in names {
                let name: String =
                    name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if let Some(used) = height(&name) {
                    assert!(used <= own, "{}: {folder} may not use {name}", path.display());
                }
            }
        }
    }
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

/// The recurrence library and its dates stay in one file, so that what it gets wrong does too.
#[test]
fn one_file_knows_rrule_and_chrono() {
    let knows = |text: &str| ["rrule::", "chrono::"].iter().any(|name| code(text).contains(name));
    let found: Vec<_> =
        sources().into_iter().filter(|(_, text)| knows(text)).map(|(path, _)| path).collect();
    assert_eq!(found, [PathBuf::from("src/domain/schedule/plain.rs")]);
}

/// Reading the names of all zones is the slowest part of a short command.
#[test]
fn one_file_asks_for_time_zones_by_name() {
    let asks = |text: &str| code(text).contains("TimeZone::get(");
    let found: Vec<_> =
        sources().into_iter().filter(|(_, text)| asks(text)).map(|(path, _)| path).collect();
    assert_eq!(found, [PathBuf::from("src/time_zones.rs")]);
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

#[test]
fn the_reader_of_paths_sees_groups_and_single_ones() {
    let code = "use crate::{domain::{model, access::{a, b}}, store::Store};\ncrate::clock::now()";
    let found: Vec<String> = ours(code).into_iter().collect();
    assert_eq!(found, ["clock", "domain", "store"]);
}
