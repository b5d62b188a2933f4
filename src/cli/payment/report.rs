//! The report on an import: what is credited, unmatched or ignored, and the sums.

use std::io::Write as _;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{payment::imported_line::ImportedLine, view},
    cli::{CliError, Context, advice, output::table},
    domain::{
        model::{CommitId, MemberId, Money, Subject},
        money::{Amount, Currency},
        ops::payment::{CoverChange, Import},
        payments::{LineTotal, Statement, Totals},
    },
};

const CREDITED: &[view::Column<ImportedLine>] = &[
    view::Column::new("DATE", |row: &ImportedLine| view::maybe(row.date)),
    view::Column::new("AMOUNT", |row| view::maybe(row.amount)),
    view::Column::new("CREDITED", |row| view::plain(&row.who)),
    view::Column::new("MONTHS", |row| view::maybe(row.months)),
    view::Column::new("PAID UNTIL", |row| view::maybe(row.paid_until)),
    view::Column::new("HOW", |row| view::plain(row.why.as_deref().unwrap_or("by the reference"))),
];

const UNMATCHED: &[view::Column<ImportedLine>] = &[
    view::Column::new("ID", |row: &ImportedLine| {
        view::maybe(row.id.as_ref().map(|id| view::short(id.as_str())))
    }),
    view::Column::new("DATE", |row| view::maybe(row.date)),
    view::Column::new("AMOUNT", |row| view::maybe(row.amount)),
    view::Column::new("UNMATCHED", |row| view::maybe(row.text.as_ref())),
    view::Column::new("WHY", |row| view::plain(row.why_unmatched())),
];

const IGNORED: &[view::Column<ImportedLine>] = &[
    view::Column::new("IGNORED", |row: &ImportedLine| view::plain(row.place())),
    view::Column::new("WHY", |row| view::maybe(row.why.as_ref())),
];

/// The most lines that are pointed out one by one.
const MAX_FLAGGED: usize = 20;

/// Shows a person the result of each line. Lines that are already known, and outgoing money, are
/// only counted.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn print(
    ctx: &Context,
    statements: &[Statement],
    import: &Import,
    currency: &Currency,
) -> Result<(), CliError> {
    for warning in statements.iter().flat_map(|statement| &statement.warnings) {
        ctx.warn(warning)?;
    }
    let all = || {
        import.lines.outcomes.iter().map(|it| ImportedLine::new(statements, import, it, currency))
    };
    for (fate, columns) in [("credited", CREDITED), ("unmatched", UNMATCHED), ("ignored", IGNORED)]
    {
        let some = |row: &ImportedLine| row.fate == fate && row.reason != Some("not-a-credit");
        let rows: Vec<ImportedLine> = all().filter(some).collect();
        if !rows.is_empty() {
            ctx.table(&rows, columns, "")?;
            ctx.say("")?;
        }
    }
    let flagged: Vec<ImportedLine> = all().filter(|row| !row.marks.is_empty()).collect();
    for row in flagged.iter().take(MAX_FLAGGED) {
        let sum = row.amount.as_ref().map(Amount::to_string).unwrap_or_default();
        ctx.warn(format!("{}: {sum}: {}", row.place(), row.marks.join(", ")))?;
    }
    if flagged.len() > MAX_FLAGGED {
        let more = flagged.len() - MAX_FLAGGED;
        ctx.warn(format!("{more} more lines need a look; --json shows all"))?;
    }
    let totals = &import.lines.totals;
    let part = |share: LineTotal, what: &str| match share.money {
        0 => format!("{} {what}", share.lines),
        money => format!("{} {what} ({})", share.lines, in_words(money, currency)),
    };
    ctx.say(format!(
        "{}: {}, {}, {}, {}",
        part(totals.all, if totals.all.lines == 1 { "line" } else { "lines" }),
        part(totals.credited, "credited"),
        part(totals.known, "known"),
        part(totals.unmatched, "unmatched"),
        part(totals.ignored, "ignored"),
    ))
}

/// Formats a sum for people, however large.
fn in_words(money: i128, currency: &Currency) -> String {
    let amount = |minor| currency.amount(minor).to_string();
    Money::try_from(money).map_or_else(|_| format!("{money} minor units"), amount)
}

/// What an import did.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Imported {
    /// Whether it was only shown.
    dry_run: bool,
    /// The commit, if there was something to record.
    commit: Option<CommitId>,
    /// What was done, in one line.
    subject: Subject,
    /// The lines by what became of them, and their money.
    totals: Totals,
    /// The members who are paid for longer.
    members: Vec<PaidUntil>,
    /// Each line.
    lines: Vec<ImportedLine>,
    /// What is unusual about the statements.
    warnings: Vec<String>,
    /// What somebody should know.
    notes: Vec<String>,
}

/// Until when a member has paid.
#[derive(Serialize, JsonSchema)]
struct PaidUntil {
    /// The member.
    member: MemberId,
    /// The first day that was not paid for.
    paid_until_before: Option<Date>,
    /// The first day that is not paid for now.
    paid_until: Option<Date>,
}

/// Writes the plan, and what was committed, for a program.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn write_json(
    ctx: &Context,
    statements: &[Statement],
    import: &Import,
    currency: &Currency,
    commit: Option<CommitId>,
    dry_run: bool,
) -> Result<(), CliError> {
    let lines: Vec<ImportedLine> = import
        .lines
        .outcomes
        .iter()
        .map(|it| ImportedLine::new(statements, import, it, currency))
        .collect();
    let totals = &import.lines.totals;
    let member = |(id, change): (&MemberId, &CoverChange)| PaidUntil {
        member: *id,
        paid_until_before: change.before,
        paid_until: change.after,
    };
    let answer = Imported {
        dry_run,
        commit,
        subject: import.plan.change.subject.clone(),
        totals: *totals,
        members: import.cover_changes.iter().map(member).collect(),
        lines,
        warnings: statements.iter().flat_map(|it| it.warnings.clone()).collect(),
        notes: advice::notes(&import.plan.notes),
    };
    let mut out = ctx.out();
    table::write_json(&mut out, &answer)?;
    Ok(out.flush()?)
}
