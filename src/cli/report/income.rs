//! `space report income`: adds up what came in and was given back, by month.

use super::{
    day,
    form::{Drawn, ReportOutput},
    svg::{Series, bars},
};
use crate::{
    app::view,
    cli::{CliError, Context, output::Progress},
    domain::{
        model::{Record, RecordPath, contact::YearMonth},
        money::{Currency, decimal},
        records::Records as _,
        report::{self, Income, IncomeCounter, IncomeMonth, Span, Sums},
    },
    store::Revision,
};

/// Shown below the options.
const NOTES: &str = "\
Money counts in the month in which it came in or was given back. Unmatched transactions are in none of
the other sums.

Examples:
  space report income
  space report income --from 2025-01 --until 2025-12 --by-tier --csv
  space report income --svg --output income.svg";

/// The arguments of `space report income`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// How many months, including the current one
    #[arg(long, value_name = "N", default_value_t = 12, conflicts_with = "from",
          value_parser = clap::value_parser!(u16).range(1..=1200))]
    months: u16,

    /// The first month, like 2026-01
    #[arg(long, value_name = "YEAR-MONTH")]
    from: Option<YearMonth>,

    /// The last month [default: the current one]
    #[arg(long, value_name = "YEAR-MONTH")]
    until: Option<YearMonth>,

    /// Split the sums by the tier that members have now
    #[arg(long)]
    by_tier: bool,

    #[command(flatten)]
    drawn: Drawn,
}

/// A month, or a tier in a month.
struct Row {
    month: String,
    tier: Option<String>,
    sums: Sums,
    /// Unmatched transactions, in minor units.
    unmatched: i64,
    digits: u8,
}

const MONTHS: &[view::Column<Row>] = &[
    view::Column::new("MONTH", |row: &Row| view::text(&row.month)),
    view::Column::new("PAYMENTS", |row| view::plain(row.sums.payments)),
    view::Column::new("RECEIVED", |row| view::plain(decimal(row.sums.received, row.digits))),
    view::Column::new("GIVEN BACK", |row| view::plain(decimal(row.sums.given_back, row.digits))),
    view::Column::new("NET", |row| view::plain(decimal(row.sums.net, row.digits))),
    view::Column::new("UNMATCHED", |row| view::plain(decimal(row.unmatched, row.digits))),
];

const TIERS: &[view::Column<Row>] = &[
    view::Column::new("MONTH", |row: &Row| view::text(&row.month)),
    view::Column::new("TIER", |row| view::maybe(row.tier.as_ref())),
    view::Column::new("PAYMENTS", |row| view::plain(row.sums.payments)),
    view::Column::new("RECEIVED", |row| view::plain(decimal(row.sums.received, row.digits))),
    view::Column::new("GIVEN BACK", |row| view::plain(decimal(row.sums.given_back, row.digits))),
    view::Column::new("NET", |row| view::plain(decimal(row.sums.net, row.digits))),
];

/// Adds up payments.
///
/// # Errors
/// Fails if the space cannot be read, or if the months are not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let until = args.until.unwrap_or_else(|| report::of_day(today));
    let from = args.from.unwrap_or_else(|| report::before(until, args.months - 1));
    if from > until {
        return Err(CliError::user(format!("the first month, {from}, is after the last, {until}")));
    }
    let progress = Progress::new("adding up payments");
    let (income, unreadable) = add_up(&space.head, Span { from, until });
    drop(progress);
    let picture = args.drawn.svg.then(|| picture(&income));
    let waiting = income.unmatched.transactions;
    let unmatched = match waiting {
        0 => String::new(),
        _ => {
            let sum = decimal(income.unmatched.amount, income.currency.digits);
            format!("{sum} in {waiting}; `space payment list --unmatched` lists them")
        }
    };
    let total = Row {
        month: "all".into(),
        tier: None,
        sums: income.total,
        unmatched: income.unmatched.amount,
        digits: income.currency.digits,
    };
    args.drawn.form.write(
        ctx,
        ReportOutput {
            json: &income,
            rows: income.months.iter().flat_map(|month| rows(month, &income, args)).collect(),
            total: Some(total),
            columns: if args.by_tier { TIERS } else { MONTHS },
            empty: "there are no payments",
            below: vec![("currency", income.currency.code.clone()), ("unmatched", unmatched)],
            picture,
        },
    )?;
    day::unreadable(ctx, unreadable, "payment")
}

fn add_up(head: &Revision<'_>, span: Span) -> (Income, u64) {
    let roster = head.roster();
    let mut counter = IncomeCounter::default();
    let mut unreadable = head.each_payment(|id, _, payment| {
        let member = roster.get(id).and_then(|folder| folder.member.get());
        counter.add(payment, member.map(|member| &member.tier), span);
    });
    for (year, id) in head.unmatched() {
        match head.record(&RecordPath::Unmatched(year, id)) {
            Ok(Some(Record::Unmatched(it))) => counter.add_unmatched(&it, span),
            _ => unreadable += 1,
        }
    }
    (counter.income(Currency::of(&head.basis().0), span), unreadable)
}

fn rows(month: &IncomeMonth, income: &Income, args: &Args) -> Vec<Row> {
    let row = |tier, sums| Row {
        month: month.month.to_string(),
        tier,
        sums,
        unmatched: month.unmatched.amount,
        digits: income.currency.digits,
    };
    if !args.by_tier {
        return vec![row(None, month.sums)];
    }
    let tier = |it: &report::TierSums| row(it.tier.as_ref().map(ToString::to_string), it.sums);
    month.tiers.iter().map(tier).collect()
}

fn picture(income: &Income) -> String {
    let months: Vec<String> = income.months.iter().map(|it| it.month.to_string()).collect();
    let series = |name, of: fn(&IncomeMonth) -> i64| Series {
        name,
        values: income.months.iter().map(of).collect(),
    };
    let series = Series::non_zero([
        series("received", |it| it.sums.received),
        series("given back", |it| it.sums.given_back),
        series("unmatched", |it| it.unmatched.amount),
    ]);
    let title = format!("Income by month, {}", income.currency.code);
    bars(&title, &months, &series, &|amount| decimal(amount, income.currency.digits))
}
