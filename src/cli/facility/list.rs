//! `space facility list`: what is guarded, and what is demanded there now.

use serde::Serialize;

use super::show::cell;
use crate::{
    cli::{CliError, Context, context, output::table},
    domain::{
        access::{Demand, Index},
        model::{FacilityKind, Slug},
        schedule::Window,
    },
};

#[derive(Serialize)]
struct Row {
    facility: Slug,
    name: String,
    kind: FacilityKind,
    induction: bool,
    inductions_first: Vec<Slug>,
    now: Demand,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("FACILITY", |row: &Row| table::plain(&row.facility)),
    table::Column::new("NAME", |row| table::plain(&row.name)),
    table::Column::new("KIND", |row| {
        table::plain(match row.kind {
            FacilityKind::Door => "door",
            FacilityKind::Tool => "tool",
        })
    }),
    table::Column::new("INDUCTION", |row| {
        let own = row.induction.then(|| "needed".to_owned());
        let first = row.inductions_first.iter().map(|name| format!("{name} first"));
        let all: Vec<String> = own.into_iter().chain(first).collect();
        table::maybe((!all.is_empty()).then(|| all.join(", ")))
    }),
    table::Column::new("NOW", |row| {
        let (text, look) = cell(row.now);
        (text.to_owned(), look)
    }),
];

/// Lists the facilities.
///
/// # Errors
/// That the space cannot be read.
pub(super) fn run(ctx: &Context) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    // That the zone is unknown is told, instead of that everything is shut.
    context::zone(&head)?;
    let (basis, findings) = head.basis();
    let index = Index::begin(head.id(), &basis, Window::around(ctx.now));
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
                now: index.demand(slug, ctx.now),
            })
        })
        .collect();
    ctx.rows(&rows, COLUMNS, "no facilities; `space facility add` makes one")?;
    findings.iter().filter(|f| f.path.starts_with("facilities/")).try_for_each(|f| ctx.warn(f))
}
