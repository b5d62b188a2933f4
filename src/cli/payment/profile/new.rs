//! `space payment profile new`: guesses the profile of a bank's table, shows how it reads the first
//! lines, and keeps it.

use std::{fs, path::PathBuf};

use crate::{
    app::{payment::profile, view},
    cli::{
        CliError, Context,
        input::prompt,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Columns, Slug, StatementProfile},
        money::{Amount, Currency},
        ops,
        payments::StatementRow,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Shows which column was taken for what, and how the first lines are read. If that is not right, keep
the profile all the same and correct it in statement-profiles/<name>.json.

Examples:
  space payment profile new january.csv --dry-run
  space payment profile new january.csv --name our-bank --yes";

/// The arguments of `space payment profile new`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A statement of the bank, a table
    #[arg(value_name = "STATEMENT")]
    statement: PathBuf,

    /// The name of the profile, like our-bank [default: asked for]
    #[arg(long)]
    name: Option<Slug>,

    /// Do not ask
    #[arg(long, short, requires = "name")]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// The number of lines that are shown.
const SHOWN: usize = 5;

/// A line of the table as the profile reads it.
struct ReadLine {
    number: u32,
    row: Result<(String, Amount, String), String>,
}

const LINES: &[view::Column<ReadLine>] = &[
    view::Column::new("LINE", |it: &ReadLine| view::plain(it.number)),
    view::Column::new("DATE", |it| view::maybe(it.row.as_ref().ok().map(|row| &row.0))),
    view::Column::new("AMOUNT", |it| view::maybe(it.row.as_ref().ok().map(|row| row.1))),
    view::Column::new("TEXT", |it| match &it.row {
        Ok((_, _, text)) => view::plain(text),
        Err(why) => view::plain(format!("cannot be read: {why}")),
    }),
];

const MEANINGS: &[view::Column<(&'static str, String)>] = &[
    view::Column::new("WHAT", |it: &(&'static str, String)| view::plain(it.0)),
    view::Column::new("COLUMN", |it| view::plain(&it.1)),
];

/// Guesses a profile, and adds it to the space.
///
/// # Errors
/// Fails if the file is not a table of transactions, if nobody confirms, or if the name is taken.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let path = args.statement.display().to_string();
    let bytes = fs::read(&args.statement)
        .map_err(|error| CliError::user(format!("cannot read {path}: {error}")))?;
    let (guess, statement) = profile::guess_at(&space.head, &path, &bytes, ctx.now)?;
    let currency = space.currency()?;
    if !ctx.json {
        ctx.table(&meanings(&guess.profile), MEANINGS, "")?;
        ctx.say("")?;
        ctx.table(&first_lines(&statement.rows, &currency), LINES, "no line can be read")?;
        ctx.say("")?;
    }
    guess.doubts.iter().try_for_each(|doubt| ctx.warn(doubt))?;
    if !args.yes && !args.write.dry_run {
        prompt::require_confirmation("Keep this profile", "keeps it", "kept")?;
    }
    let name = match args.name {
        Some(name) => name,
        None if prompt::is_interactive() => prompt::line("Name", Some(suggested(&args).as_str()))?
            .parse()
            .map_err(CliError::user)?,
        None => suggested(&args),
    };
    let profile = StatementProfile { name: name.to_string(), ..guess.profile };
    let plan = ops::payment::add_profile(&space.head, &name, profile)?;
    write::carry_out(ctx, &space, plan, &args.write)
}

/// Returns a name made of the file's.
fn suggested(args: &Args) -> Slug {
    let stem = args.statement.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let letters = stem.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    let name = letters.collect::<Vec<_>>().join("-");
    name.parse().unwrap_or_else(|_| "our-bank".parse().expect("it is a valid name"))
}

/// Returns which column holds what.
fn meanings(profile: &StatementProfile) -> Vec<(&'static str, String)> {
    let Columns { date, amount, credit, debit, direction, status, kind, text, id, payer, currency } =
        &profile.columns;
    let mut rows = vec![("day", format!("{date}, in the format {}", profile.date_form))];
    let mut add = |what, column: Option<&String>| rows.extend(column.map(|it| (what, it.clone())));
    add("amount", amount.as_ref());
    add("money in", credit.as_ref());
    add("money out", debit.as_ref());
    add("in or out", direction.as_ref().map(|it| &it.column));
    add("booked or pending", status.as_ref().map(|it| &it.column));
    add("kind", kind.as_ref());
    add("text", Some(&text.join(", ")));
    add("id", id.as_ref());
    add("payer", payer.as_ref());
    add("currency", currency.as_ref());
    rows
}

fn first_lines(rows: &[StatementRow], currency: &Currency) -> Vec<ReadLine> {
    let one = |row: &StatementRow| ReadLine {
        number: row.number,
        row: row
            .content
            .clone()
            .map(|line| (line.date.to_string(), currency.amount(line.amount), line.text)),
    };
    rows.iter().take(SHOWN).map(one).collect()
}
