//! `space service`: outside services that follow the records.

mod answer;
mod apply;
mod channels;
mod each;
mod list;
mod plan;
mod receive;
mod show;
mod simulate;
mod status;

use clap::Subcommand;

use super::output::{AnswerSchema, answer::OneOf};
use super::{CliError, Context};
use crate::app::service::ServiceView;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Vec<ServiceView>>("service list"),
    AnswerSchema::of::<OneOf<answer::ProcessorPlan, answer::ChatPlan>>("service plan"),
    AnswerSchema::of::<OneOf<answer::ProcessorPlan, answer::ChatPlan>>("service apply"),
    AnswerSchema::of::<receive::Received>("service receive"),
    AnswerSchema::of::<Vec<ServiceView>>("service status"),
];

/// The verbs of `space service`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// List the services of this machine, and how they were found last
    List(list::Args),
    /// Compare a service with the records, and show what would be changed there
    Plan(plan::Args),
    /// Bring a service to agree with the records
    Apply(apply::Args),
    /// Record what a service took from members since the last time
    Receive(receive::Args),
    /// Show how a service was found last, and what a person should look at
    Status(status::Args),
    /// Run a service on this machine that stands in for a real one
    #[command(subcommand)]
    Simulate(simulate::Verb),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::List(args) => list::run(ctx, &args),
        Verb::Plan(args) => plan::run(ctx, &args),
        Verb::Apply(args) => apply::run(ctx, &args),
        Verb::Receive(args) => receive::run(ctx, &args),
        Verb::Status(args) => status::run(ctx, &args),
        Verb::Simulate(verb) => simulate::run(ctx, verb),
    }
}
