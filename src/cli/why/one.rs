//! The answer for one member: the decision, and every rule and commit that led to it.

use crate::{
    app::{
        look_up,
        why::{Answer, Question, remedy},
    },
    cli::{CliError, Context, advice, output::table},
    domain::model::{AccessResult, Advice},
    store::Revision,
};

/// Answers for one member, facility by facility.
///
/// # Errors
/// Fails if no member matches, or if the history cannot be read.
pub(super) fn one(question: &Question<'_>, ctx: &Context, text: &str) -> Result<(), CliError> {
    let (id, member) = look_up::member(&question.revision, text)?;
    let answers = question.answers(&question.index(), id, &member)?;
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &answers)?);
    }
    for (number, answer) in answers.iter().enumerate() {
        if number > 0 {
            ctx.say("")?;
        }
        print(ctx, &question.revision, answer, &member.name)?;
    }
    question.source().map_or(Ok(()), |words| ctx.say(format!("  {words}")))
}

/// Shows an answer to a person.
///
/// # Errors
/// Fails if the output cannot be written.
fn print(ctx: &Context, head: &Revision<'_>, it: &Answer, name: &str) -> Result<(), CliError> {
    use anstyle::AnsiColor::{Green, Red};
    let colour = if it.result == AccessResult::Denied { Red } else { Green };
    let style = colour.on_default().bold();
    let why = match it.reason {
        Some(reason) => remedy::words(reason, head, Some(it.member), None),
        None => "has no credential".to_owned(),
    };
    ctx.say(format!(
        "{style}{}{style:#} {} {name} at {}: {why}",
        it.result, it.member, it.facility
    ))?;
    if it.held {
        ctx.say("  the facility is held unlocked: nobody needs a credential")?;
    }
    for step in &it.steps {
        let (mark, style) = match step.holds {
            Some(true) => ("yes", Green.on_default()),
            Some(false) => ("no ", Red.on_default()),
            None => ("-  ", anstyle::Style::new().dimmed()),
        };
        ctx.say(format!("  {style}{mark}{style:#} {}", step.text))?;
    }
    let remedy = match it.reason {
        Some(reason) => remedy::of(reason, Some(it.member), &it.facility, it.required),
        None => Some(Advice::GiveFob(it.member)),
    };
    if let Some(remedy) = remedy.filter(|_| it.result == AccessResult::Denied) {
        ctx.say(format!("  what helps: {}", advice::words(&remedy)))?;
    }
    for change in &it.changes {
        ctx.say(format!(
            "  {} {} {}, {}",
            change.commit.short(),
            change.when,
            change.author,
            change.what
        ))?;
    }
    Ok(())
}
