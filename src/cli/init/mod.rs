//! `space init`: creates a space from the template, with its own key and hooks.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    CliError, Context,
    input::{prompt, typed},
};
use crate::{
    app::init,
    clock,
    disk::durable,
    domain::model::{CommitId, Record, RecordPath, SpaceKey},
    store::{Author, InitOptions, Store, StoreError, json},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space init makers --name \"Sampletown Makers\" --zone Europe/London
  space init --bare server.git    for a server, or the computer behind a door";

/// The space that was created.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Created {
    /// The folder.
    dir: PathBuf,
    /// The first commit.
    commit: CommitId,
    /// The id of the key.
    key_id: String,
    /// Whether it has no checked-out files.
    bare: bool,
}

/// The arguments of `space init`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The folder, new or empty [default: the current folder]
    dir: Option<PathBuf>,

    /// Create it here although there are other files
    #[arg(long)]
    here: bool,

    /// The name of the space [default: prompt for it]
    #[arg(long)]
    name: Option<String>,

    /// Its time zone, like Europe/London [default: this machine's]
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,

    /// Its currency, like GBP
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// The letters before a member's number in a bank reference, like SM
    #[arg(long, value_name = "LETTERS")]
    prefix: Option<String>,

    /// Also write one example of every kind of record
    #[arg(long)]
    example: bool,

    /// Create a bare repository, without checked-out files, for a server or a door
    #[arg(long)]
    bare: bool,

    /// The branch that holds the records
    #[arg(long, default_value = "main")]
    branch: String,

    /// A file with the key of an earlier space, whose codes shall keep working
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// Creates a space.
///
/// # Errors
/// Fails if the folder is not empty, if a value is refused, or if the disk fails.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let dir = args.dir.clone().or_else(|| ctx.repo.clone()).unwrap_or_else(|| PathBuf::from("."));
    if !args.here {
        refuse_other_files(&dir)?;
    }
    let name = match &args.name {
        Some(name) => name.clone(),
        None if prompt::is_interactive() => prompt::line("Name of the space", Some("Our Space"))?,
        None => {
            return Err(CliError::user("the name of the space is missing")
                .hint("give it, like --name \"Sampletown Makers\""));
        }
    };
    let zone = match &args.zone {
        Some(zone) => zone.clone(),
        None => own_zone()?,
    };
    let mut files = init::with_schemas(init::template_files(args.example));
    settle(&mut files, &args, name, zone)?;
    let options = InitOptions {
        bare: args.bare,
        branch: args.branch,
        key: key(args.key.as_deref())?,
        hooks: init::HOOKS.to_vec(),
    };
    let store = Store::init(&dir, &files, &author()?, &options, ctx.now)?;
    let left_alone = init::install_hooks(&store)?;
    report(ctx, &store, &dir)?;
    // A rehearsal with a pinned clock keeps nothing that a power cut could take.
    if clock::pinned().is_none() && durable::is_unjournaled(store.dir()) {
        ctx.warn(format!(
            "the file system of {} keeps no journal: a power cut may damage any file on it; use ext4 \
             with its journal (tune2fs -O has_journal, while it is not mounted)",
            dir.display()
        ))?;
    }
    left_alone.iter().try_for_each(|hook| {
        ctx.warn(format!(
            "{} was not installed by this program; it was left as it is",
            hook.display()
        ))
    })
}

/// Refuses to make a repository of a folder that has other things in it, like somebody's home.
fn refuse_other_files(dir: &Path) -> Result<(), CliError> {
    let is_repository = dir.join(".git").exists() || dir.join("objects").is_dir();
    let Ok(entries) = std::fs::read_dir(dir) else { return Ok(()) };
    let mut names: Vec<_> =
        entries.flatten().map(|entry| entry.file_name().display().to_string()).collect();
    names.sort();
    let named: Vec<&str> = names.iter().map(String::as_str).take(3).collect();
    if is_repository || named.is_empty() {
        return Ok(());
    }
    let more = if names.len() > named.len() { " and more" } else { "" };
    Err(CliError::user(format!(
        "{} is not empty: it has {}{more}",
        dir.display(),
        named.join(", ")
    ))
    .hint(
        "name a new folder: `space init FOLDER`; --here turns this one into a space all the same",
    ))
}

