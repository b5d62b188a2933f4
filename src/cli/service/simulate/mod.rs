//! `space service simulate`: services that stand in for real ones.

#[cfg_attr(not(feature = "services"), path = "no_slack.rs")]
mod slack;
mod stripe;

use clap::Subcommand;

use crate::cli::{CliError, Context};

/// The services that can be stood in for.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Stand in for Stripe: accounts, subscriptions and payments, and nobody pays anything
    Stripe(stripe::Args),
    /// Stand in for Slack: a workspace with its channels, and nobody reads anything
    Slack(slack::Args),
}

/// Runs a stand-in.
///
/// # Errors
/// Fails if the address cannot be used.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Stripe(args) => stripe::run(ctx, &args),
        Verb::Slack(args) => slack::run(ctx, &args),
    }
}
