//! The answer for one member: the decision, and every rule and commit that led to it.

use crate::{
    app::{
        look_up,
        why::{Answer, Question},
    },
    cli::{CliError, Context, output::table},
    domain::model::{AccessResult, Reason},
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
        print(ctx, answer, &member.name)?;
    }
    question.source().map_or(Ok(()), |words| ctx.say(format!("  {words}")))
}

/// Shows an answer to a person.
///
/// # Errors
/// Fails if the output cannot be written.
fn print(ctx: &Context, it: &Answer, name: &str) -> Result<(), CliError> {
    use anstyle::AnsiColor::{Green, Red};
    let colour = if it.result == AccessResult::Denied { Red } else { Green };
    let style = colour.on_default().bold();
    let why = it.reason.map_or("has no credential", Reason::words);
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
