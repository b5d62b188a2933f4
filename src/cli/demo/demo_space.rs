//! The demonstration's space: made from the template and the demonstration's content, and removed
//! afterwards.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, tz::TimeZone};

use super::content;
use crate::{
    app::init,
    cli::{CliError, Context},
    domain::{
        model::{Acceptance, JoiningRules, Record, RecordPath},
        records::Catalogue,
    },
    store::{Author, Durability, InitOptions, Store, json},
};

/// A demonstration space on the disk.
pub(super) struct DemoSpace {
    dir: PathBuf,
    keep: bool,
}

/// Creates the space.
///
/// # Errors
/// Fails if the folder is not empty, or if the disk fails.
pub(super) fn create(dir: Option<PathBuf>, now: Timestamp) -> Result<DemoSpace, CliError> {
    let keep = dir.is_some();
    let dir = dir
        .unwrap_or_else(|| std::env::temp_dir().join(format!("space-demo-{}", std::process::id())));
    let space = DemoSpace { dir, keep };
    let (files, mut catalogue) = (files()?, Catalogue::default());
    for (path, bytes) in &files {
        if let Ok(Some(record_path)) = RecordPath::of(path) {
            let record = json::strict(&record_path, bytes)
                .map_err(|finding| CliError::internal(finding.to_string()))?;
            catalogue.insert(record_path, record);
        }
    }
    let mut store = Store::init(&space.dir, &files, &author(), &InitOptions::default(), now)?;
    init::install_hooks(&store)?;
    // A demonstration need not survive a power cut.
    store.set_durability(Durability::Rehearsal);
    for change in content::changes(catalogue, now, &store.key()?)? {
        store.apply(&change, store.head()?, &author(), now)?;
    }
    Ok(space)
}

/// Returns the author of the changes, which does not depend on the settings of git.
pub(super) fn author() -> Author {
    Author { name: "Demo Admin".into(), email: "admin@example.org".into() }
}

fn files() -> Result<Vec<(String, Vec<u8>)>, CliError> {
    let mut files = init::template_files(false);
    for (path, bytes) in &mut files {
        if path == "space.json"
            && let Ok(Record::Space(mut space)) = json::strict(&RecordPath::Space, bytes)
        {
            space.name = "Demo Space".into();
            space.notices.from = Some("members@example.org".into());
            space.notices.payment_details = Some("Account 12345678, sort code 00-00-00".into());
            space.joining = Box::new(JoiningRules {
                tiers: vec!["standard".parse()?],
                acceptance: Acceptance::AtOnce,
                facilities_on_joining: vec!["frontdoor".parse()?],
            });
            space.time_zone = TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
            *bytes = json::canonical(&Record::Space(space));
        }
    }
    Ok(files)
}

impl DemoSpace {
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Removes the space, unless it is to be kept.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub(super) fn remove(self, ctx: &Context) -> Result<(), CliError> {
        if self.keep {
            ctx.say(format!("the space is still in {}", self.dir.display()))?;
        }
        Ok(())
    }
}

impl Drop for DemoSpace {
    fn drop(&mut self) {
        if !self.keep {
            // What cannot be removed is in a temporary folder anyway.
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}
