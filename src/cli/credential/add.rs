//! `space credential add`: gives a member a fob or passcode.

use super::window::WindowArgs;
use crate::{
    app::{look_up, new_code},
    cli::{
        CliError, Context, Opened,
        input::{code::CodeArgs, unknown::UnknownArgs},
        write::{self, WriteArgs},
    },
    domain::{
        model::{Code, Grant, Priority, Tag},
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space credential add ada --fob 15408774
  space credential add --member ada --passcode - --facility frontdoor --lasts 2w
  space credential add --member ada --last-unknown frontdoor";

/// The arguments of `space credential add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(value_name = "MEMBER", required_unless_present = "member",
          add = crate::cli::input::completion::members())]
    who: Option<String>,

    /// The same, as an option
    #[arg(long, short, value_name = "MEMBER", conflicts_with = "who",
          add = crate::cli::input::completion::members())]
    member: Option<String>,

    #[command(flatten)]
    code: CodeArgs,

    #[command(flatten)]
    unknown: UnknownArgs,

    /// What it opens; can be repeated [default: every door]
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Vec<String>,

    /// The priority of its grants
    #[arg(long, short, default_value_t = 1, allow_negative_numbers = true)]
    priority: Priority,

    #[command(flatten)]
    window: WindowArgs,

    /// The tag to revoke it by [default: a new one]
    #[arg(long)]
    tag: Option<Tag>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Gives a member a credential.
///
/// # Errors
/// Fails if no member matches, if another member holds the code, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let member = args.who.as_ref().or(args.member.as_ref()).map_or("", String::as_str);
    let member = look_up::member_id(&space.head, member)?;
    let code = code(ctx, &space, &args)?;
    let effective = args.window.effective(ctx, &zone)?.unwrap_or(ctx.now);
    let expiration = args.window.expiration(ctx, &zone, effective)?;
    let grants = look_up::facilities_or_doors(&space.head, &args.facility)?
        .into_iter()
        .map(|facility| Grant { facility, priority: args.priority, effective, expiration })
        .collect();
    let request = ops::credential::Add {
        member,
        tag: args.tag.unwrap_or_else(Tag::random),
        kind: code.kind(),
        code: code.hash(&space.store.key()?),
        grants,
    };
    let plan = ops::credential::add(&space.head, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}

fn code(ctx: &Context, space: &Opened<'_>, args: &Args) -> Result<Code, CliError> {
    if let Some(code) = args.code.code(ctx)? {
        if let Some(doubt) = args.code.fob.as_deref().and_then(Code::fob_doubt) {
            ctx.warn(doubt)?;
        }
        return Ok(new_code::accept(code, &space.settings()?)?);
    }
    match &args.unknown.last_unknown {
        Some(facility) => args.unknown.fob(ctx, space, facility),
        None => Err(CliError::user("neither a fob nor a passcode was given").hint(
            "give --fob NUMBER, --passcode -, or --last-unknown FACILITY \
             after holding the new fob to that reader",
        )),
    }
}
