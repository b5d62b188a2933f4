//! `space notice due`: who is to hear of what.

use super::{
    deliver::{self, Fate},
    gather::Gathered,
    review,
};
use crate::{
    cli::{CliError, Context, context, table},
    domain::model::CommitId,
    store::Store,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Reminders follow from the day. Whatever else there is to tell follows from what happened since the
last `space notice send` on this machine; --since names another commit.

Examples:
  space notice due
  space notice due --since HEAD~5";

/// The arguments of `space notice due`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The commit after which what happened is to be told
    #[arg(long, value_name = "COMMIT")]
    since: Option<String>,
}

/// The columns of what became of notices.
pub(super) const COLUMNS: &[table::Column<Fate>] = &[
    table::Column::new("NUMBER", |row: &Fate| table::maybe(row.member)),
    table::Column::new("NAME", |row| table::text(&row.name)),
    table::Column::new("NOTICE", |row| table::plain(row.kind)),
    table::Column::new("OCCASION", |row| table::text(&row.occasion)),
    table::Column::new("TO", |row| table::maybe(row.to.as_ref())),
    table::Column::new("IS", |row| {
        let look = match row.fate {
            "sent" => table::Look::Good,
            "failed" => table::Look::Bad,
            "later" | "unsent" => table::Look::Odd,
            _ => table::Look::Plain,
        };
        (row.fate.into(), look)
    }),
    table::Column::new("BECAUSE", |row| table::maybe(row.why.as_ref())),
];

/// Lists what is due.
///
/// # Errors
/// The records cannot be read, or a template is not right.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let today = ctx.now.to_zoned(context::zone(&head)?).date();
    let posted = store.posted()?;
    let since = since(&store, args.since.as_deref())?.or(posted.through());
    let gathered = Gathered::of(&store, &head, &posted, since, today)?;
    let (mut letters, others) = deliver::prepare(&head, &gathered.due, today, usize::MAX)?;
    letters.extend(review::prepare(&store, &head, &posted, today)?);
    let due = letters.iter().map(|prepared| prepared.fate("due", None));
    let mut fates: Vec<Fate> = due.chain(others).collect();
    fates.sort_by_key(|fate| (fate.member, fate.kind));
    ctx.rows(&fates, COLUMNS, "nobody has to hear of anything")?;
    if !gathered.knows {
        ctx.warn(
            "what happened before is not known here: `space notice send` begins with this commit, \
             --since names an earlier one",
        )?;
    }
    Ok(())
}

/// Finds the commit that was named.
///
/// # Errors
/// There is none of that name.
pub(super) fn since(store: &Store, spec: Option<&str>) -> Result<Option<CommitId>, CliError> {
    Ok(spec.map(|spec| store.resolve(spec)).transpose()?)
}
