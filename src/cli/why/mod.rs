//! `space why`: who may open what, and the path of rules and commits that led there.

mod answer;
mod everybody;
mod one;
mod steps;

use jiff::{Timestamp, tz::TimeZone};

use super::{CliError, Context, context, fetch, output::Listing, when};
use crate::{
    domain::{
        access::{Entry, Index},
        model::Slug,
        schedule::Window,
    },
    store::{Revision, Roster, Store},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space why ada frontdoor
  space why ada frontdoor --at \"2026-03-02 19:30\"
  space why --facility laser --all";

/// The arguments of `space why`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Who: number, name or the beginning of a name; everybody unless given
    #[arg(add = super::input::completion::members())]
    member: Option<String>,

    /// What: a facility; all of them unless given
    #[arg(add = super::input::completion::facilities())]
    facility: Option<String>,

    /// The same, for asking about everybody: `space why --facility frontdoor`
    #[arg(long = "facility", short = 'f', value_name = "FACILITY", conflicts_with = "facility",
          add = super::input::completion::facilities())]
    at_facility: Option<String>,

    /// At this moment, by the records of that moment
    #[arg(long, value_name = "T", allow_hyphen_values = true, default_value = "now")]
    at: String,

    /// By the records of this commit
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,

    /// Of everybody, also those who may not
    #[arg(long, short)]
    all: bool,

    /// Of everybody, answer in comma-separated values, for a spreadsheet
    #[arg(long, conflicts_with = "member")]
    csv: bool,
}

/// What is asked: the records of a commit at a moment.
struct Question<'s> {
    store: &'s Store,
    revision: Revision<'s>,
    zone: TimeZone,
    at: Timestamp,
    facilities: Vec<Slug>,
}

/// Answers for one member or for everybody.
///
/// # Errors
/// That nobody or nothing is called so, or that the space cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let now = store.read(store.head()?)?;
    let zone = context::zone(&now)?;
    let at = when::moment(&args.at, &zone, ctx.now)?;
    let commit = match &args.commit {
        Some(spec) => store.resolve(spec)?,
        None if args.at == "now" => store.head()?,
        None => store.commit_at(at)?.map_or_else(|| store.head(), Ok)?,
    };
    let revision = store.read(commit)?;
    let facilities = match args.facility.as_ref().or(args.at_facility.as_ref()) {
        Some(name) => vec![fetch::facility(&revision, name)?.0],
        None => revision.basis().0.facilities.into_keys().collect(),
    };
    let question =
        Question { store: &store, zone: context::zone(&revision)?, revision, at, facilities };
    match &args.member {
        Some(text) => question.one(ctx, text),
        None => question.everybody(ctx, args.all, Listing { csv: args.csv }),
    }
}

impl Question<'_> {
    /// Compiles the records as a door does.
    fn index(&self, roster: &Roster) -> Index {
        let entries = roster.members().map(Entry::new);
        let window = Window::around(self.at);
        Index::compile(self.revision.id(), &self.revision.basis().0, entries, window)
    }
}
