//! `space credential revoke`: revokes credentials.

use crate::{
    app::{carry_out, look_up},
    cli::{
        CliError, Context,
        input::{code::CodeArgs, prompt},
        write::{self, WriteArgs},
    },
    domain::ops::{self, credential::Which},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space credential revoke 6b307925
  space credential revoke --fob 15408774
  space credential revoke --member ada --facility laser";

/// The arguments of `space credential revoke`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["tag", "member", "fob", "passcode"]))]
pub(crate) struct Args {
    /// The tag, or its beginning
    #[arg(add = crate::cli::input::completion::credentials())]
    tag: Option<String>,

    /// All credentials of this member
    #[arg(long, short, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    member: Option<String>,

    #[command(flatten)]
    code: CodeArgs,

    /// Only the grants for this facility
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// Do not ask before revoking several
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Revokes credentials.
///
/// # Errors
/// Fails if there is nothing to revoke.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let which = if let Some(text) = &args.member {
        Which::Member(look_up::member_id(&space.head, text)?)
    } else if let Some(code) = args.code.code(ctx)? {
        Which::Code(code.hash(&space.store.key()?))
    } else {
        let tag = args.tag.as_deref().unwrap_or_default();
        Which::Tags(vec![look_up::credential(&space.head, tag)?.1])
    };
    let facility =
        args.facility.as_deref().map(|name| look_up::facility(&space.head, name)).transpose()?;
    let plan =
        ops::credential::revoke(&space.head, &which, facility.as_ref().map(|(name, _)| name))?;
    let several = plan.change.edits.len() > 1;
    if several && !args.yes && !args.write.dry_run && prompt::is_interactive() {
        let what = carry_out::in_words(&space.head, &plan.change);
        let question = format!("{}?", what.replacen("credential: r", "R", 1));
        if !prompt::confirm(&question)? {
            return ctx.say("nothing was changed");
        }
    }
    write::carry_out(ctx, &space, plan, &args.write)
}
