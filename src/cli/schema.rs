//! `space schema`: prints the JSON Schemas of records and of answers.

use std::io::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    CliError, Context,
    output::{AnswerSchema, Listing, table},
};
use crate::{
    app::view::{Column, View, maybe, plain},
    domain::model::{Kind, RecordPath},
};

/// Shown below the options.
const NOTES: &str = "\
A name is that of a kind of record, or of a command that answers with --json; `error` is what a failed
command prints to standard error. Schemas are in the language of json-schema.org, draft 7, which editors
know.

Examples:
  space schema
  space schema member
  space schema member list
  space schema error";

/// The arguments of `space schema`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(super) struct Args {
    /// A kind of record (`member`) or a command (`member list`) [default: list all of them]
    name: Vec<String>,

    #[command(flatten)]
    form: Listing,
}

/// Something that has a schema.
#[derive(Serialize, JsonSchema)]
pub(super) struct Row {
    /// The name by which the schema is printed.
    name: String,
    /// What it describes.
    of: Of,
    /// Where such records are, with `{…}` for what tells them apart.
    path: Option<&'static str>,
}

/// What a schema describes.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Of {
    /// A kind of record.
    Record,
    /// The answer of a command.
    Answer,
}

/// Prints a schema, or what has one.
///
/// # Errors
/// Fails if nothing of that name has a schema.
pub(super) fn run(ctx: &Context, args: &Args, answers: &[AnswerSchema]) -> Result<(), CliError> {
    if args.name.is_empty() {
        return ctx.list(args.form, &rows(answers));
    }
    let name = args.name.join(" ");
    let kind = kinds().find(|kind| kind.word() == name);
    let answer = answers.iter().find(|it| it.command == name);
    let schema = kind.map(Kind::schema).or_else(|| answer.map(AnswerSchema::schema));
    let schema = schema.ok_or_else(|| {
        let shown = crate::domain::model::text::shown(&name);
        CliError::user(format!("nothing called `{shown}` has a schema"))
            .hint("`space schema` lists what has one")
    })?;
    let mut out = ctx.out();
    table::write_json(&mut out, schema.as_value())?;
    Ok(out.flush()?)
}

/// Returns the kinds of records that are JSON.
fn kinds() -> impl Iterator<Item = &'static Kind> {
    RecordPath::KINDS.iter().filter(|kind| kind.is_json())
}

fn rows(answers: &[AnswerSchema]) -> Vec<Row> {
    let record = |kind: &Kind| Row { name: kind.word(), of: Of::Record, path: Some(kind.path()) };
    let answer =
        |it: &AnswerSchema| Row { name: it.command.to_owned(), of: Of::Answer, path: None };
    kinds().map(record).chain(answers.iter().map(answer)).collect()
}

impl View for Row {
    const EMPTY: &'static str = "nothing has a schema";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("OF", |row| {
            plain(match row.of {
                Of::Record => "record",
                Of::Answer => "answer",
            })
        }),
        Column::new("WHERE", |row| maybe(row.path)),
    ];
}
