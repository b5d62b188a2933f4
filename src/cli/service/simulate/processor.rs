//! `space service simulate stripe` and `gocardless`: stand in for a payment processor until it is stopped.

use std::net::{Ipv4Addr, SocketAddr};

use crate::{
    cli::{CliError, Context},
    integrations::processor::{ProcessorKind, StandIn},
};

/// Shown below the options of `stripe`.
pub(super) const STRIPE: &str = "\
Put the address into services.toml as `url` of the processor, and the key into its `secret_file`.

Example:
  space service simulate stripe --listen 127.0.0.1:12111";

/// Shown below the options of `gocardless`.
pub(super) const GOCARDLESS: &str = "\
Put the address into services.toml as `url` of the processor, and the key into its `secret_file`.

Example:
  space service simulate gocardless --listen 127.0.0.1:12113";

/// The arguments of both.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Where to listen: on this machine only [default: as in the example]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,

    /// The key that is accepted
    #[arg(long, value_name = "KEY", default_value = "sk_test_space")]
    key: String,

    /// The address on this machine to which webhooks are sent, such as http://127.0.0.1:8000/webhooks/stripe
    #[arg(long, value_name = "URL")]
    webhooks: Option<String>,

    /// The secret by which webhooks are signed
    #[arg(long, value_name = "SECRET", default_value = "whsec_space")]
    webhook_secret: String,
}

/// Stands in until the process is stopped.
///
/// # Errors
/// Fails if the address is not of this machine, or cannot be used.
pub(super) fn run(
    ctx: &Context,
    kind: ProcessorKind,
    usual_port: u16,
    args: &Args,
) -> Result<(), CliError> {
    let listen = args.listen.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, usual_port).into());
    if !listen.ip().is_loopback() {
        return Err(CliError::user(format!("{listen} is not on this machine"))
            .hint("anybody could do anything there: listen at 127.0.0.1"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(|error| CliError::user(format!("cannot listen at {listen}: {error}")))?;
        let at = listener.local_addr()?;
        let stand_in = StandIn::new(kind, &args.key, ctx.now);
        if let Some(url) = &args.webhooks {
            stand_in.send_webhooks(url, &args.webhook_secret).map_err(CliError::user)?;
        }
        ctx.say(format!(
            "stands in for {} at http://{at}, with the key {}",
            stand_in.name(),
            args.key
        ))?;
        Ok(stand_in.serve(listener).await?)
    })
}
