//! `space credential replace`: replaces a lost fob or a passcode with a new one.

use crate::{
    app::{look_up, new_code},
    cli::{
        CliError, Context,
        input::code,
        write::{self, WriteArgs},
    },
    domain::ops,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space credential replace ada --fob 12345
  space credential replace ada --old-fob 15408774 --fob 12345
  space credential replace ada --tag 6b307925 --fob 12345";

/// The arguments of `space credential replace`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("old").args(["old_fob", "old_passcode", "tag"]))]
#[command(group = clap::ArgGroup::new("new").required(true).args(["fob", "passcode"]))]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(value_name = "MEMBER", required_unless_present = "by_option",
          add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// The same, as an option
    #[arg(id = "by_option", long = "member", short, value_name = "MEMBER", hide = true,
          conflicts_with = "member", add = crate::cli::input::completion::members())]
    by_option: Option<String>,

    /// The old fob's number [default: the only one that they hold]
    #[arg(long, value_name = "NUMBER")]
    old_fob: Option<String>,

    /// The old passcode; `-` prompts for it
    #[arg(long, value_name = "DIGITS", allow_hyphen_values = true)]
    old_passcode: Option<String>,

    /// The tag of a credential with the old code, if its number is no longer known
    #[arg(long, add = crate::cli::input::completion::credentials())]
    tag: Option<String>,

    /// The new fob's number
    #[arg(long, value_name = "NUMBER")]
    fob: Option<String>,

    /// The new passcode; `-` prompts for it
    #[arg(long, value_name = "DIGITS", allow_hyphen_values = true)]
    passcode: Option<String>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Replaces the old code with the new one in all of a member's credentials.
///
/// # Errors
/// Fails if the member does not hold the old code, or if another member holds the new one.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let key = space.store.key()?;
    let named = args.member.as_deref().or(args.by_option.as_deref()).unwrap_or_default();
    let member = look_up::member_id(&space.head, named)?;
    let old = code::read(ctx, args.old_fob.as_deref(), args.old_passcode.as_deref())?;
    let Some(new) = code::read(ctx, args.fob.as_deref(), args.passcode.as_deref())? else {
        return Err(CliError::user("neither a new fob nor a new passcode was given"));
    };
    let new = new_code::accept(new, &space.settings()?)?;
    let old = match (old, &args.tag) {
        (Some(code), _) => code.hash(&key),
        (None, Some(tag)) => by_tag(&space.head, member, tag)?,
        (None, None) => ops::credential::Replace::only_code(&space.head, member, new.kind())?,
    };
    let request = ops::credential::Replace { member, old, kind: new.kind(), new: new.hash(&key) };
    let plan = ops::credential::replace(&space.head, &request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}

fn by_tag(
    head: &crate::store::Revision<'_>,
    member: crate::domain::model::MemberId,
    text: &str,
) -> Result<crate::domain::model::CodeHash, CliError> {
    let (holder, tag) = look_up::credential(head, text)?;
    if holder != member {
        return Err(CliError::user(format!("{tag} is a credential of {holder}, not of {member}")));
    }
    let (folder, _) = head.member(member);
    let found = folder.and_then(|folder| folder.credentials.into_iter().find(|(t, _)| *t == tag));
    found
        .map(|(_, credential)| credential.code)
        .ok_or_else(|| CliError::data(format!("the credential {tag} cannot be read")))
}
