//! `space channel add`: adds a channel of a chat.

use super::fields;
use crate::{
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Channel, Group, PostKind, Slug},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Groups: members, good-standing, tier:NAME, inducted:FACILITY, inductors:FACILITY, priority:NUMBER.
Posts: open-house-begins, open-house-ends, door-forced, door-held-open, guard-cut, alarm, newcomer,
application, review, failure.

Examples:
  space channel add members --chat slack --group good-standing
  space channel add laser --chat slack --group inducted:laser --group inductors:laser
  space channel add news --chat slack --post open-house-begins --post 'newcomer=Hello, {{ name }}!'";

/// The arguments of `space channel add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The short name for commands and files, like laser
    channel: Slug,

    /// The chat, by the name that services.toml gives it
    #[arg(long, value_name = "NAME")]
    chat: Slug,

    /// What the channel is called there, or its id [default: the short name]
    #[arg(long, value_name = "NAME")]
    called: Option<String>,

    /// Members who belong to it; can be repeated. Without any, nobody is invited or removed
    #[arg(long, value_name = "GROUP")]
    group: Vec<Group>,

    /// What is posted there, with words of its own after an = sign; can be repeated
    #[arg(long, value_name = "KIND[=WORDS]", value_parser = fields::post)]
    post: Vec<(PostKind, Option<String>)>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Adds a channel.
///
/// # Errors
/// Fails if the name is taken, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let channel = Channel {
        chat: args.chat,
        channel: args.called,
        groups: args.group,
        posts: args.post.into_iter().collect(),
    };
    let plan = ops::channel::add(&space.head, &args.channel, channel)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
