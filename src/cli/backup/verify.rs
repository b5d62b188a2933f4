//! `space backup verify`: proves that a copy can be restored.

use crate::{
    app::{
        backup::{self, Verified},
        journals, when, zone,
    },
    cli::{
        CliError, Context,
        output::{Progress, error},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
The copy is cloned to a temporary folder. git looks at each object, every record is checked, the index is
compiled as at a door, and the last hundred activities of this machine are decided again by it.

Examples:
  space backup verify /media/stick/space.git
  space backup verify git@server:space.git
  space backup verify space.bundle";

/// The arguments of `space backup verify`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A clone, the address of a repository, or a file made by `git bundle`
    copy: String,
}

/// Verifies a copy.
///
/// # Errors
/// Fails if the space could not be restored from it.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    // Beside a space, its journals and its key are compared too.
    let here = ctx.store().ok();
    let folder = here.as_ref().and_then(|store| journals::folder(store).ok());
    let key = here.as_ref().and_then(|store| store.key().ok());
    let scratch = Scratch::new()?;
    let progress = Progress::new("verifying");
    let found = backup::verify(
        &args.copy,
        &scratch.0.join("copy.git"),
        folder.as_deref(),
        key.as_ref(),
        ctx.now,
    )?;
    drop(progress);
    let Verified { commit, time, members, decided, different, missing, key_fits, .. } = &found;
    let zone =
        here.as_ref().and_then(|store| Some(zone::or_utc(&store.read(store.head().ok()?).ok()?)));
    let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
    let key = match key_fits {
        Some(true) => "is here and fits",
        Some(false) => "is another one: no fob would open with it",
        None => "is not here: keep a copy of it apart (`space key export`)",
    };
    let activities = match (*decided, *missing) {
        (0, 0) => "none to decide again".to_owned(),
        (decided, 0) => format!("{decided} decided again, {different} differently"),
        (decided, missing) => {
            format!(
                "{decided} decided again, {different} differently; {missing} are by newer commits than it has"
            )
        }
    };
    let lines = [
        ("newest commit", commit.short()),
        (
            "of",
            format!("{}, {}", when::local(*time, &zone), when::ago(ctx.now.duration_since(*time))),
        ),
        ("members", members.to_string()),
        ("activities", activities),
        ("key", key.to_owned()),
    ];
    ctx.record(&found, &lines)?;
    for finding in found.findings.iter().chain(&found.shut) {
        ctx.warn(error::formatted(finding))?;
    }
    if found.is_good() {
        return ctx.say("the space can be restored from it");
    }
    Err(CliError::data("the space cannot be restored from it as it should be")
        .hint("make another copy: git clone --mirror, from the repository that is in order"))
}

/// A temporary folder that is removed afterwards.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new() -> Result<Self, CliError> {
        let name = format!("space-backup-{}", uuid::Uuid::new_v4());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path)
            .map_err(|error| CliError::internal(format!("{}: {error}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0); // nothing depends on it
    }
}
