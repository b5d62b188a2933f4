//! `space web token`: makes a token for a program.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{CliError, Context},
    domain::model::Slug,
    web,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space web token wall-display --scope decisions,activity

The program sends it as `Authorization: Bearer space_…`. To take it back, remove its lines from the
configuration.";

/// A token, and what the configuration has of it.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Token {
    /// Its name.
    name: Slug,
    /// The token.
    token: String,
    /// The hash for the configuration.
    hash: String,
    /// What it is for.
    scopes: Vec<String>,
}

/// The arguments of `space web token`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A name for the program
    name: Slug,

    /// What it may do
    #[arg(long, value_enum, value_delimiter = ',', default_value = "decisions")]
    scope: Vec<ScopeArg>,
}

/// What a program may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum ScopeArg {
    /// Ask what facilities require, and whether a credential would be granted
    Decisions,
    /// Read activities
    Activity,
    /// Read members without personal data, credentials and requirements
    Records,
    /// Change records other than payments
    Changes,
    /// Read and record payments
    Payments,
}

/// Prints a new token, once, and the lines for the configuration.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let (token, hash) = web::new_token();
    let scopes: Vec<_> = args.scope.iter().filter_map(ValueEnum::to_possible_value).collect();
    let scopes: Vec<_> = scopes.iter().map(|it| it.get_name()).collect();
    if ctx.json {
        let answer = Token {
            name: args.name.clone(),
            token,
            hash,
            scopes: scopes.iter().map(ToString::to_string).collect(),
        };
        return ctx.record(&answer, &[]);
    }
    ctx.say(format!("the token, shown this once: {token}"))?;
    let scopes = scopes.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(", ");
    ctx.say(format!(
        "\nIn /etc/space/web.toml:\n[token.{}]\nhash = \"{hash}\"\nscopes = [{scopes}]",
        args.name
    ))
}
