//! Runs the sessions in `tests/cli/`: each reads like a page of the manual.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes the actual output into the pages; review the
//! result. Output that differs from run to run, such as commit ids, is written `[..]`. A block
//! headed "text file=NAME" is a file that exists when the session begins.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/hints.rs"]
mod hints;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

const PAGES: &str = "tests/cli";

/// The pages of the documentation for those who do one job: what is shown there is true.
const GUIDES: [&str; 4] = ["volunteer", "treasurer", "door", "admin"];

#[test]
fn the_sessions_go_as_they_are_written() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::lay_out(dir.path());
    let home = dir.path().join("home");
    fs::create_dir(&home).unwrap();
    write_git_settings(&home.join(".gitconfig"));
    let cases = trycmd::TestCases::new();
    for (name, value) in environment(&home) {
        cases.env(name, value);
    }
    let path = path();
    for tool in ["git", "sed", "sh", "cat", "cp", "mkdir"] {
        let found = path.iter().map(|dir| dir.join(tool)).find(|file| file.is_file());
        cases.register_bin(tool, found.unwrap_or_else(|| panic!("{tool} is not on the PATH")));
    }
    cases.case(pages.at.join("*.md"));
    cases.run();
}

/// Writes what git knows about whoever types the commands.
fn write_git_settings(file: &Path) {
    fs::write(
        file,
        "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n\
         [init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n",
    )
    .unwrap();
}

/// Returns the folders of programs: this one's first.
fn path() -> Vec<PathBuf> {
    let space = Path::new(env!("CARGO_BIN_EXE_space"));
    let path = env::var_os("PATH").unwrap_or_default();
    [space.parent().unwrap().to_owned()].into_iter().chain(env::split_paths(&path)).collect()
}

/// Returns the variables with which the commands run: one moment, one person, one machine.
fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let text = |text: &str| text.to_owned();
    vec![
        ("PATH", env::join_paths(path()).unwrap().into_string().unwrap()),
        ("HOME", home.display().to_string()),
        ("XDG_CONFIG_HOME", home.display().to_string()),
        ("GIT_CONFIG_GLOBAL", home.join(".gitconfig").display().to_string()),
        ("GIT_CONFIG_NOSYSTEM", text("1")),
        ("GIT_AUTHOR_NAME", text("Grace Hopper")),
        ("GIT_AUTHOR_EMAIL", text("grace@example.org")),
        ("GIT_COMMITTER_NAME", text("Grace Hopper")),
        ("GIT_COMMITTER_EMAIL", text("grace@example.org")),
        ("SPACE_NOW", text("2026-03-02T18:00:00Z")),
        ("GIT_AUTHOR_DATE", text("2026-03-02T18:00:00Z")),
        ("GIT_COMMITTER_DATE", text("2026-03-02T18:00:00Z")),
        ("LC_ALL", text("C.UTF-8")),
        ("TZ", text("UTC")),
        ("NO_COLOR", text("1")),
        ("COLUMNS", text("100")),
    ]
}

/// The pages whose commands run in an empty folder of the page's own: trycmd makes one for a page
/// with a folder `.out` beside it.
struct Pages {
    at: PathBuf,
}

/// Returns the name of the copy of a page.
fn copied(page: &Path) -> String {
    let parts = page.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("-")
}

/// A month of one space, with nothing but commands that a person would guess.
const MONTH: &str = "tests/month.md";

/// Returns the pages: those of the manual, the guides, the month, and the README, which has to be true as
/// well.
fn pages() -> Vec<PathBuf> {
    let manual = fs::read_dir(PAGES).unwrap().map(|entry| entry.unwrap().path());
    let manual = manual.filter(|path| path.extension().is_some_and(|it| it == "md"));
    let guides = GUIDES.iter().map(|name| PathBuf::from(format!("docs/{name}.md")));
    manual.chain(guides).chain([MONTH, "README.md"].map(PathBuf::from)).collect()
}

impl Pages {
    fn lay_out(dir: &Path) -> Self {
        let at = dir.join("pages");
        fs::create_dir(&at).unwrap();
        for page in pages() {
            let copy = at.join(copied(&page));
            fs::copy(&page, &copy).unwrap();
            fs::create_dir(copy.with_extension("out")).unwrap();
            write_files(&fs::read_to_string(&page).unwrap(), &copy.with_extension("in"));
        }
        Self { at }
    }
}

/// Writes the files that a page shows.
fn write_files(page: &str, to: &Path) {
    for block in page.split("```text file=").skip(1) {
        let (name, rest) = block.split_once('\n').unwrap();
        let (text, _) = rest.split_once("```").unwrap();
        fs::create_dir_all(to).unwrap();
        fs::write(to.join(name.trim()), text).unwrap();
    }
}

impl Drop for Pages {
    /// Copies the rewritten pages back.
    fn drop(&mut self) {
        if env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
            for page in pages() {
                let text = fs::read_to_string(self.at.join(copied(&page))).unwrap();
                fs::write(page, timeless(&text)).unwrap();
            }
        }
    }
}

/// Replaces what changes with each run in the output: ids of commits and keys, hashes of codes.
fn timeless(page: &str) -> String {
    let mut session = false;
    let lines = page.lines().map(|line| {
        if line.starts_with("```") {
            session = line == "```console";
        }
        if !session || line.starts_with('$') {
            return line.to_owned();
        }
        let mut changed = String::new();
        let key = line.starts_with("key") || line.contains("key ") || line.contains("\"key\"");
        for part in line.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
            let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let hex = word.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            let id = matches!(word.len(), 7 | 32 | 40) || (key && word.len() == 8);
            changed += if hex && id { "[..]" } else { word };
            changed += &part[word.len()..];
        }
        changed.replace("[..]..[..]", "[..]")
    });
    lines.fold(String::new(), |page, line| page + &line + "\n")
}

#[test]
fn output_that_differs_from_run_to_run_is_left_out_of_the_pages() {
    let session = "```console\n$ space undo 1a4b0f8\ndone: it (commit 1a4b0f8)\nkey  e1385c73\n\
                fob 15408774\nchecked what 1a4b0f8..2b4b0f8 changes\n```\n1a4b0f8\n";
    let kept = "```console\n$ space undo 1a4b0f8\ndone: it (commit [..])\nkey  [..]\n\
                fob 15408774\nchecked what [..] changes\n```\n1a4b0f8\n";
    assert_eq!(timeless(session), kept);
}

#[test]
fn the_wirings_that_the_guide_of_the_door_shows_are_accepted() {
    let page = fs::read_to_string("docs/door.md").unwrap();
    let mut wirings = 0;
    for block in page.split("```toml\n").skip(1) {
        let (wiring, _) = block.split_once("```").unwrap();
        if let Err(findings) = space::config::Config::parse(Path::new("door.toml"), wiring) {
            panic!("{findings:?} in {wiring}");
        }
        wirings += 1;
    }
    assert!(wirings > 2, "{wirings}");
}
