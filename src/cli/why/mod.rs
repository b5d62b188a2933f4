//! `space why`: explains who may open what, by the rules and commits that led to it.

mod everybody;
mod one;

use super::output::{AnswerSchema, answer::OneOf};
use super::{CliError, Context, output::Listing};
use crate::app::{journals, why::Question};
use crate::app::{view::AccessView, why::Answer};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] =
    &[AnswerSchema::of::<OneOf<Vec<Answer>, Vec<AccessView>>>("why")];

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
    /// The member: a number, a name, or the beginning of a name [default: everybody]
    #[arg(add = super::input::completion::members())]
    member: Option<String>,

    /// The facility [default: all]
    #[arg(add = super::input::completion::facilities())]
    facility: Option<String>,

    /// The facility, to ask about everybody: `space why --facility frontdoor`
    #[arg(long = "facility", short = 'f', value_name = "FACILITY", conflicts_with = "facility",
          add = super::input::completion::facilities())]
    at_facility: Option<String>,

    /// Explain it for this moment, by the records that were in force at the door then
    #[arg(long, value_name = "T", allow_hyphen_values = true, default_value = "now")]
    at: String,

    /// Explain it by the records of this commit
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,

    /// When asking about everybody, include those who may not
    #[arg(long, short)]
    all: bool,

    /// When asking about everybody, print comma-separated values, for a spreadsheet
    #[arg(long, conflicts_with = "member")]
    csv: bool,
}

/// Answers for one member or for everybody.
///
/// # Errors
/// Fails if no member or facility matches, or if the space cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (store, at) = (space.store, space.moment(&args.at)?);
    let mut question = match &args.commit {
        Some(spec) => Question::by(store, store.resolve(spec)?, None, at)?,
        None => Question::new(store, &journals::folder(store)?, at, ctx.now)?,
    };
    if let Some(facility) = args.facility.as_ref().or(args.at_facility.as_ref()) {
        question = question.about(facility)?;
    }
    match &args.member {
        Some(text) => one::one(&question, ctx, text),
        None => everybody::everybody(&question, ctx, args.all, Listing { csv: args.csv }),
    }
}
