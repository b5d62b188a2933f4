//! Runs the git program, so that the user's keys and credential helpers work.

use std::{
    io::{self, IsTerminal as _},
    path::Path,
    process::{Command, Output},
};

use crate::store::{Store, StoreError, disk::io_at, repository::ENVIRONMENT};

/// The words by which git begins a sentence that matters.
const BEGINNINGS: [&str; 4] = ["fatal: ", "error: ", "remote: ", "ERROR: "];

/// By what one knows the sentences of ssh, which says why git gets nowhere.
const OF_SSH: [&str; 4] =
    ["ssh: ", "Permission denied (", "Host key verification failed", "kex_exchange_identification"];

/// A git command in a folder.
pub(super) fn command(dir: &Path) -> Command {
    let mut git = Command::new("git");
    for name in ENVIRONMENT {
        git.env_remove(name);
    }
    git.env("LC_ALL", "C").current_dir(dir);
    if !io::stdin().is_terminal() {
        git.env("GIT_TERMINAL_PROMPT", "0");
    }
    git
}

impl Store {
    /// A git command in this repository.
    pub(in crate::store) fn git_command(&self) -> Command {
        command(self.workdir().unwrap_or_else(|| self.git_dir()))
    }

    /// Runs a git command; its failure is not an error yet.
    pub(in crate::store) fn run_git(&self, args: &[&str]) -> Result<Output, StoreError> {
        self.git_command().args(args).output().map_err(io_at(Path::new("git")))
    }
}

/// Returns what git said went wrong, in one line.
pub(in crate::store) fn why(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr);
    let mut told: Vec<&str> = Vec::new();
    for line in words.lines() {
        let known = BEGINNINGS.iter().find_map(|it| line.strip_prefix(it)).map(str::trim);
        let of_ssh = OF_SSH.iter().any(|it| line.contains(it)).then(|| line.trim());
        told.extend(known.filter(|it| !it.is_empty()).or(of_ssh));
    }
    match (told.is_empty(), words.lines().last()) {
        (true, Some(last)) => last.trim().to_owned(),
        (true, None) => "it was ended".to_owned(),
        (false, _) => told.join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_of_gits_words_is_one_line() {
        let told = |stderr: &str| {
            let status = std::process::ExitStatus::default();
            why(&Output { status, stdout: Vec::new(), stderr: stderr.into() })
        };
        assert_eq!(told("hint: x\nfatal: no such ref\n"), "no such ref");
        assert_eq!(told("remote: \nremote: one\nTo x\nerror: two\n"), "one; two");
        let denied =
            "root@server: Permission denied (publickey).\nfatal: Could not read.\n\nPlease x\n";
        let why = "root@server: Permission denied (publickey).; Could not read.";
        assert_eq!(told(denied), why);
        assert_eq!(told("odd\n"), "odd");
        assert_eq!(told(""), "it was ended");
    }
}
