//! `space report activity`: counts when the doors are used, and by how many members.

use clap::ValueEnum;

use super::{
    form::{Drawn, ReportOutput},
    svg::{Hour, heat},
};
use crate::{
    app::{journals, view},
    cli::{CliError, Context, input::filter::FilterArgs, output::Progress},
    domain::{
        model::AccessResult,
        report::{Attempts, Counting, FacilityUsage, Usage},
    },
    store::journal::{Filter, Tail},
};

/// Shown below the options.
const NOTES: &str = "\
The table by hour and the chart count activities that were granted (or have the result named by
--result), by hour of the space's local time. Each member is counted once, however often they came.

Examples:
  space report activity --from -90d
  space report activity --by facility --from 2026-01-01
  space report activity --facility laser --svg --output laser.svg";

/// The arguments of `space report activity`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,

    /// What to count by
    #[arg(long, value_enum, default_value = "hour")]
    by: By,

    #[command(flatten)]
    drawn: Drawn,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum By {
    /// Hours of the day and days of the week
    Hour,
    /// Facilities
    Facility,
}

/// One hour of each day of the week.
struct Row {
    hour: String,
    counts: [u64; 7],
}

const HOURS: &[view::Column<Row>] = &[
    view::Column::new("HOUR", |row: &Row| view::text(&row.hour)),
    view::Column::new("MON", |row| number(row.counts[0])),
    view::Column::new("TUE", |row| number(row.counts[1])),
    view::Column::new("WED", |row| number(row.counts[2])),
    view::Column::new("THU", |row| number(row.counts[3])),
    view::Column::new("FRI", |row| number(row.counts[4])),
    view::Column::new("SAT", |row| number(row.counts[5])),
    view::Column::new("SUN", |row| number(row.counts[6])),
    view::Column::new("ALL", |row| view::plain(row.counts.iter().sum::<u64>())),
];

/// Formats a count; zero is dimmed.
fn number(count: u64) -> view::Cell {
    (count.to_string(), if count == 0 { view::CellStyle::Faint } else { view::CellStyle::Plain })
}

/// A facility, or all of them.
struct UsageRow {
    name: String,
    attempts: Attempts,
}

const FACILITIES: &[view::Column<UsageRow>] = &[
    view::Column::new("FACILITY", |row: &UsageRow| view::text(&row.name)),
    view::Column::new("GRANTED", |row| view::plain(row.attempts.granted)),
    view::Column::new("DENIED", |row| view::plain(row.attempts.denied)),
    view::Column::new("EXITS", |row| view::plain(row.attempts.exits)),
    view::Column::new("MEMBERS", |row| view::plain(row.attempts.members)),
];

/// The sentence for when nothing matches.
const NOTHING: &str = "the journals of this machine have no such activity";

/// Counts activities.
///
/// # Errors
/// Fails if the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let filter = args.filter.filter(ctx, &space.head, &zone)?;
    let (progress, wanted) = (Progress::new("reading the journals"), filter.clone());
    let (activities, findings) = Tail::new(journals::folder(space.store)?, filter).all()?;
    let mut counting = Counting::new(zone);
    activities.iter().for_each(|activity| counting.add(activity));
    let usage = counting.finish();
    drop(progress);
    let result = wanted.result.unwrap_or(AccessResult::Granted);
    let picture = args.drawn.svg.then(|| picture(&usage, result, &wanted));
    let form = &args.drawn.form;
    match args.by {
        By::Hour => form.write(
            ctx,
            ReportOutput {
                json: &usage,
                rows: if activities.is_empty() { Vec::new() } else { hours(&usage, result) },
                total: None,
                columns: HOURS,
                empty: NOTHING,
                below: below(&usage),
                picture,
            },
        )?,
        By::Facility => {
            let place = |it: &FacilityUsage| UsageRow {
                name: it.facility.to_string(),
                attempts: it.attempts,
            };
            let all = UsageRow { name: "all".into(), attempts: usage.total };
            form.write(
                ctx,
                ReportOutput {
                    json: &usage,
                    rows: usage.facilities.iter().map(place).collect(),
                    total: (usage.facilities.len() > 1).then_some(all),
                    columns: FACILITIES,
                    empty: NOTHING,
                    below: Vec::new(),
                    picture,
                },
            )?;
        }
    }
    findings.iter().try_for_each(|finding| ctx.warn(finding))
}

fn count(attempts: &Attempts, result: AccessResult) -> u64 {
    match result {
        AccessResult::Granted => attempts.granted,
        AccessResult::Denied => attempts.denied,
        AccessResult::Exit => attempts.exits,
        AccessResult::Operated => attempts.operated,
    }
}

fn hours(usage: &Usage, result: AccessResult) -> Vec<Row> {
    let row = |hour: u8| {
        let mut days = usage.week.iter().filter(|cell| cell.hour == hour);
        let counts = [(); 7].map(|()| days.next().map_or(0, |it| count(&it.attempts, result)));
        Row { hour: format!("{hour:02}:00"), counts }
    };
    (0..24).map(row).collect()
}

fn below(usage: &Usage) -> Vec<(&'static str, String)> {
    let Attempts { granted, denied, exits, operated, members } = usage.total;
    let some = |count: u64| if count == 0 { String::new() } else { count.to_string() };
    vec![
        ("granted", some(granted)),
        ("denied", some(denied)),
        ("exits", some(exits)),
        ("by hand", some(operated)),
        ("members", some(members)),
    ]
}

fn picture(usage: &Usage, result: AccessResult, wanted: &Filter) -> String {
    let hour = |it: &crate::domain::report::WeekHour| Hour {
        weekday: it.weekday,
        hour: it.hour,
        count: count(&it.attempts, result),
    };
    let hours: Vec<Hour> = usage.week.iter().map(hour).collect();
    let at = wanted.facility.as_ref().map(|it| format!(" at {it}")).unwrap_or_default();
    let what = result.to_string();
    heat(&format!("Activity by weekday and hour{at}"), &what, &hours)
}
