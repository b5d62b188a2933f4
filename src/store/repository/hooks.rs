//! git's hooks in a repository, written so that no power cut leaves an empty one: git takes it for one
//! that agrees with everything.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::store::{
    Store, StoreError,
    disk::{durable, io_at},
};

impl Store {
    /// Installs a hook, unless there is another one with content of its own, which is left as it is;
    /// returns that one.
    ///
    /// # Errors
    /// The folder of the hooks cannot be written.
    pub fn install_hook(&self, name: &str, text: &str) -> Result<Option<PathBuf>, StoreError> {
        let folder = self.common_dir().join("hooks");
        let path = folder.join(name);
        match fs::read(&path) {
            // git passes over one that may not be run.
            Ok(found) if found == text.as_bytes() && may_be_run(&path) => return Ok(None),
            Ok(found) if found == text.as_bytes() => {}
            // What a power cut leaves of a file that was not flushed.
            Ok(found) if found.iter().all(|byte| *byte == 0) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Ok(_) | Err(_) => return Ok(Some(path)),
        }
        let write = || {
            fs::create_dir_all(&folder)?;
            let draft = folder.join(format!(".{name}.space~"));
            let mut file = durable::create(&draft, 0o755)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&draft, &path)?;
            durable::flush_dir(&folder)
        };
        write().map_err(io_at(&path))?;
        Ok(None)
    }
}

#[cfg(unix)]
fn may_be_run(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|it| it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn may_be_run(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_hook_is_replaced_and_a_foreign_one_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::from_repository(git2::Repository::init_bare(dir.path()).unwrap());
        let path = dir.path().join("hooks/pre-receive");
        let install = || store.install_hook("pre-receive", "#!/bin/sh\nexit 1\n").unwrap();
        assert_eq!((install(), install()), (None, None));
        for lost in ["", "\0\0\0\0"] {
            fs::write(&path, lost).unwrap();
            assert_eq!(install(), None);
            assert!(fs::read_to_string(&path).unwrap().contains("exit 1"));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o111, 0o111);
            }
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert_eq!(install(), None);
            assert!(may_be_run(&path), "git passes over one that may not be run");
        }
        fs::write(&path, "#!/bin/sh\n").unwrap();
        assert_eq!(install(), Some(path.clone()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "#!/bin/sh\n");
    }
}
