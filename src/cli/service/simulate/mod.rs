//! `space service simulate`: services that stand in for real ones.

mod processor;
#[cfg_attr(not(feature = "services"), path = "no_slack.rs")]
mod slack;

use clap::Subcommand;

use crate::{
    cli::{CliError, Context},
    integrations::processor::ProcessorKind,
};

/// The services that can be stood in for.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Stand in for Stripe: accounts, subscriptions and payments, and nobody pays anything
    #[command(after_help = processor::STRIPE)]
    Stripe(processor::Args),
    /// Stand in for GoCardless: direct debits, and nobody pays anything
    #[command(name = "gocardless", after_help = processor::GOCARDLESS)]
    GoCardless(processor::Args),
    /// Stand in for Slack: a workspace with its channels, and nobody reads anything
    Slack(slack::Args),
}

/// Runs a stand-in.
///
/// # Errors
/// Fails if the address cannot be used.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Stripe(args) => processor::run(ctx, ProcessorKind::Stripe, 12111, &args),
        Verb::GoCardless(args) => processor::run(ctx, ProcessorKind::GoCardless, 12113, &args),
        Verb::Slack(args) => slack::run(ctx, &args),
    }
}
