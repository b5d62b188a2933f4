//! Shows a plan: its steps, who has to do something, what is left alone, and what stops it.

use super::answer::{AccountOf, ProcessorPlan};
use crate::{
    app::service::{Follower, Look, StepView},
    cli::{CliError, Context, Opened},
    domain::records,
};

/// Returns the steps as rows.
///
/// # Errors
/// Fails if the settings cannot be read.
pub(super) fn rows(space: &Opened<'_>, look: &Look) -> Result<Vec<StepView>, CliError> {
    let currency = space.currency()?;
    let row = |step: &_| {
        let step: &crate::domain::follow::Step<_> = step;
        let name = records::name(&space.head, step.member).unwrap_or_default();
        StepView::new(step, name, &currency)
    };
    Ok(look.plan.steps.iter().map(row).collect())
}

/// Shows a person a plan.
///
/// # Errors
/// Fails if the settings cannot be read, or the output cannot be written.
pub(super) fn plan(ctx: &Context, space: &Opened<'_>, look: &Look) -> Result<(), CliError> {
    ctx.table(
        &rows(space, look)?,
        <StepView as crate::app::view::View>::COLUMNS,
        <StepView as crate::app::view::View>::EMPTY,
    )?;
    for (member, account) in &look.plan.unrecorded {
        let who = records::who(&space.head, *member);
        ctx.say(format!("to be recorded: {account} is the account of {who}"))?;
    }
    for wait in &look.plan.waits {
        let who = records::who(&space.head, wait.member);
        match &wait.because {
            Some(why) => ctx.say(format!("waits to begin with {who}: {why}"))?,
            None => ctx.say(format!(
                "waits for {who} to say by what to pay: space processor link {}",
                wait.member
            ))?,
        }
    }
    let currency = space.currency()?;
    for it in &look.plan.untold {
        let who = records::who(&space.head, it.member);
        let (before, after) = (currency.amount(it.before), currency.amount(it.after));
        ctx.say(format!(
            "waits until {who} is told of {after} a month instead of {before}: space notice send"
        ))?;
    }
    for it in &look.plan.drift {
        ctx.say(format!("left alone: {it}"))?;
    }
    for it in &look.stops {
        ctx.warn(format!("nothing would be changed: {it}"))?;
    }
    Ok(())
}

/// Returns a plan for programs.
///
/// # Errors
/// Fails if the settings cannot be read.
pub(super) fn answer(
    space: &Opened<'_>,
    follower: &Follower,
    look: &Look,
) -> Result<ProcessorPlan, CliError> {
    Ok(ProcessorPlan {
        service: follower.name.clone(),
        steps: rows(space, look)?,
        unrecorded: AccountOf::all(look.plan.unrecorded.iter().map(|(id, it)| (id, it))),
        waits: look.plan.waits.clone(),
        untold: look.plan.untold.clone(),
        drift: look.plan.drift.clone(),
        stopped: look.stops.iter().map(ToString::to_string).collect(),
        done: None,
    })
}
