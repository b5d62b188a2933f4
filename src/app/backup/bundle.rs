//! Makes one file of everything that a machine needs, sealed by a passphrase.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{
    Bundled, Scratch,
    machine::{self, Files},
    manifest::{self, FORMAT, Manifest, Mirror},
    owner,
};
use crate::{
    app::{AppError, Progress, check, here, journals, look_up, measurements, progress::Underway},
    config::{BuildingConfig, Config},
    domain::model::SpaceKey,
    integrations::sealed::{Passphrase, Sealing},
    store::{Revision, Store},
};

/// Makes a bundle: the records, the key, what lies beside the history, and this machine's
/// configuration.
///
/// # Errors
/// Fails if the file exists, if the key is not here, or if something cannot be read or written.
pub fn bundle(
    store: &Store,
    to: &Path,
    passphrase: &Passphrase,
    progress: &dyn Progress,
    now: Timestamp,
) -> Result<Bundled, AppError> {
    let key = store.key()?;
    let head = store.read(store.head()?)?;
    let manifest = describe(store, &head, now)?;
    let scratch = Scratch::new()?;
    let records = scratch.path().join(manifest::RECORDS);
    {
        let _packing = Underway::new(progress, "packing the records");
        store.bundle(&records)?;
    }
    let files = machine::files(manifest.mirror.as_ref().map(|it| &*it.path));
    let state = state(store, &manifest)?;
    let mut sealing = Sealing::begin(to, passphrase)?;
    let parts = Parts { manifest: &manifest, records: &records, key: &key, state: &state };
    if let Err(error) = fill(&mut sealing, &parts, &files, progress) {
        sealing.abandon();
        return Err(error);
    }
    let bytes = sealing.finish()?;
    let uncommitted = if manifest.bare { Vec::new() } else { check::edited_and_old(store)?.0 };
    Ok(Bundled {
        file: to.to_owned(),
        bytes,
        commit: head.id(),
        members: head.roster().len(),
        state: state.len(),
        configuration: files.found.into_iter().collect(),
        unreadable: files.unreadable,
        uncommitted,
    })
}

struct Parts<'p> {
    manifest: &'p Manifest,
    records: &'p Path,
    key: &'p SpaceKey,
    state: &'p [(String, PathBuf)],
}

fn fill(
    sealing: &mut Sealing,
    parts: &Parts<'_>,
    files: &Files,
    progress: &dyn Progress,
) -> Result<(), AppError> {
    let steps = 2 + parts.state.len() + files.found.len();
    let underway = Underway::steps(progress, "sealing", steps);
    let text = serde_json::to_vec_pretty(parts.manifest)
        .map_err(|error| AppError::internal(error.to_string()))?;
    sealing.add(manifest::MANIFEST, &text)?;
    sealing.add(manifest::KEY, parts.key.to_hex().as_bytes())?;
    sealing.add_file(manifest::RECORDS, parts.records, ["", ""])?;
    underway.step();
    let machine = files.found.iter().map(|path| {
        let whole = path.to_string_lossy().replace('\\', "/");
        (format!("{}/{}", manifest::MACHINE, whole.trim_start_matches('/')), path.clone())
    });
    for (name, path) in parts.state.iter().cloned().chain(machine) {
        let [user, group] = owner::of(&path);
        sealing.add_file(&name, &path, [&user, &group])?;
        underway.step();
    }
    Ok(())
}

fn describe(store: &Store, head: &Revision<'_>, now: Timestamp) -> Result<Manifest, AppError> {
    let repository = store.workdir().or(store.dir().parent()).unwrap_or(store.dir());
    let repository = repository
        .canonicalize()
        .map_err(|error| AppError::internal(format!("{}: {error}", repository.display())))?;
    // Where they are in any case comes with what lies beside the history.
    let elsewhere = |path: PathBuf| (!path.starts_with(store.dir())).then_some(path);
    let is_measured = BuildingConfig::of_machine()
        .is_ok_and(|it| here::is_here(store, it.space.as_deref()) && it.measurements.is_some());
    let config = Config::load()?;
    let is_door = config.journal.is_some() && here::is_here(store, config.space.as_deref());
    let mirror = store.mirror().map(|path| Mirror {
        owner: owner::of(&path),
        url: store.remote().map(|it| it.url).unwrap_or_default(),
        path,
    });
    Ok(Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made: now,
        space: look_up::space(head)?.name,
        commit: head.id(),
        branch: store.pinned_ref()?.trim_start_matches("refs/heads/").to_owned(),
        bare: store.workdir().is_none(),
        owner: owner::of(&repository),
        repository,
        journal: if is_door { elsewhere(journals::folder(store)?) } else { None },
        measurements: if is_measured { elsewhere(measurements::folder(store)) } else { None },
        mirror,
        settings: store.settings()?,
    })
}

/// Returns the files beside the history by their names in the bundle.
fn state(store: &Store, manifest: &Manifest) -> Result<Vec<(String, PathBuf)>, AppError> {
    let named = |folder: &str, name: &Path| {
        format!("{folder}/{}", name.to_string_lossy().replace('\\', "/"))
    };
    let mut found: Vec<_> = store
        .state_files()?
        .into_iter()
        .map(|it| (named(manifest::STATE, &it.name), it.path))
        .collect();
    let elsewhere =
        [(manifest::JOURNAL, &manifest.journal), (manifest::MEASUREMENTS, &manifest.measurements)];
    for (name, folder) in elsewhere {
        for it in
            folder.iter().map(|folder| Store::files_in(folder)).collect::<Result<Vec<_>, _>>()?
        {
            found.extend(it.into_iter().map(|it| (named(name, &it.name), it.path)));
        }
    }
    Ok(found)
}
