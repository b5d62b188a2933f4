//! `space service simulate stripe`: stands in for Stripe until it is stopped.

use std::net::SocketAddr;

use crate::{
    cli::{CliError, Context},
    integrations::processor::StandIn,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Put the address into services.toml as `url` of the processor, and the key into its `secret_file`.

Example:
  space service simulate stripe --listen 127.0.0.1:12111";

/// The arguments of `space service simulate stripe`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Where to listen: on this machine only
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:12111")]
    listen: SocketAddr,

    /// The key that is accepted
    #[arg(long, value_name = "KEY", default_value = "sk_test_space")]
    key: String,
}

/// Stands in until the process is stopped.
///
/// # Errors
/// Fails if the address is not of this machine, or cannot be used.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    if !args.listen.ip().is_loopback() {
        return Err(CliError::user(format!("{} is not on this machine", args.listen))
            .hint("anybody could do anything there: listen at 127.0.0.1"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|error| {
            CliError::user(format!("cannot listen at {}: {error}", args.listen))
        })?;
        let at = listener.local_addr()?;
        ctx.say(format!("stands in for Stripe at http://{at}, with the key {}", args.key))?;
        let stand_in = StandIn::new(&args.key, ctx.now);
        Ok(stand_in.serve(listener).await?)
    })
}
