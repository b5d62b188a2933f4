//! Where each file of a bundle goes on this machine, found before anything is written.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use super::manifest::{self, Manifest};
use crate::{
    app::AppError,
    integrations::sealed::{Entry, Opened},
};

/// The largest description, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Where everything goes.
#[derive(Debug)]
pub(super) struct Places {
    /// What the bundle says of itself.
    pub(super) manifest: Manifest,
    /// The folder of the repository.
    pub(super) dir: PathBuf,
    /// Whether everything goes to where it was.
    pub(super) as_it_was: bool,
}

/// What a file of a bundle is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// The description, which was read already.
    Manifest,
    /// The records.
    Records,
    /// The key.
    Key,
    /// What lies beside the history.
    State(PathBuf),
    /// A file of the machine's own.
    Machine(PathBuf),
}

impl Places {
    /// Reads what a bundle says of itself, and looks for what is in the way.
    ///
    /// # Errors
    /// Fails if a newer program has made the bundle, if something in it is not known, or if there is
    /// something already where it has to go.
    pub(super) fn find(opened: &mut Opened, to: Option<&Path>) -> Result<Self, AppError> {
        let mut manifest = None;
        opened.each(|entry| -> Result<bool, AppError> {
            let mut text = Vec::new();
            let read = entry.content.take(LARGEST).read_to_end(&mut text);
            read.map_err(|error| AppError::data(error.to_string()))?;
            manifest = Some((entry.name, text));
            Ok(false)
        })?;
        let unknown = |why: String| {
            AppError::data(format!("it is sealed, but not a backup of a space: {why}"))
                .hint("look into it with other tools: age -d FILE | tar t")
        };
        let (name, text) = manifest.ok_or_else(|| unknown("nothing is in it".to_owned()))?;
        if name != Path::new(manifest::MANIFEST) {
            return Err(unknown(format!("it begins with {}", name.display())));
        }
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|error| unknown(error.to_string()))?;
        if manifest.format > manifest::FORMAT {
            return Err(AppError::data(format!(
                "version {} has made it, which is newer",
                manifest.program
            ))
            .hint("install that version of the program, then restore again"));
        }
        let dir = to.map_or_else(|| manifest.repository.clone(), Path::to_owned);
        let places = Self { manifest, dir, as_it_was: to.is_none() };
        places.refuse_what_is_there(opened)?;
        Ok(places)
    }

    /// Returns where a file goes.
    ///
    /// # Errors
    /// Fails if it is not known.
    pub(super) fn of(&self, name: &Path) -> Result<Place, AppError> {
        for (known, place) in [
            (manifest::MANIFEST, Place::Manifest),
            (manifest::RECORDS, Place::Records),
            (manifest::KEY, Place::Key),
        ] {
            if name == Path::new(known) {
                return Ok(place);
            }
        }
        let own = self.own();
        let inside = |folder: &str| name.strip_prefix(folder).ok().map(Path::to_owned);
        if let Some(rest) = inside(manifest::STATE) {
            return Ok(Place::State(own.join(rest)));
        }
        let elsewhere = [
            (manifest::JOURNAL, &self.manifest.journal),
            (manifest::MEASUREMENTS, &self.manifest.measurements),
        ];
        for (folder, was) in elsewhere {
            if let Some(rest) = inside(folder) {
                let was = was.as_ref().filter(|_| self.as_it_was);
                return Ok(Place::State(
                    was.cloned().unwrap_or_else(|| own.join(folder)).join(rest),
                ));
            }
        }
        if let Some(rest) = inside(manifest::MACHINE) {
            let root =
                if self.as_it_was { PathBuf::from("/") } else { own.join(manifest::MACHINE) };
            return Ok(Place::Machine(root.join(rest)));
        }
        Err(AppError::data(format!("nobody knows what {} is", name.display()))
            .hint("a newer program may have made it: install that one"))
    }

    /// Returns the folder of what lies beside the history.
    pub(super) fn own(&self) -> PathBuf {
        let git = if self.manifest.bare { self.dir.clone() } else { self.dir.join(".git") };
        git.join("space")
    }

    fn refuse_what_is_there(&self, opened: &mut Opened) -> Result<(), AppError> {
        let is_empty = |dir: &Path| std::fs::read_dir(dir).is_ok_and(|mut it| it.next().is_none());
        let mut there = Vec::new();
        if self.dir.exists() && !is_empty(&self.dir) {
            there.push(self.dir.clone());
        }
        if let Some(mirror) = self.manifest.mirror.as_ref().filter(|_| self.as_it_was)
            && mirror.path.exists()
            && !is_empty(&mirror.path)
        {
            there.push(mirror.path.clone());
        }
        opened.each(|Entry { name, .. }| -> Result<bool, AppError> {
            if let Place::State(path) | Place::Machine(path) = self.of(&name)?
                && !path.starts_with(&self.dir)
                && path.exists()
            {
                there.push(path);
            }
            Ok(true)
        })?;
        let names: Vec<String> = there.iter().map(|it| it.display().to_string()).collect();
        match names.as_slice() {
            [] => Ok(()),
            [first, rest @ ..] => {
                let more = if rest.is_empty() {
                    String::new()
                } else {
                    format!(" (and {} more)", rest.len())
                };
                Err(AppError::user(format!(
                    "{first}{more} is there already, and nothing is overwritten"
                ))
                .hint("move it away, or name another folder for the repository"))
            }
        }
    }
}
