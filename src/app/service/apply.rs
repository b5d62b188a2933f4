//! Carries out a plan step by step: a kill at any of them is picked up by the next one who plans.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Follower, Look, Part as _, ServiceState, asked::Asked, open::trouble};
use crate::{
    app::{AppError, carry_out},
    domain::{
        follow::{Action, Step, Terms},
        model::{Advice, CommitId, MemberId, Note},
        ops,
        records::{self},
    },
    integrations::processor::{Customer, ProcessorError},
    store::{ErrorKind, Revision},
};

/// What came of a plan.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Done {
    /// The steps that were taken.
    pub steps: Vec<Step<Terms>>,
    /// The steps that the service refused, and its words.
    pub refused: Vec<(Step<Terms>, String)>,
    /// The commit that records new accounts.
    pub commit: Option<CommitId>,
    /// What whoever asked should know.
    pub notes: Vec<Note>,
}

/// Carries out a plan.
///
/// # Errors
/// Fails if the plan is stopped, if the service stops answering, or if the accounts cannot be recorded.
/// What was done until then stays done, and nothing is done twice.
pub fn apply(
    head: &Revision<'_>,
    follower: &mut Follower,
    look: Look,
    now: Timestamp,
) -> Result<Done, AppError> {
    if let Some(why) = look.stops.first() {
        return Err(AppError::user(format!("nothing was changed: {why}")));
    }
    let kind = format!("service-{}", follower.name);
    let _sole = head.store().sole(&kind, "service.apply", now)?;
    let Look { wanted, found, plan, contacts, state: shown, .. } = look;
    let (store, name) = (head.store(), follower.name.clone());
    let mut state: ServiceState = store.service_state(&name)?;
    if state.applied != shown.applied {
        // What is missing by this plan may be there by now, and would be taken twice.
        let words = format!("{name} was changed meanwhile, and this plan is old");
        return Err(AppError::new(ErrorKind::Overtaken, words).hint(Advice::CompareService(name)));
    }
    let mut asked = Asked::read(store, &name)?;
    let mut done = Done::default();
    let mut links: BTreeMap<MemberId, String> = plan.unrecorded.iter().cloned().collect();
    let (mut having, mut trouble_at) = (found.having(), None);
    asked.prepare(&plan.steps, now);
    if !plan.steps.is_empty() {
        asked.keep(store, &name)?;
    }
    let mut left = plan.steps.len();
    for step in plan.steps {
        let key = asked.key(&step);
        let customer = || Customer {
            reference: format!("{}{}", wanted.prefix, step.member),
            name: records::name(head, step.member).unwrap_or_default(),
            email: contacts.get(&step.member).and_then(|it| it.email.clone()),
        };
        match take(follower, &key, &step, customer) {
            Ok(opened) => {
                links.extend(opened.map(|account| (step.member, account)));
                match step.action {
                    Action::Add { .. } => having += 1,
                    Action::Remove { .. } => having = having.saturating_sub(1),
                    Action::Open | Action::Change { .. } => {}
                }
                asked.answered(&step);
                done.steps.push(step);
            }
            Err(ProcessorError::Refused(why)) => {
                asked.answered(&step);
                done.refused.push((step, why));
            }
            Err(error) => {
                trouble_at = Some(error);
                break;
            }
        }
        left -= 1;
    }
    // The commit comes first: without it the accounts are found again by their marks.
    let recorded = record(head, follower, &links, &mut done, now);
    (state.applied, state.having, state.open) =
        (Some(now), Some(having), left + done.refused.len());
    state.trouble = trouble_at.as_ref().map(ToString::to_string);
    if let Some((step, why)) = done.refused.first() {
        state.trouble = Some(format!("{} for {}: {why}", step.action.word(), step.member));
    }
    // The keys go last: until then, a kill leaves each step one that happens once.
    store.keep_service_state(&name, &state)?;
    asked.keep(store, &name)?;
    recorded?;
    match trouble_at {
        Some(error) => {
            let mut error = trouble(error);
            let taken = done.steps.len();
            error.message =
                format!("{} ({taken} steps were taken, {left} are left)", error.message);
            Err(error)
        }
        None => Ok(done),
    }
}

/// Takes one step; returns the account if one was opened.
fn take(
    follower: &mut Follower,
    key: &str,
    step: &Step<Terms>,
    customer: impl FnOnce() -> Customer,
) -> Result<Option<String>, ProcessorError> {
    let account = step.account.as_deref().unwrap_or_default();
    let it = &mut follower.processor;
    match &step.action {
        Action::Open => return it.open(key, &customer()).map(Some),
        Action::Add { after, from } => it.give(key, account, after, *from)?,
        Action::Change { after, .. } => it.change(key, account, after)?,
        Action::Remove { .. } => it.remove(key, account)?,
    }
    Ok(None)
}

/// Commits which accounts are whose.
fn record(
    head: &Revision<'_>,
    follower: &Follower,
    links: &BTreeMap<MemberId, String>,
    done: &mut Done,
    now: Timestamp,
) -> Result<(), AppError> {
    if links.is_empty() {
        return Ok(());
    }
    let plan = ops::service::link(head, &follower.name, links, |_| false)?;
    done.commit = Some(carry_out::carry_out(head, &plan, now)?.commit);
    done.notes = plan.notes;
    Ok(())
}
