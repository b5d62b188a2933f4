//! `space member list`: everybody, or those who fit.

use std::collections::HashMap;

use clap::ValueEnum;
use jiff::civil::Date;
use serde::Serialize;

use super::standing::{self, Standing};
use crate::{
    cli::{CliError, Context, context, fetch, progress::Progress, table},
    domain::model::{Member, MemberFolder, MemberId, Slug},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space member list --standing lapsed
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

    /// Only members who stand so today; without it those who left are not shown
    #[arg(long, value_enum)]
    standing: Option<Wanted>,

    /// Also those who left
    #[arg(long, short)]
    all: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Wanted {
    Good,
    Lapsed,
    Suspended,
    Left,
}

#[derive(Serialize)]
struct Row {
    id: MemberId,
    name: String,
    tier: Slug,
    standing: Standing,
    covered_until: String,
    joined: Date,
    left: Option<Date>,
    parent: Option<MemberId>,
    credentials: usize,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("NUMBER", |row: &Row| table::plain(row.id)),
    table::Column::new("NAME", |row| table::plain(&row.name)),
    table::Column::new("TIER", |row| table::plain(&row.tier)),
    table::Column::new("STANDING", |row| (row.standing.to_string(), row.standing.look())),
    table::Column::new("COVERED UNTIL", |row| table::plain(&row.covered_until)),
    table::Column::new("JOINED", |row| table::plain(row.joined)),
    table::Column::new("CREDENTIALS", |row| table::plain(row.credentials)),
];

/// Lists members.
///
/// # Errors
/// That the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let revision = store.read(store.head()?)?;
    let today = ctx.now.to_zoned(context::zone(&revision)?).date();
    let (basis, _) = revision.basis();
    let tier = args.tier.as_deref().map(|name| fetch::tier(&revision, name)).transpose()?;
    let tier = tier.map(|(name, _)| name);
    let progress = Progress::new("reading members");
    let roster = revision.roster();
    drop(progress);
    let parents = parents(roster.members());
    let needle = args.filter.as_deref().unwrap_or_default().to_lowercase();
    let mut unreadable = 0;
    let mut rows = Vec::new();
    for folder in roster.members() {
        let Some(member) = folder.member.get() else {
            unreadable += 1;
            continue;
        };
        if tier.as_ref().is_some_and(|tier| member.tier != *tier)
            || !fits(folder.id, member, &needle)
        {
            continue;
        }
        let cover = standing::cover(member, &basis, |id| parents.get(&id).copied());
        let standing = Standing::of(member, cover, today);
        if !args.wants(standing) {
            continue;
        }
        rows.push(Row {
            id: folder.id,
            name: member.name.clone(),
            tier: member.tier.clone(),
            standing,
            covered_until: standing::covered_until(cover),
            joined: member.joined,
            left: member.left,
            parent: member.parent,
            credentials: folder.credentials.len(),
        });
    }
    let chosen = args.filter.is_some() || args.tier.is_some() || args.standing.is_some();
    let nobody = match (roster.members().is_empty(), chosen || args.all) {
        (true, _) => "nobody; `space member add` adds a member",
        (_, true) => "nobody fits; `space member list --all` shows everybody",
        (_, false) => "nobody is a member now; `space member list --all` shows those who left",
    };
    ctx.rows(&rows, COLUMNS, nobody)?;
    if unreadable > 0 {
        ctx.warn(format!("{unreadable} records cannot be read; `space check` shows them"))?;
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

/// Returns the members who are somebody's parent, the only ones whom a cover looks up.
fn parents(folders: &[MemberFolder]) -> HashMap<MemberId, &Member> {
    let read = |folder: &'_ MemberFolder| folder.member.get().and_then(|member| member.parent);
    let wanted: std::collections::HashSet<MemberId> = folders.iter().filter_map(read).collect();
    if wanted.is_empty() {
        return HashMap::new();
    }
    folders
        .iter()
        .filter(|folder| wanted.contains(&folder.id))
        .filter_map(|folder| Some((folder.id, folder.member.get()?)))
        .collect()
}

fn fits(id: MemberId, member: &Member, needle: &str) -> bool {
    needle.is_empty()
        || member.name.to_lowercase().contains(needle)
        || id.to_string().contains(needle)
}
