//! `space member list`: lists members.

use clap::ValueEnum;

use super::paying::Paying;
use crate::{
    app::{
        look_up,
        members::{self, MemberList},
        view::counted,
    },
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::dues::Standing,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space member list --standing lapsed
  space member list --lapsing 14
  space member list love";

/// The arguments of `space member list`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Only members whose name or number contains this
    filter: Option<String>,

    /// Only members of this tier
    #[arg(long)]
    tier: Option<String>,

    /// Only members with this standing today [default: all but those who left]
    #[arg(long, value_enum)]
    standing: Option<Wanted>,

    /// Include those who left
    #[arg(long, short)]
    all: bool,

    #[command(flatten)]
    paying: Paying,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Wanted {
    Good,
    Lapsed,
    Suspended,
    Left,
}

/// Lists members.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let today = space.today()?;
    let tier = args.tier.as_deref().map(|name| look_up::tier(&space.head, name)).transpose()?;
    let tier = tier.map(|(name, _)| name);
    let parent = args.paying.parent.as_deref();
    let parent = parent.map(|text| look_up::member_id(&space.head, text)).transpose()?;
    let progress = Progress::new("reading members");
    let roster = space.head.roster();
    drop(progress);
    let needle = args.filter.as_deref().unwrap_or_default().to_lowercase();
    let MemberList { rows, unreadable } =
        members::list(&space.head, &roster, today, |id, member, standing, cover| {
            tier.as_ref().is_none_or(|tier| member.tier == *tier)
                && (parent.is_none() || member.parent == parent)
                && members::matches_text(id, &member.name, &needle)
                && args.wants(standing)
                && (!args.paying.any() || args.paying.wants(standing, cover, today))
        });
    let is_filtered = args.filter.is_some()
        || args.tier.is_some()
        || args.standing.is_some()
        || args.paying.any()
        || parent.is_some();
    let empty = match (roster.is_empty(), is_filtered || args.all) {
        (true, _) => "there are no members; `space member add NAME` adds one",
        (_, true) => "no member matches; `space member list --all` shows everybody",
        (_, false) => {
            "there are no current members; `space member list --all` shows those who left"
        }
    };
    ctx.list_or(args.form, &rows, empty)?;
    if unreadable > 0 {
        let records = counted(u64::try_from(unreadable).unwrap_or(u64::MAX), "record");
        ctx.warn(format!("{records} cannot be read; `space check` shows them"))?;
    }
    Ok(())
}

impl Args {
    fn wants(&self, standing: Standing) -> bool {
        match self.standing {
            None => self.all || standing != Standing::Left,
            Some(Wanted::Good) => standing == Standing::Good,
            Some(Wanted::Lapsed) => standing == Standing::Lapsed,
            Some(Wanted::Suspended) => standing == Standing::Suspended,
            Some(Wanted::Left) => standing == Standing::Left,
        }
    }
}
