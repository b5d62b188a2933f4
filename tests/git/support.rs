//! People with their own folders, and `space` and `git` as they would type them.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The time of all commands, including git.
const NOW: &str = "2026-03-02T18:00:00Z";

/// A folder that is removed after the test, with a home and people in it.
pub(crate) struct World {
    dir: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let settings = "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n\
                        [init]\n\tdefaultBranch = main\n[pull]\n\trebase = false\n\
                        [protocol \"file\"]\n\tallow = always\n";
        fs::write(dir.path().join(".gitconfig"), settings).unwrap();
        Self { dir }
    }

    /// A world with a space in the folder `makers`.
    pub(crate) fn with_space() -> Self {
        let world = Self::new();
        world.space(".", &["init", "makers", "--name", "Makers", "--zone", "Europe/London"]).good();
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A command with the program on its PATH, as in a person's shell.
    pub(crate) fn command(&self, program: &str, at: &str, args: &[&str]) -> Command {
        let program_dir = Path::new(env!("CARGO_BIN_EXE_space")).parent().unwrap();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = [program_dir.to_owned()].into_iter().chain(env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(self.path(at))
            .env_clear()
            .env("PATH", env::join_paths(path).unwrap())
            .env("HOME", self.dir.path())
            .env("XDG_CONFIG_HOME", self.dir.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("SPACE_NOW", NOW)
            .env("GIT_AUTHOR_DATE", NOW)
            .env("GIT_COMMITTER_DATE", NOW)
            .env("LC_ALL", "C.UTF-8");
        command
    }

    pub(crate) fn space(&self, at: &str, args: &[&str]) -> Said {
        Said::of(&mut self.command("space", at, args))
    }

    pub(crate) fn git(&self, at: &str, args: &[&str]) -> Said {
        Said::of(&mut self.command("git", at, args))
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces words in a file, like an editor would.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(old), "{path} has no {old}");
        fs::write(self.path(path), text.replace(old, new)).unwrap();
    }

    /// Returns the names of the members, according to `space member list`.
    #[track_caller]
    pub(crate) fn members(&self, at: &str) -> Vec<String> {
        let list = self.space(at, &["member", "list", "--json"]).good();
        let list: serde_json::Value = serde_json::from_str(&list.out).unwrap();
        let name = |member: &serde_json::Value| member["name"].as_str().unwrap().to_owned();
        list.as_array().unwrap().iter().map(name).collect()
    }
}

/// The output of a command, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        command.output().unwrap().into()
    }

    /// Expects that the command succeeded.
    #[track_caller]
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// Expects that the command refused, with these words in either output.
    #[track_caller]
    pub(crate) fn refused(self, words: &[&str]) -> Self {
        assert_ne!(self.code, Some(0), "{self:?}");
        self.says(words)
    }

    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        let all = format!("{}\n{}", self.out, self.err);
        for word in words {
            assert!(all.contains(word), "`{word}` is not said: {self:?}");
        }
        self
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}