/// Returns the time zone of this machine, by its name.
fn own_zone() -> Result<String, CliError> {
    let system = TimeZone::system();
    if let Some(name) = system.iana_name() {
        return Ok(name.to_owned());
    }
    // Nothing is set: a machine without a zone runs on UTC, and means it.
    let set = std::env::var("TZ").ok().filter(|it| !it.is_empty());
    match set {
        None => Ok("UTC".to_owned()),
        Some(_) if prompt::is_interactive() => {
            Ok(prompt::line("Time zone, like Europe/London", None)?)
        }
        Some(set) => {
            Err(CliError::user(format!("the time zone `{set}` of this machine has no name"))
                .hint("say which one it is: --zone Europe/London"))
        }
    }
}

/// Writes the chosen values into `space.json`, and refuses values that are not valid before
/// anything is written to the disk.
fn settle(
    files: &mut [(String, Vec<u8>)],
    args: &Args,
    name: String,
    zone: String,
) -> Result<(), CliError> {
    let internal = || CliError::internal("the template has no readable space.json");
    let file = files.iter_mut().find(|(path, _)| path == "space.json").ok_or_else(internal)?;
    let Ok(Record::Space(mut space)) = json::strict(&RecordPath::Space, &file.1) else {
        return Err(internal());
    };
    space.name = name;
    space.time_zone = zone;
    if let Some(currency) = &args.currency {
        space.currency = currency.to_uppercase();
    }
    if let Some(prefix) = &args.prefix {
        space.reference_prefix = prefix.to_uppercase();
    }
    let record = Record::Space(space);
    let all = crate::domain::records::Catalogue::default();
    let findings = crate::domain::check::record(&RecordPath::Space, &record, &all);
    if findings.iter().any(crate::domain::model::Finding::is_error) {
        let refused = StoreError::Refused(findings);
        return Err(typed::in_their_words(refused.into(), |_| true));
    }
    file.1 = json::canonical_like(&record, &file.1);
    Ok(())
}

fn key(file: Option<&Path>) -> Result<Option<SpaceKey>, CliError> {
    let Some(path) = file else { return Ok(None) };
    let text = std::fs::read_to_string(path)
        .map_err(|error| CliError::user(format!("cannot read {}: {error}", path.display())))?;
    Ok(Some(text.parse()?))
}

/// Takes the author from git's own settings, because there is no repository yet.
fn author() -> Result<Author, CliError> {
    Ok(Author::from_git()?)
}

fn report(ctx: &Context, store: &Store, dir: &Path) -> Result<(), CliError> {
    let commit = store.head()?;
    if ctx.json {
        let answer = Created {
            dir: dir.to_owned(),
            commit,
            key_id: store.key()?.id(),
            bare: store.workdir().is_none(),
        };
        return Ok(super::output::table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say(format!("created a space in {} (commit {})", dir.display(), commit.short()))?;
    ctx.say("")?;
    if store.workdir().is_none() {
        return shared(ctx, dir);
    }
    let at = if dir == Path::new(".") { String::new() } else { format!(" -C {}", dir.display()) };
    for (command, what) in [
        ("member add \"Ada Lovelace\"", "add the first member"),
        ("credential add --member ada --fob 15408774", "give her a fob"),
        ("why ada", "show what she may open, and why"),
        (
            "key export --to space.key",
            "keep a copy of the key in a safe place: without it every fob must be enrolled again",
        ),
    ] {
        ctx.say(format!("  space{at} {command:<44} {what}"))?;
    }
    Ok(())
}

/// Shows how to work with the space on another machine.
fn shared(ctx: &Context, dir: &Path) -> Result<(), CliError> {
    let dir = dir.display();
    ctx.say("to work with it, clone it and import the key of the space:")?;
    ctx.say("")?;
    ctx.say(format!("  git clone {dir} makers"))?;
    ctx.say(format!("  space -C {dir} key export --to space.key"))?;
    ctx.say("  space -C makers key import space.key")
}
