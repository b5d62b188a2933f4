//! `space retention history`: lists what the git history still holds about people whose records were
//! removed, and how it would be removed from there.

use std::collections::BTreeSet;

use crate::{
    app::{
        traces::{self, Traces},
        view::TracesView,
    },
    cli::{
        CliError, Context,
        output::{Listing, Waiting},
    },
    domain::model::MemberId,
    store::history::{LogScope, Query},
};

/// The arguments of `space retention history`.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,
}

/// Lists what the history still holds about people whose records were removed.
///
/// # Errors
/// Fails if the history cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let entries = space.store.log(&Query { about: LogScope::EveryCommit, ..Query::default() })?;
    let found = traces::of_removed(space.store, &space.head, &entries, &Waiting::default());
    let row = |(id, it): (&MemberId, &Traces)| TracesView::new(*id, it, &space.head, &entries);
    let rows: Vec<TracesView> = found.iter().map(row).collect();
    ctx.list(args.form, &rows)?;
    if rows.is_empty() || args.form.csv {
        return Ok(());
    }
    ctx.say("every clone has the same; how to rewrite the history safely is in --help, and this does it:")?;
    rewrite(&rows).into_iter().try_for_each(|line| ctx.say(format!("  {line}")))
}

/// Returns the commands that take these people out of the history, and the files that those read.
fn rewrite(rows: &[TracesView]) -> Vec<String> {
    let paths = rows.iter().flat_map(|row| &row.paths).map(|path| format!(" --path {path}"));
    let mut lines = vec![format!("git filter-repo --invert-paths{}", paths.collect::<String>())];
    let authors = rows.iter().flat_map(|row| {
        let id = row.member;
        row.authored.iter().map(move |it| (id, &it.name, &it.email))
    });
    let authors: BTreeSet<_> = authors.collect();
    if !authors.is_empty() {
        lines.push("git filter-repo --mailmap FILE, where FILE says:".to_owned());
        lines.extend(authors.into_iter().map(|(id, name, email)| {
            format!("  Member {id} <{id}@example.invalid> {name} <{email}>")
        }));
    }
    let named = rows.iter().filter(|row| !row.named_by.is_empty());
    let named: Vec<String> = named
        .flat_map(|row| row.names.iter().map(move |name| format!("  {name}==>{}", row.member)))
        .collect();
    if !named.is_empty() {
        lines.push("git filter-repo --replace-message FILE, where FILE says:".to_owned());
        lines.extend(named);
    }
    lines
}
