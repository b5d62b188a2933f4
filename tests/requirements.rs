//! Tests `docs/requirements.md` and `docs/threats.md` against the repository: each row names what
//! holds it, and that exists.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const ROWS: &str = "docs/requirements.md";

/// The header of each table.
const HEAD: [&str; 4] = ["Id", "What is asked", "Section", "Held by"];

/// One row of a table.
#[derive(Debug)]
struct Row<'t> {
    /// `D` and `12` of `D-12`.
    id: (char, u32),
    cells: [&'t str; 4],
}

/// Reads the rows of all tables; malformed ones are reported.
fn rows(text: &str) -> Vec<Result<Row<'_>, String>> {
    let lines = text.lines().filter(|line| line.starts_with('|'));
    lines.filter_map(|line| row(line).transpose()).collect()
}

/// Reads a line of a table; `None` for the header and the rule below it.
fn row(line: &str) -> Result<Option<Row<'_>>, String> {
    let bare = line.trim_end().strip_prefix('|').and_then(|it| it.strip_suffix('|'));
    let cells: Vec<&str> = bare.unwrap_or_default().split('|').map(str::trim).collect();
    let Ok(cells) = <[&str; 4]>::try_from(cells) else {
        return Err(format!("{line}: is not four cells"));
    };
    if cells == HEAD || cells.iter().all(|it| !it.is_empty() && it.chars().all(|it| it == '-')) {
        return Ok(None);
    }
    let id = id(cells[0]).ok_or_else(|| format!("{line}: {:?} is not an id", cells[0]))?;
    Ok(Some(Row { id, cells }))
}

/// Reads an id, `D-12`.
fn id(text: &str) -> Option<(char, u32)> {
    let (document, number) = text.split_once('-')?;
    let mut letters = document.chars();
    let letter = letters.next().filter(|it| "DAW".contains(*it) && letters.as_str().is_empty())?;
    let number = number.parse().ok().filter(|it: &u32| it.to_string() == number)?;
    Some((letter, number))
}

/// Returns everything that is wrong with the tables in a text.
fn complaints(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut last: Option<(char, u32)> = None;
    let mut documents = BTreeSet::new();
    for row in rows(text) {
        let Row { id, cells } = match row {
            Ok(row) => row,
            Err(why) => {
                found.push(why);
                continue;
            }
        };
        let [name, asked, section, held] = cells;
        let follows = match last {
            Some((letter, number)) if letter == id.0 => number < id.1,
            _ => documents.insert(id.0),
        };
        if !follows {
            found.push(format!("{name}: does not come after the id before it"));
        }
        last = Some(id);
        if asked.is_empty() {
            found.push(format!("{name}: asks for nothing"));
        }
        if section.is_empty() {
            found.push(format!("{name}: does not say where it comes from"));
        }
        found.extend(held.split("; ").filter_map(|it| unheld(it).err()).map(|why| {
            let why = if held.is_empty() { "nothing holds it".to_owned() } else { why };
            format!("{name}: {why}")
        }));
    }
    found
}

/// Checks what holds a row: `path`, `path: name`, or the reason why nothing does.
fn unheld(cell: &str) -> Result<(), String> {
    for excuse in ["open: ", "not taken: "] {
        if cell.strip_prefix(excuse).is_some_and(|why| !why.trim().is_empty()) {
            return Ok(());
        }
    }
    let quoted = cell.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    let quoted = quoted.filter(|it| !it.contains('`'));
    let quoted = quoted.ok_or_else(|| format!("{cell:?} names neither a test nor what is open"))?;
    let (path, name) = match quoted.split_once(": ") {
        Some((path, name)) => (path, Some(name)),
        None => (quoted, None),
    };
    let Ok(text) = fs::read_to_string(path) else { return Err(format!("{path} is not there")) };
    match name {
        Some(name) if path.ends_with(".rs") && is_test(&text, name) => Ok(()),
        Some(name) if path.ends_with(".rs") => Err(format!("{path} has no test {name}")),
        Some(name) if path.starts_with("tests/") && text.contains(name) => Ok(()),
        None if path.starts_with("tests/") => Ok(()),
        Some(name) => Err(format!("{path} does not say {name:?}")),
        None => Err(format!("{path} is not a test")),
    }
}

/// Tells whether a source file has a test function with this name.
fn is_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_it = |line: &str| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        let rest = line.strip_prefix("fn ").and_then(|it| it.strip_prefix(name));
        rest.is_some_and(|rest| rest.starts_with('('))
    };
    (0..lines.len()).filter(|at| is_it(lines[*at])).any(|at| {
        let above = lines[..at].iter().rev();
        let mut above = above.take_while(|it| it.starts_with("#[") || it.starts_with("//"));
        above.any(|it| it.starts_with("#[test") || it.starts_with("#[tokio::test"))
    })
}

