//! A space that is created where no journal protects it.

use std::process::Command;

use crate::disk::{Disk, NoDisk};

/// What `space init` warns about on a disk.
fn warnings(disk: &Disk) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_space"))
        .args(["init", "--name", "Makers", "--zone", "Europe/London"])
        .arg(disk.path().join("space"))
        .env_clear()
        .envs([("HOME", "/nowhere"), ("GIT_AUTHOR_NAME", "Ada"), ("GIT_AUTHOR_EMAIL", "a@b.cd")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn init_says_when_the_file_system_has_no_journal() {
    let Some(disk) = crate::disk() else { return };
    assert_eq!(warnings(&disk), "");
    let room = tempfile::tempdir().unwrap();
    match Disk::thin(room.path()) {
        Ok(thin) => {
            let said = warnings(&thin);
            assert!(said.contains("keeps no journal") && said.contains("has_journal"), "{said}");
        }
        Err(NoDisk::Missing(program)) => panic!("{program} was there a moment ago"),
        Err(NoDisk::Refused(why)) => panic!("{why}"),
    }
}
