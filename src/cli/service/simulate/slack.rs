//! `space service simulate slack`: stands in for Slack until it is stopped.

use std::net::SocketAddr;

use crate::{
    cli::{CliError, Context},
    integrations::chat::StandIn,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Put the address into services.toml as `url` of the chat, and the tokens into its `secret_file` and
`app_secret_file`. A browser shows at the same address what is posted, and lets you type commands.

Example:
  space service simulate slack --channel laser --person 'Ada Lovelace <ada@example.org>'";

/// The arguments of `space service simulate slack`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Where to listen: on this machine only
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:12112")]
    listen: SocketAddr,

    /// The token that is accepted
    #[arg(long, value_name = "TOKEN", default_value = "xoxb-space")]
    token: String,

    /// The token that is accepted for commands
    #[arg(long, value_name = "TOKEN", default_value = "xapp-space")]
    app_token: String,

    /// A channel that there is; can be repeated
    #[arg(long, value_name = "NAME")]
    channel: Vec<String>,

    /// Somebody who is there, with a confirmed address; can be repeated
    #[arg(long, value_name = "NAME <ADDRESS>")]
    person: Vec<String>,
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
    let stand_in = StandIn::new(&args.token, &args.app_token, ctx.now);
    for name in &args.channel {
        let _ = stand_in.channel(name, false);
    }
    for person in &args.person {
        let (name, email) = match person.split_once('<') {
            Some((name, email)) => (name.trim(), Some(email.trim_end_matches('>').trim())),
            None => (person.as_str(), None),
        };
        let id = stand_in.person(name, email);
        ctx.say(format!("{name} is {id}"))?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|error| {
            CliError::user(format!("cannot listen at {}: {error}", args.listen))
        })?;
        let at = listener.local_addr()?;
        let (token, app) = (&args.token, &args.app_token);
        ctx.say(format!("stands in for Slack at http://{at}, with the tokens {token} and {app}"))?;
        Ok(stand_in.serve(listener).await?)
    })
}
