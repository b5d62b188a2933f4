//! Does the same with every service of this machine, one after another: for a timer.

use crate::{
    cli::{CliError, Context},
    config::ServicesConfig,
    domain::model::Slug,
};

/// Does it with each service. One that fails holds none of the others up.
///
/// # Errors
/// There is no service, programs ask for an answer, or it failed with some of them.
pub(super) fn service(
    ctx: &Context,
    config: &ServicesConfig,
    names: Vec<&Slug>,
    act: impl Fn(&str) -> Result<(), CliError>,
) -> Result<(), CliError> {
    if ctx.json {
        return Err(CliError::user("--json is the answer of one service: name it"));
    }
    if config.processors.is_empty() && config.chats.is_empty() {
        return Err(CliError::user("no service is configured on this machine"));
    }
    let mut failed = Vec::new();
    for name in names {
        ctx.say(format!("{name}:"))?;
        if let Err(error) = act(name.as_str()) {
            ctx.warn(format!("{name}: {}", error.message))?;
            failed.push(name.to_string());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    let hint = "the others were done; `space service status` shows what is wrong";
    Err(CliError::internal(format!("failed with {}", failed.join(", "))).hint(hint))
}
