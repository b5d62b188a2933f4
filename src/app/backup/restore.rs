//! Makes a working machine from a bundle.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    Restored, Scratch,
    manifest::{self, Mirror},
    owner,
    place::{Place, Places},
    verify::examine,
};
use crate::{
    app::{AppError, Progress, init, progress::Underway},
    domain::model::SpaceKey,
    integrations::sealed::{Entry, Opened, Passphrase},
    store::{Store, journal},
};

/// Restores a bundle: to where everything was, or with the repository in another folder and the rest
/// inside it. All of it is compared with its seal before anything is written.
///
/// # Errors
/// Fails if the passphrase is another one, if the bundle is damaged, if something is in the way, or if
/// it cannot be written. Then the repository is not there.
pub fn restore(
    file: &Path,
    passphrase: &Passphrase,
    to: Option<&Path>,
    progress: &dyn Progress,
    now: Timestamp,
) -> Result<Restored, AppError> {
    let mut opened = {
        let _opening = Underway::new(progress, "comparing the bundle with its seal");
        Opened::open(file, passphrase)?
    };
    let places = Places::find(&mut opened, to)?;
    let existed = places.dir.exists();
    let restored = Restoring { places: &places, progress }.run(&mut opened, now);
    if restored.is_err() {
        // Half a repository would keep the next attempt from being made.
        let _ = fs::remove_dir_all(&places.dir);
        if existed {
            let _ = fs::create_dir(&places.dir); // as it was: empty
        }
    }
    restored
}

struct Restoring<'r> {
    places: &'r Places,
    progress: &'r dyn Progress,
}

impl Restoring<'_> {
    fn run(&self, opened: &mut Opened, now: Timestamp) -> Result<Restored, AppError> {
        let Places { manifest, dir, as_it_was } = self.places;
        let scratch = Scratch::new()?;
        let (records, key) = read_first(opened, scratch.path())?;
        let store = {
            let _cloning = Underway::new(self.progress, "restoring the records");
            Store::restored(&records, dir, &manifest.branch, manifest.bare)?
        };
        store.take_settings(&manifest.settings)?;
        store.set_key(&key)?;
        init::install_hooks(&store)?;
        let (state, configuration) = self.write_files(opened)?;
        let mut notes = Vec::new();
        if *as_it_was {
            owner::give(dir, &manifest.owner).map_err(failed(dir))?;
            if let Some(mirror) = &manifest.mirror {
                make_mirror(mirror, &records)?;
            }
            let owners =
                [&manifest.owner].into_iter().chain(manifest.mirror.iter().map(|it| &it.owner));
            for name in owners.filter(|it| !owner::is_known(it)).map(|it| &it[0]) {
                notes.push(format!(
                    "there is no user {name} on this machine: install the package, then chown what is {name}'s"
                ));
            }
        } else if !configuration.is_empty() {
            let at = self.places.own().join(manifest::MACHINE);
            notes.push(format!(
                "the configuration of the former machine is in {}: copy what this one needs",
                at.display()
            ));
        }
        let journals = manifest.journal.clone().filter(|_| *as_it_was);
        let journals = journals.unwrap_or_else(|| journal::folder(store.dir()));
        let verified = {
            let _checking = Underway::new(self.progress, "checking the records");
            examine(&store, Some(&journals), Some(&key), now)?
        };
        Ok(Restored {
            space: manifest.space.clone(),
            made: manifest.made,
            dir: dir.clone(),
            state,
            configuration,
            notes,
            verified,
        })
    }

    /// Writes what lies beside the history, and the machine's own files.
    fn write_files(&self, opened: &mut Opened) -> Result<(usize, Vec<PathBuf>), AppError> {
        let underway = Underway::new(self.progress, "restoring the journals");
        let (mut state, mut configuration) = (0, Vec::new());
        opened.each(|mut entry| -> Result<bool, AppError> {
            match self.places.of(&entry.name)? {
                Place::State(path) => {
                    self.write(&path, &mut entry)?;
                    state += 1;
                }
                Place::Machine(path) => {
                    self.make_configuration_folder(&path)?;
                    self.write(&path, &mut entry)?;
                    configuration.push(path);
                }
                Place::Manifest | Place::Records | Place::Key => {}
            }
            underway.step();
            Ok(true)
        })?;
        Ok((state, configuration))
    }

    /// Makes the folder of a file of the machine's own. Each of its programs runs as a user of its own, and
    /// goes through it; whoever may read what is in it follows from the files.
    fn make_configuration_folder(&self, path: &Path) -> Result<(), AppError> {
        let Some(folder) = path.parent().filter(|it| self.places.as_it_was && !it.exists()) else {
            return Ok(());
        };
        let make = || {
            fs::create_dir_all(folder)?;
            #[cfg(unix)]
            fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
            Ok(())
        };
        make().map_err(failed(folder))
    }

    fn write(&self, path: &Path, entry: &mut Entry<'_>) -> Result<(), AppError> {
        let mut write = || {
            if let Some(parent) = path.parent().filter(|it| !it.exists()) {
                fs::create_dir_all(parent)?;
                if self.places.as_it_was {
                    owner::give(parent, &entry.owner)?;
                }
            }
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, entry.mode);
            let mut file = options.open(path)?;
            #[cfg(unix)]
            file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(entry.mode))?;
            io::copy(&mut entry.content, &mut file)?;
            file.sync_all()?;
            if self.places.as_it_was {
                owner::give(path, &entry.owner)?;
            }
            Ok(())
        };
        write().map_err(failed(path))
    }
}

/// Reads the records into a folder, and the key.
fn read_first(opened: &mut Opened, to: &Path) -> Result<(PathBuf, SpaceKey), AppError> {
    let (path, mut key) = (to.join(manifest::RECORDS), None);
    opened.each(|entry| -> Result<bool, AppError> {
        if entry.name == Path::new(manifest::KEY) {
            let mut text = String::new();
            entry.content.read_to_string(&mut text).map_err(failed(&path))?;
            key = Some(text.parse::<SpaceKey>()?);
        }
        if entry.name == Path::new(manifest::RECORDS) {
            let copied =
                fs::File::create(&path).and_then(|mut it| io::copy(entry.content, &mut it));
            copied.map_err(failed(&path))?;
        }
        Ok(key.is_none() || !path.exists())
    })?;
    match key {
        Some(key) if path.exists() => Ok((path, key)),
        _ => Err(AppError::data("the records or the key are not in it")),
    }
}

/// Makes the mirror again that another user fetches into.
fn make_mirror(mirror: &Mirror, records: &Path) -> Result<(), AppError> {
    Store::mirrored(records, &mirror.path, &mirror.url)?;
    owner::give(&mirror.path, &mirror.owner).map_err(failed(&mirror.path))
}

fn failed(path: &Path) -> impl Fn(io::Error) -> AppError + use<> {
    let path = path.display().to_string();
    move |error| AppError::internal(format!("{path}: {error}"))
}
