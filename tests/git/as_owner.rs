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

/// Returns how something is in the eyes of `doctor`, and what it advises.
fn examined(folder: &Path, what: &str) -> [String; 2] {
    let told = space(folder, &["doctor", "--json"]).stdout;
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&told).unwrap();
    let row = rows.iter().find(|row| row["what"] == what).unwrap();
    ["grade", "advice"].map(|it| row[it].as_str().unwrap_or_default().to_owned())
}

fn grade_of_the_key(folder: &Path) -> String {
    let [grade, _] = examined(folder, "key");
    grade
}

/// Runs the last command in a piece of advice, as it is printed.
fn follow(advice: &str, at: &Path) {
    let command = advice.split('`').rev().nth(1).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_space")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    let done = shell.args(["-c", command]).current_dir(at).env("PATH", path).output().unwrap();
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
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
    let exported = space(&folder, &["key", "export"]).stdout;
    std::fs::write(dir.path().join("space.key"), exported).unwrap();
    assert_eq!(grade_of_the_key(&folder), "good");
    let nobody = format!("{NOBODY}:{NOBODY}");
    assert!(part::works(Command::new("chown").args(["-R", &nobody]).arg(dir.path())));
    assert_eq!(grade_of_the_key(&folder), "good");
    let key = folder.join(".git/space/key");
    assert!(part::works(Command::new("chown").arg("root:root").arg(&key)));
    assert_eq!(grade_of_the_key(&folder), "bad");

    // Whatever is advised works for root, too: what is the owner's is done as the owner.
    let [grade, advice] = examined(&folder, "owner");
    assert_eq!(grade, "bad");
    follow(advice.rsplit_once("; then").unwrap().0, dir.path());
    assert_eq!(examined(&folder, "owner")[0], "good");
    std::fs::remove_file(&key).unwrap();
    let [grade, advice] = examined(&folder, "key");
    assert!(grade == "bad" && advice.contains("runuser -u nobody -- space -C "), "{advice}");
    follow(advice.trim_end_matches(" here"), dir.path());
    assert_eq!(grade_of_the_key(&folder), "good");
}
