//! `space doctor` as root sees what the user of the door sees.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::part;

/// `nobody`, who may read nothing that is only root's.
const NOBODY: &str = "65534";

fn space(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
    command.arg("-C").arg(folder).args(args).env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Grace Hopper");
        command.env(format!("GIT_{who}_EMAIL"), "grace@example.org");
    }
    command.output().unwrap()
}

/// Returns whether the key is good in the eyes of `doctor`.
fn grade_of_the_key(folder: &Path) -> String {
    let told = space(folder, &["doctor", "--json"]).stdout;
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&told).unwrap();
    let key = rows.iter().find(|row| row["what"] == "key").unwrap();
    key["grade"].as_str().unwrap().to_owned()
}

#[test]
fn a_key_that_only_root_may_read_is_found() {
    let as_nobody = |program: &str| {
        let mut command = Command::new("setpriv");
        let user = [format!("--reuid={NOBODY}"), format!("--regid={NOBODY}")];
        command.args(user).args(["--init-groups", "--", program, "--version"]);
        part::works(&mut command)
    };
    if !as_nobody(env!("CARGO_BIN_EXE_space")) {
        return part::skipped("this needs root, and a program that `nobody` may run");
    }
    let dir = tempfile::tempdir_in("/tmp").unwrap();
    let folder = dir.path().join("makers");
    assert!(space(&folder, &["init", "--name", "Makers"]).status.success());
    assert_eq!(grade_of_the_key(&folder), "good");
    let nobody = format!("{NOBODY}:{NOBODY}");
    assert!(part::works(Command::new("chown").args(["-R", &nobody]).arg(dir.path())));
    assert_eq!(grade_of_the_key(&folder), "good");
    let key = folder.join(".git/space/key");
    assert!(part::works(Command::new("chown").arg("root:root").arg(&key)));
    assert_eq!(grade_of_the_key(&folder), "bad");
}
