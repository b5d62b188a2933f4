//! `space sync resolve`: answers the questions that came up when two sides were joined.

use serde_json::Value;

use crate::{
    app::{
        sync::{self, Answer},
        when,
    },
    cli::{
        CliError, Context, Opened,
        input::prompt,
        output::table,
        write::{self, WriteArgs},
    },
    domain::model::text,
    store::{WaitingQuestion, Who},
};

/// The arguments of `space sync resolve`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The number of the question [default: all of them, one by one]
    question: Option<u32>,

    /// What is to stand: `ours`, `theirs`, or another value as JSON
    #[arg(requires = "question")]
    answer: Option<String>,

    #[command(flatten)]
    write: WriteArgs,
}

/// Answers one question, or asks all of them.
///
/// # Errors
/// Fails if there is no such question, if the answer does not fit, or if it cannot be committed.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let all = store.questions()?;
    let Some(id) = args.question else {
        if prompt::is_interactive() && !ctx.json {
            return ask_all(ctx);
        }
        if ctx.json {
            return Ok(table::write_json(&mut ctx.out(), &all)?);
        }
        if all.is_empty() {
            return ctx.say("no question waits");
        }
        return all.iter().try_for_each(|it| show(ctx, it));
    };
    let found = all.iter().find(|it| it.id == id);
    let waiting = found.ok_or_else(|| {
        CliError::user(format!("no question has the number {id}"))
            .hint("`space sync resolve` lists them")
    })?;
    let Some(text) = &args.answer else { return show(ctx, waiting) };
    give(ctx, waiting, &read(text), &args.write)
}

/// Asks the person at the terminal, one question after another.
///
/// # Errors
/// Fails if the terminal cannot be read, or if an answer cannot be committed.
pub(super) fn ask_all(ctx: &Context) -> Result<(), CliError> {
    for waiting in ctx.store()?.questions()? {
        show(ctx, &waiting)?;
        let default = if waiting.question.ours_stands { "ours" } else { "theirs" };
        let text = prompt::line("ours, theirs, another value, or later", Some(default))?;
        if text == "later" {
            continue;
        }
        give(ctx, &waiting, &read(&text), &WriteArgs::default())?;
    }
    Ok(())
}

fn give(
    ctx: &Context,
    waiting: &WaitingQuestion,
    answer: &Answer,
    args: &WriteArgs,
) -> Result<(), CliError> {
    let store = ctx.store()?;
    let space = Opened::new(&store, ctx.now)?;
    match sync::answer(&space.head, waiting, answer)? {
        Some(plan) => write::carry_out(ctx, &space, plan, args)?,
        None => ctx.say("that is what stands already")?,
    }
    if args.dry_run { Ok(()) } else { Ok(store.answered(waiting.id)?) }
}

fn read(text: &str) -> Answer {
    match text {
        "ours" => Answer::Ours,
        "theirs" => Answer::Theirs,
        other => Answer::Value(
            serde_json::from_str(other).unwrap_or_else(|_| Value::String(other.to_owned())),
        ),
    }
}

fn show(ctx: &Context, it: &WaitingQuestion) -> Result<(), CliError> {
    let store = ctx.store()?;
    let space = Opened::new(&store, ctx.now)?;
    let zone = space.zone_or_utc();
    let by = |who: &Option<Who>| {
        who.as_ref().map_or_else(String::new, |who| {
            format!(", by {} on {}", text::shown(&who.name), when::local(who.at, &zone))
        })
    };
    let value = |value: &Option<Value>| match value {
        None | Some(Value::Null) => "none".to_owned(),
        Some(Value::String(it)) => text::shown(it),
        Some(other) => text::shown(&other.to_string()),
    };
    let question = &it.question;
    let field = if question.field.is_empty() { "all of it" } else { &question.field };
    let stands = |ours: bool| if question.ours_stands == ours { " (stands)" } else { "" };
    ctx.say(format!("{}. {}: {field}", it.id, question.path))?;
    ctx.say(format!("   ours: {}{}{}", value(&question.ours), by(&it.by_us), stands(true)))?;
    ctx.say(format!("   theirs: {}{}{}", value(&question.theirs), by(&it.by_them), stands(false)))
}
