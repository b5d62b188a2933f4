//! `space induction list`: who may use what, and who showed them.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    cli::{
        CliError, Context, fetch,
        output::{Progress, table},
    },
    domain::model::{MemberFolder, MemberId, Slug},
};

/// The arguments of `space induction list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only one member's
    #[arg(long, short, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// Only those to one facility
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// Only inductors
    #[arg(long)]
    inductors: bool,
}

#[derive(Serialize)]
struct Row {
    facility: Slug,
    member: MemberId,
    name: String,
    on: Date,
    by: Option<MemberId>,
    inductor: bool,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("FACILITY", |row: &Row| table::plain(&row.facility)),
    table::Column::new("MEMBER", |row| table::named(row.member, &row.name)),
    table::Column::new("ON", |row| table::plain(row.on)),
    table::Column::new("BY", |row| table::maybe(row.by)),
    table::Column::new("INDUCTOR", |row| {
        if row.inductor {
            ("yes".into(), table::Look::Good)
        } else {
            ("-".into(), table::Look::Faint)
        }
    }),
];

/// Lists inductions.
///
/// # Errors
/// That the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let facility = args.facility.as_deref().map(|name| fetch::facility(&head, name)).transpose()?;
    let folders: Vec<MemberFolder> = match &args.member {
        Some(text) => head.member(fetch::member_id(&head, text)?).0.into_iter().collect(),
        None => {
            let _progress = Progress::new("reading inductions");
            head.roster().members().collect()
        }
    };
    let mut rows = Vec::new();
    for folder in folders {
        let name = folder.member.get().map_or_else(|| "(unreadable)".into(), |m| m.name.clone());
        for (to, induction) in folder.inductions {
            if facility.as_ref().is_some_and(|(name, _)| *name != to)
                || (args.inductors && !induction.inductor)
            {
                continue;
            }
            rows.push(Row {
                facility: to,
                member: folder.id,
                name: name.clone(),
                on: induction.on,
                by: induction.by,
                inductor: induction.inductor,
            });
        }
    }
    rows.sort_by(|a, b| (&a.facility, a.member).cmp(&(&b.facility, b.member)));
    ctx.rows(&rows, COLUMNS, "no inductions")
}
