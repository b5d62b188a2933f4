//! Runs every command that the sessions print as advice, where it was printed.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// What somebody would put in the place of a word in capital letters.
const FILLED: [(&str, &str); 13] = [
    ("MEASURES", "gas"),
    ("NUMBER", "15408799"),
    ("AMOUNT", "25"),
    ("MEMBER", "1"),
    ("NAME", "laser"),
    ("COMMIT", "HEAD"),
    ("DAY", "2026-03-02"),
    ("KIND", "reminder"),
    ("FOLDER", "another"),
    ("FILE", "none.csv"),
    ("TRANSACTION", "3f2a"),
    ("OTHER", "5e98"),
    ("URL", "."),
];

/// Commands that run until they are stopped; it is enough that they are commands.
const ENDLESS: [&str; 3] = ["space door run", "space web run", "space demo"];

/// Commands that need another repository than a session has.
const DISTANT: [&str; 5] = ["git push", "git fetch", "git pull", "git ls-remote", "space sync"];

#[test]
fn every_command_that_is_printed_runs_as_printed() {
    let (mut wrong, mut tried) = (Vec::new(), 0);
    let pages = super::pages();
    let each: Vec<(Vec<String>, usize)> = std::thread::scope(|scope| {
        let running: Vec<_> = pages.iter().map(|page| scope.spawn(|| walk(page))).collect();
        running.into_iter().map(|page| page.join().unwrap()).collect()
    });
    for (bad, count) in each {
        wrong.extend(bad);
        tried += count;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(tried > 60, "only {tried} commands were found");
}

/// Goes through a page, and tries each command that it prints in a copy of the folder.
fn walk(page: &Path) -> (Vec<String>, usize) {
    let desk = Desk::new(page);
    let text = fs::read_to_string(page).unwrap();
    let (mut wrong, mut tried) = (Vec::new(), BTreeSet::new());
    for line in commands(&text) {
        let output = desk.run(&line, &desk.folder());
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8_lossy(&printed).into_owned();
        let at = || format!("{}, after `{line}`", page.display());
        for bare in bare_commands(&printed) {
            wrong.push(format!("{}: a command without backquotes: {bare}", at()));
        }
        let printed = hints(&printed);
        for (place, hint) in printed.iter().enumerate() {
            if tried.insert(hint.clone())
                && let Err(why) = desk.attempt(&printed[..place], hint)
            {
                wrong.push(format!("{}: `{hint}` does not run: {why}", at()));
            }
        }
    }
    (wrong, tried.len())
}

/// The folder in which a page is gone through.
pub(super) struct Desk(tempfile::TempDir);

impl Desk {
    pub(super) fn new(page: &Path) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.folder()).unwrap();
        super::write_files(&fs::read_to_string(page).unwrap(), &desk.folder());
        super::write_git_settings(&desk.0.path().join(".gitconfig"));
        desk
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.0.path().join("out")
    }

    pub(super) fn run(&self, line: &str, at: &Path) -> Output {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(at).stdin(Stdio::null());
        command.envs(super::environment(self.0.path())).env("GIT_EDITOR", "sh -c 'echo x > $0'");
        command.output().unwrap()
    }

    /// Runs a hint in a copy of the folder, after those that were printed before it.
    fn attempt(&self, before: &[String], hint: &str) -> Result<(), String> {
        let copy = self.0.path().join("copy");
        let copied = Command::new("cp").arg("-a").arg(self.folder()).arg(&copy).status().unwrap();
        assert!(copied.success());
        for earlier in before {
            self.run(&filled(earlier), &copy);
        }
        let filled = filled(hint);
        let line = match ENDLESS.iter().any(|it| without_folder(&filled).starts_with(it)) {
            true => format!("{filled} --help"),
            false => filled.clone(),
        };
        let output = self.run(&line, &copy);
        fs::remove_dir_all(&copy).unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code().unwrap_or(-1);
        let misunderstood = told.contains("try '--help'") || code == 127 || code == 129;
        let distant = DISTANT.iter().any(|it| without_folder(&filled).starts_with(it));
        // What was filled in by guess may not exist, a key comes from another machine, and a
        // question waits for a person.
        let may_fail = filled != hint
            || distant
            || told.contains("there is no terminal to ask")
            || told.contains("space.key")
            || told.contains("no answer was given");
        match code {
            0 | 2 | 4 => Ok(()),
            _ if may_fail && !misunderstood => Ok(()),
            code => Err(format!("exit code {code}: {told}")),
        }
    }
}

/// Returns a command without the folder that it names.
fn without_folder(command: &str) -> String {
    let mut words: Vec<&str> = command.split(' ').collect();
    if words.get(1) == Some(&"-C") {
        words.drain(1..3);
    }
    words.join(" ")
}

fn filled(hint: &str) -> String {
    let word = |word: &str| {
        FILLED.iter().find(|(name, _)| *name == word).map_or(word.to_owned(), |it| it.1.to_owned())
    };
    hint.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Returns the commands of a page, each as one line.
pub(super) fn commands(page: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let (session, _) = block.split_once("```").unwrap();
        let mut continues = false;
        for line in session.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                all.push(command.to_owned());
                continues = true;
            } else if let Some(more) = line.strip_prefix("> ").filter(|_| continues) {
                let last = all.last_mut().unwrap();
                last.push('\n');
                last.push_str(more);
            } else {
                continues = false;
            }
        }
    }
    all
}

/// Returns what stands between backquotes and is a command for this machine.
fn hints(printed: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in printed.lines() {
        let parts: Vec<&str> = line.split('`').collect();
        for (place, part) in parts.iter().enumerate().skip(1).step_by(2) {
            let elsewhere = parts.get(place + 1).is_some_and(|it| it.starts_with(" on a machine"));
            let command = ["space ", "git "].iter().any(|name| part.starts_with(name));
            if command && !elsewhere {
                all.push((*part).to_owned());
            }
        }
    }
    all
}

/// Returns the lines of advice in which a command stands without backquotes.
fn bare_commands(printed: &str) -> Vec<String> {
    let advice = |line: &&str| {
        ["hint: ", "note: ", "warning: "].iter().any(|it| line.trim_start().starts_with(it))
    };
    let bare = |line: &&str| {
        let plain: String = line.split('`').step_by(2).collect();
        [": space ", " run space ", "(git ", ": git ", " run git ", ": systemctl "]
            .iter()
            .any(|start| plain.contains(start))
    };
    printed.lines().filter(advice).filter(bare).map(str::to_owned).collect()
}

#[test]
fn hints_are_found_between_backquotes() {
    let printed = "hint: `space check` shows why; run `space key export` on a machine that has it\n\
                   error: `tier` is none\nhint: start it: systemctl enable space-web";
    assert_eq!(hints(printed), ["space check"]);
    assert_eq!(bare_commands(printed).len(), 1);
    assert_eq!(without_folder("space -C makers door run"), "space door run");
}