/// Reads every source file in some folders.
fn sources(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let mut open: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

#[test]
fn every_row_has_a_test_or_is_marked_open() {
    let text = fs::read_to_string(ROWS).unwrap();
    assert_eq!(complaints(&text), Vec::<String>::new());
    for document in "DAW".chars() {
        let of = rows(&text).into_iter().flatten().filter(|row| row.id.0 == document).count();
        assert!(of >= 10, "{document} has {of} rows only");
    }
}

#[test]
fn every_threat_has_a_test_or_is_marked_open() {
    let text = fs::read_to_string("docs/threats.md").unwrap();
    let mut checked = 0;
    for line in text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| They")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [threat, stopped_by, held] = cells[..] else { panic!("{line}: is not three cells") };
        assert!(!threat.is_empty() && !stopped_by.is_empty(), "{line}");
        held.split("; ").for_each(|it| assert_eq!(unheld(it), Ok(()), "{line}"));
        checked += 1;
    }
    assert!(checked > 20, "only {checked} threats were found");
}

#[test]
fn what_sources_cite_is_a_row() {
    let text = fs::read_to_string(ROWS).unwrap();
    let known: BTreeSet<_> = rows(&text).into_iter().flatten().map(|row| row.id).collect();
    let mut cited = 0;
    for (path, text) in sources(&["src", "tests"]) {
        if path == Path::new("tests/requirements.rs") {
            continue;
        }
        for after in text.split("requirements.md ").skip(1) {
            let word = |it: char| it.is_ascii_alphanumeric() || it == '-';
            let name: String = after.chars().take_while(|it| word(*it)).collect();
            let row = id(&name).filter(|it| known.contains(it));
            assert!(row.is_some(), "{}: cites {name:?}, which is not a row", path.display());
            cited += 1;
        }
        for absent in ["door-refactor.md", "access-system.md", "communal-workspace.md", "DESIGN"] {
            assert!(!text.contains(absent), "{}: {absent} is not here", path.display());
        }
    }
    assert!(cited > 10, "only {cited} rows are cited");
}

#[test]
fn a_bad_row_is_found() {
    const TEST: &str = "tests/requirements.rs: a_bad_row_is_found";
    let held = format!("`{TEST}`");
    let one = |held: &str| format!("| D-1 | It opens. | Data | {held} |");
    let good = [
        one(&held),
        one("open: the queue"),
        one("not taken: for a reason"),
        one(&format!("{held}; `tests/requirements.rs`; open: the page")),
        one("`tests/cli/door.md: space door try`"),
        "| Id | What is asked | Section | Held by |\n|---|---|---|---|".to_owned(),
        format!("{}\n{}", one(&held), one(&held).replace("D-1", "D-5")),
        format!("{}\n{}", one(&held), one(&held).replace("D-1", "A-1")),
    ];
    for text in good {
        assert_eq!(complaints(&text), Vec::<String>::new(), "{text}");
    }
    let bad = [
        (one(""), "nothing holds it"),
        (one("later"), "names neither"),
        (one("open: "), "names neither"),
        (one("open:"), "names neither"),
        (one("tests/requirements.rs"), "names neither"),
        (one(&format!("{held} {held}")), "names neither"),
        (one(&format!("{held}; soon")), "names neither"),
        (one("`tests/nowhere.rs`"), "is not there"),
        (one("`tests/cli`"), "is not there"),
        (one("`tests/requirements.rs: no_such_test`"), "has no test"),
        (one("`tests/requirements.rs: complaints`"), "has no test"),
        (one("`tests/requirements.rs: a_bad_row`"), "has no test"),
        (one("`tests/cli/door.md: space door jump`"), "does not say"),
        (one("`src/lib.rs`"), "is not a test"),
        (one("`README.md: space`"), "does not say"),
        (one(&held).replace("Data", ""), "where it comes from"),
        (one(&held).replace("It opens.", ""), "asks for nothing"),
        (one(&held).replace("D-1", "D-01"), "is not an id"),
        (one(&held).replace("D-1", "X-1"), "is not an id"),
        (one(&held).replace("D-1", ""), "is not an id"),
        (one(&held).replace("| Data ", ""), "four cells"),
        (format!("{}\n{}", one(&held), one(&held)), "does not come after"),
        (format!("{}\n{}", one(&held).replace("D-1", "D-2"), one(&held)), "does not come after"),
        (
            [one(&held), one(&held).replace("D-1", "A-1"), one(&held).replace("D-1", "D-2")]
                .join("\n"),
            "does not come after",
        ),
    ];
    for (text, why) in bad {
        let found = complaints(&text);
        assert!(found.len() == 1 && found[0].contains(why), "{text}: {found:?}");
    }
}
