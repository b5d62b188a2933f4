//! `space report dues`: adds up what members owe, by tier and class.

use super::{
    day::{self, Recorded},
    form::{Form, ReportOutput},
};
use crate::{
    app::view,
    cli::{CliError, Context, output::Progress},
    domain::{
        model::Money,
        money::decimal,
        report::{self, DuesShare, PayingMember},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space report dues
  space report dues --members --csv --output dues.csv";

/// The arguments of `space report dues`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    #[command(flatten)]
    recorded: Recorded,

    /// List the members and their classes
    #[arg(long)]
    members: bool,

    #[command(flatten)]
    form: Form,
}

/// Something, and the number of digits of its amounts.
struct Row<T> {
    entry: T,
    digits: u8,
}

impl<T> Row<T> {
    fn money(&self, amount: Money) -> view::Cell {
        view::plain(decimal(amount, self.digits))
    }
}

const SHARES: &[view::Column<Row<DuesShare>>] = &[
    view::Column::new("TIER", |row: &Row<DuesShare>| view::text(&row.entry.name)),
    view::Column::new("CLASS", |row| view::maybe(row.entry.class.map(report::DuesClass::word))),
    view::Column::new("MEMBERS", |row| view::plain(row.entry.members)),
    view::Column::new("PRICE", |row| row.money(row.entry.price)),
    view::Column::new("CHILDREN", |row| row.money(row.entry.children)),
    view::Column::new("CONCESSION", |row| row.money(row.entry.concession)),
    view::Column::new("MINIMUM", |row| row.money(row.entry.minimum)),
    view::Column::new("CHOSEN", |row| row.money(row.entry.chosen)),
    view::Column::new("MONTH", |row| row.money(row.entry.month)),
];

const PAYERS: &[view::Column<Row<PayingMember>>] = &[
    view::Column::new("NUMBER", |row: &Row<PayingMember>| view::plain(row.entry.id)),
    view::Column::new("NAME", |row| view::text(&row.entry.name)),
    view::Column::new("TIER", |row| view::text(row.entry.tier.as_str())),
    view::Column::new("CLASS", |row| view::text(row.entry.class.word())),
    view::Column::new("STANDING", |row| view::text(row.entry.standing.word())),
    view::Column::new("MONTH", |row| row.money(row.entry.month)),
];

/// Adds up dues.
///
/// # Errors
/// Fails if the space cannot be read or the day is not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (on, zone) = (space.day(&args.on)?, space.zone()?);
    let progress = Progress::new("adding up dues");
    let census = space.store.read(args.recorded.commit(space.store, on, &zone)?)?.census();
    let everybody = census.all_members();
    let dues = report::dues(&everybody, on);
    let digits = dues.currency.digits;
    let empty = "nobody was a member on that day";
    if args.members {
        let payers = report::payers(&everybody, on);
        drop(progress);
        args.form.write(
            ctx,
            ReportOutput {
                json: &payers.clone(),
                rows: payers.into_iter().map(|entry| Row { entry, digits }).collect(),
                total: None,
                columns: PAYERS,
                empty,
                below: Vec::new(),
                picture: None,
            },
        )?;
    } else {
        drop(progress);
        let total = DuesShare { name: "all".into(), ..dues.total.clone() };
        args.form.write(
            ctx,
            ReportOutput {
                json: &dues,
                rows: dues.shares.iter().cloned().map(|entry| Row { entry, digits }).collect(),
                total: (dues.shares.len() > 1).then_some(Row { entry: total, digits }),
                columns: SHARES,
                empty,
                below: Vec::new(),
                picture: None,
            },
        )?;
    }
    let unclear = dues.shares.iter().filter(|it| it.class == Some(report::DuesClass::Unclear));
    day::warn(ctx, &census, unclear.map(|it| it.members).sum())
}
