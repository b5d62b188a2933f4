//! `space report review`: the page for the directors, once a month.

use super::{
    day::{self, Recorded},
    form::Form,
};
use crate::{
    app::{
        report::{ReportOutput, day::end_or_today, review},
        view,
    },
    cli::{CliError, Context, output::Waiting},
    domain::{
        model::contact::YearMonth,
        money::decimal,
        report::{self, NamedMember, Review, TierReview},
    },
};

/// Shown below the options.
const NOTES: &str = "\
Members are counted on the last day of the month, or today if the month is not over. Members who came
back after leaving or lapsing are listed as far back as the history reaches. --csv prints the tiers,
--json everything.

Examples:
  space report review
  space report review --month 2026-02 --as-recorded --json";

/// The most names that are listed; further ones are only counted.
const MAX_NAMES: usize = 40;

/// The arguments of `space report review`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The month, like 2026-01 [default: the current one]
    #[arg(long, value_name = "YEAR-MONTH")]
    month: Option<YearMonth>,

    #[command(flatten)]
    recorded: Recorded,

    #[command(flatten)]
    form: Form,
}

struct Row {
    tier: TierReview,
    digits: u8,
}

const COLUMNS: &[view::Column<Row>] = &[
    view::Column::new("TIER", |row: &Row| view::text(&row.tier.name)),
    view::Column::new("MEMBERS", |row| view::plain(row.tier.tally.members)),
    view::Column::new("FULL", |row| view::plain(row.tier.tally.full)),
    view::Column::new("CONCESSION", |row| view::plain(row.tier.tally.concession)),
    view::Column::new("FREE", |row| view::plain(row.tier.tally.free)),
    view::Column::new("CHILDREN", |row| view::plain(row.tier.tally.children)),
    view::Column::new("LAPSED", |row| view::plain(row.tier.tally.lapsed)),
    view::Column::new("NEW", |row| view::plain(row.tier.new)),
    view::Column::new("LEFT", |row| view::plain(row.tier.left)),
    view::Column::new("EXPECTED", |row| view::plain(decimal(row.tier.tally.expected, row.digits))),
    view::Column::new("COVERED", |row| {
        view::plain(decimal(row.tier.tally.expected_covered, row.digits))
    }),
];

/// Reviews a month.
///
/// # Errors
/// Fails if the space cannot be read, or if the month has not begun yet.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let today = ctx.now.to_zoned(zone.clone()).date();
    let month = args.month.unwrap_or_else(|| report::of_day(today));
    if report::first(month) > today {
        return Err(CliError::user(format!("{month} has not begun yet")));
    }
    let on = end_or_today(month, today);
    let revision = space.store.read(args.recorded.commit(space.store, on, &zone)?)?;
    let (review, census) = review::of(space.store, &revision, on, &zone, &Waiting::default())?;
    let digits = review.currency.digits;
    let row = |tier| Row { tier, digits };
    args.form.write(
        ctx,
        ReportOutput {
            json: &review,
            rows: review.tiers.iter().cloned().map(row).collect(),
            total: (review.tiers.len() > 1).then(|| row(all(&review))),
            columns: COLUMNS,
            empty: "nobody was a member in that month",
            below: below(&review),
            picture: None,
        },
    )?;
    day::warn(ctx, &census, review.total.unclear)
}

/// Returns the sum of all tiers, in the form of a tier.
fn all(review: &Review) -> TierReview {
    let sum = |of: fn(&TierReview) -> u64| review.tiers.iter().map(of).sum();
    TierReview {
        name: "all".into(),
        tally: review.total,
        new: sum(|it| it.new),
        left: sum(|it| it.left),
        lapsed_in_month: sum(|it| it.lapsed_in_month),
        ..review.tiers[0].clone()
    }
}

fn below(review: &Review) -> Vec<(&'static str, String)> {
    let nobody = Vec::new();
    let changes = review.changes.as_ref();
    let returned = changes.map_or(&nobody, |it| &it.returned);
    let paid_again = changes.map_or(&nobody, |it| &it.paid_again);
    vec![
        ("counted on", review.on.to_string()),
        ("currency", review.currency.code.clone()),
        ("new", names(&review.new)),
        ("left", names(&review.left)),
        ("lapsed", names(&review.lapsed)),
        ("returned", names(returned)),
        ("paid again", names(paid_again)),
    ]
}

fn names(names: &[NamedMember]) -> String {
    let name = |it: &NamedMember| {
        let day = it.day.map(|day| format!(", {day}")).unwrap_or_default();
        format!("{} {}{day}", it.id, it.name)
    };
    let mut lines: Vec<String> = names.iter().take(MAX_NAMES).map(name).collect();
    if names.len() > MAX_NAMES {
        lines.push(format!("and {} more; --json shows all", names.len() - MAX_NAMES));
    }
    lines.join("\n")
}
