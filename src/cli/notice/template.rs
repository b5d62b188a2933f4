//! `space notice template`: shows the text of notices, or copies it into the space.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{
        look_up,
        view::{self, Column, View},
    },
    cli::{
        CliError, Context,
        output::{Listing, answer::OneOf, table, written::WriteAnswer},
        write::{self, WriteArgs},
    },
    domain::{
        model::{
            Change, Language, NoticeKind, Record, RecordPath, Subject, Template, TemplateForm,
        },
        notices::{self, Facts},
    },
    store::Revision,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Without a kind, all kinds are listed. --own copies the text into templates/ of the space, for you to
edit; `space check` verifies it. A member who reads another language than the space gets the text in
templates/<language>/. The HTML is made from the text; to write it yourself, add
templates/<kind>.html. `space notice preview --html` shows the result.

`{{ cover.paid_until | day }}` writes a date as letters of the space do, `{{ dues.amount | amount }}` an
amount. A letter about several things is made of their texts alone.

Examples:
  space notice template reminder
  space notice template reminder --facts
  space notice template reminder --own";

/// The arguments of `space notice template`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The kind of notice
    kind: Option<NoticeKind>,

    /// The language, en or de [default: that of the space]
    #[arg(long, value_name = "CODE", requires = "kind")]
    language: Option<Language>,

    /// Show the HTML instead of the plain text
    #[arg(long, requires = "kind")]
    html: bool,

    /// Show what the text can use, with examples
    #[arg(long, requires = "kind", conflicts_with_all = ["html", "own"])]
    facts: bool,

    /// Copy the text into the space
    #[arg(long, requires = "kind", conflicts_with = "html")]
    own: bool,

    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Row {
    kind: NoticeKind,
    when: &'static str,
    words: &'static str,
    sent: bool,
}

/// The text of a notice.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Words {
    /// The kind of notice.
    kind: NoticeKind,
    /// The text.
    words: String,
}

/// What the command answers: the kinds, a text, the facts that it may name, or what was copied.
pub(in crate::cli) type Answered = OneOf<OneOf<Vec<Row>, Words>, OneOf<Facts, WriteAnswer>>;

impl View for Row {
    const EMPTY: &'static str = "there are no kinds of notices";
    const COLUMNS: &'static [Column<Self>] = &[
        view::Column::new("NOTICE", |row| view::plain(row.kind)),
        view::Column::new("TEXT", |row| view::text(row.words)),
        view::Column::new("SENT", |row| {
            if row.sent {
                ("yes".into(), view::CellStyle::Good)
            } else {
                ("no".into(), view::CellStyle::Faint)
            }
        }),
        view::Column::new("WHEN", |row| view::text(row.when)),
    ];
}

/// Shows the text, or copies it into the space.
///
/// # Errors
/// Fails if there are none, or if the space has its own already.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let Some(kind) = args.kind else { return list(ctx, &space.head) };
    if args.facts {
        let mut out = ctx.out();
        table::write_json(&mut out, &Facts::sample(kind))?;
        return Ok(std::io::Write::flush(&mut out)?);
    }
    let form = if args.html { TemplateForm::Html } else { TemplateForm::Text };
    let of_space = look_up::space(&space.head)?.language;
    let language = args.language.unwrap_or(of_space);
    let path = if language == of_space {
        RecordPath::Template(kind, form)
    } else {
        RecordPath::TranslatedTemplate(language, kind, form)
    };
    let own = own(&space.head, &path);
    let built_in = match form {
        TemplateForm::Text => notices::text(kind, language),
        TemplateForm::Html => None,
    };
    if !args.own {
        let words = own.or_else(|| built_in.map(str::to_owned)).ok_or_else(|| {
            let error = CliError::user(format!("there is no {path}"));
            match form {
                TemplateForm::Html => error.hint(
                    "the HTML is made from the plain text; `space notice preview --html` shows it",
                ),
                TemplateForm::Text => {
                    error.hint("write one; `space init --example` writes an example")
                }
            }
        })?;
        let mut out = ctx.out();
        if ctx.json {
            table::write_json(&mut out, &Words { kind, words })?;
        } else {
            std::io::Write::write_all(&mut out, words.as_bytes())?;
        }
        return Ok(std::io::Write::flush(&mut out)?);
    }
    if own.is_some() {
        return Err(
            CliError::user(format!("{path} already exists")).hint("edit it, then commit it")
        );
    }
    let words = built_in.ok_or_else(|| {
        CliError::user(format!("there is no built-in text for {kind}"))
            .hint(format!("write {path}, then commit it"))
    })?;
    let record = match path {
        RecordPath::TranslatedTemplate(..) => Record::TranslatedTemplate,
        _ => Record::Template,
    };
    let subject = Subject::new("notice: own text for").and(kind);
    let change = Change::new(subject, format!("notice.template {kind}"))
        .put(path, record(Template(words.to_owned())));
    write::carry_out(ctx, &space, change.into(), &args.write)
}

fn own(head: &Revision<'_>, path: &RecordPath) -> Option<String> {
    match head.record(path) {
        Ok(Some(Record::Template(it) | Record::TranslatedTemplate(it))) => Some(it.0),
        _ => None,
    }
}

fn list(ctx: &Context, head: &Revision<'_>) -> Result<(), CliError> {
    let settings = look_up::space(head)?;
    let (rules, language) = (settings.notices, settings.language);
    let row = |kind: &NoticeKind| {
        let own = own(head, &RecordPath::Template(*kind, TemplateForm::Text)).is_some();
        let words = match (own, notices::text(*kind, language)) {
            (true, _) => "own",
            (false, Some(_)) => "built-in",
            (false, None) => "none",
        };
        Row { kind: *kind, when: kind.description(), words, sent: !rules.off.contains(kind) }
    };
    let rows: Vec<Row> = NoticeKind::ALL.iter().map(row).collect();
    ctx.list(Listing::default(), &rows)
}
