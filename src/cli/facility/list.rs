//! `space facility list`: what is guarded, and what is demanded there now.

use serde::Serialize;

use super::show::{Now, now};
use crate::{
    app::view::{self, Column, View},
    cli::{CliError, Context, context, output::Listing},
    domain::model::{FacilityKind, Slug},
};

#[derive(Serialize)]
struct Row {
    facility: Slug,
    name: String,
    kind: FacilityKind,
    induction: bool,
    inductions_first: Vec<Slug>,
    now: Now,
}

impl View for Row {
    const EMPTY: &'static str = "no facilities";
    const COLUMNS: &'static [Column<Self>] = &[
        view::Column::new("FACILITY", |row| view::plain(&row.facility)),
        view::Column::new("NAME", |row| view::plain(&row.name)),
        view::Column::new("KIND", |row| {
            view::plain(match row.kind {
                FacilityKind::Door => "door",
                FacilityKind::Tool => "tool",
            })
        }),
        view::Column::new("INDUCTION", |row| {
            let own = row.induction.then(|| "needed".to_owned());
            let first = row.inductions_first.iter().map(|name| format!("{name} first"));
            let all: Vec<String> = own.into_iter().chain(first).collect();
            view::maybe((!all.is_empty()).then(|| all.join(", ")))
        }),
        view::Column::new("NOW", |row| row.now.cell()),
    ];
}

/// The arguments of `space facility list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,
}

/// Lists the facilities.
///
/// # Errors
/// That the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let zone = context::zone(&head)?;
    let (basis, findings) = head.basis();
    let rows: Vec<Row> = basis
        .facilities
        .iter()
        .filter_map(|(slug, folder)| {
            let facility = folder.facility.get()?;
            Some(Row {
                facility: slug.clone(),
                name: facility.name.clone(),
                kind: facility.kind,
                induction: facility.induction,
                inductions_first: facility.inductions_first.clone(),
                now: now(folder, &zone, ctx.now),
            })
        })
        .collect();
    ctx.list_or(args.form, &rows, "no facilities; `space facility add` makes one")?;
    findings.iter().filter(|f| f.path.starts_with("facilities/")).try_for_each(|f| ctx.warn(f))
}
