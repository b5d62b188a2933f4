//! Carries out a plan channel by channel: a kill at any request is picked up by the next one who plans.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Chat, Look, look::ChannelLook, open::trouble};
use crate::{
    app::{AppError, carry_out},
    domain::{
        follow::{Action, Belongs, Holding, Step},
        model::{CommitId, Note, Slug},
        ops,
    },
    integrations::chat::ChatError,
    store::Revision,
};

/// What came of a plan.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Done {
    /// The steps that were taken, by channel.
    pub steps: Vec<(Slug, Step<Belongs>)>,
    /// What the chat refused, by channel, in its words.
    pub refused: Vec<(Slug, String)>,
    /// The commit that records new accounts.
    pub commit: Option<CommitId>,
    /// What whoever asked should know.
    pub notes: Vec<Note>,
}

/// Carries out a plan.
///
/// # Errors
/// Fails if the plan is stopped, if the chat stops answering, or if the accounts cannot be recorded.
/// What was done until then stays done, and whoever plans next sees what is left.
pub fn apply(
    head: &Revision<'_>,
    chat: &mut Chat,
    look: Look,
    now: Timestamp,
) -> Result<Done, AppError> {
    if let Some((name, why)) = look.stop() {
        return Err(AppError::user(format!("nothing was changed: channel {name}: {why}")));
    }
    let _sole = head.store().sole(&format!("service-{}", chat.name), "service.apply", now)?;
    let mut done = Done::default();
    let Look { channels, unrecorded, mut state, .. } = look;
    if !unrecorded.is_empty() {
        let plan = ops::service::link(head, &chat.name, &unrecorded, |_| false)?;
        done.commit = Some(carry_out::carry_out(head, &plan, now)?.commit);
        done.notes = plan.notes;
    }
    let (mut failed, mut left) = (None, 0);
    for channel in &channels {
        if failed.is_some() {
            left += channel.plan.steps.len();
            continue;
        }
        let mut inside = inside(channel);
        let (taken, outcome) = work(chat, channel, &mut inside);
        let remembered = state.channels.entry(channel.name.clone()).or_default();
        // Those who do not belong any more are not missed, and those who do were not removed for good.
        remembered.settled.extend(inside.intersection(&channel.belong).cloned());
        remembered.settled.retain(|it| channel.belong.contains(it));
        for step in taken.iter().filter(|it| it.removes()) {
            remembered.removed.extend(step.account.clone());
        }
        remembered.removed.retain(|it| !channel.belong.contains(it));
        remembered.having = Some(inside.len());
        let taken_here = taken.len();
        done.steps.extend(taken.into_iter().map(|step| (channel.name.clone(), step)));
        match outcome {
            Ok(()) => {}
            Err(ChatError::Refused(why)) => {
                left += channel.plan.steps.len() - taken_here;
                done.refused.push((channel.name.clone(), why));
            }
            Err(error) => {
                left += channel.plan.steps.len() - taken_here;
                failed = Some(error);
            }
        }
        head.store().keep_service_state(&chat.name, &state)?;
    }
    (state.applied, state.open) = (Some(now), left);
    state.trouble = failed.as_ref().map(ToString::to_string);
    if let Some((name, why)) = done.refused.first() {
        state.trouble = Some(format!("channel {name}: {why}"));
    }
    head.store().keep_service_state(&chat.name, &state)?;
    match failed {
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

/// Returns the accounts that are in a channel.
fn inside(channel: &ChannelLook) -> BTreeSet<String> {
    let inside = channel.found.accounts.iter().filter(|it| matches!(it.holds, Holding::Has { .. }));
    inside.map(|it| it.id.clone()).collect()
}

/// Takes the steps of one channel; returns those that were taken.
fn work(
    chat: &mut Chat,
    channel: &ChannelLook,
    inside: &mut BTreeSet<String>,
) -> (Vec<Step<Belongs>>, Result<(), ChatError>) {
    let (mut taken, steps) = (Vec::new(), &channel.plan.steps);
    if steps.is_empty() {
        return (taken, Ok(()));
    }
    if let Err(error) = chat.workspace.join(&channel.room) {
        return (taken, Err(error));
    }
    let adds = |step: &&Step<Belongs>| matches!(step.action, Action::Add { .. });
    let invited: Vec<String> =
        steps.iter().filter(adds).filter_map(|it| it.account.clone()).collect();
    let mut outcome = Ok(());
    if !invited.is_empty() {
        match chat.workspace.invite(&channel.room, &invited) {
            Ok(()) => {
                inside.extend(invited);
                taken.extend(steps.iter().filter(adds).cloned());
            }
            Err(error @ ChatError::Refused(_)) => outcome = Err(error),
            Err(error) => return (taken, Err(error)),
        }
    }
    for step in steps.iter().filter(|it| it.removes()) {
        let account = step.account.as_deref().unwrap_or_default();
        match chat.workspace.remove(&channel.room, account) {
            Ok(()) => {
                inside.remove(account);
                taken.push(step.clone());
            }
            Err(error @ ChatError::Refused(_)) => {
                outcome = outcome.and(Err(error));
            }
            Err(error) => return (taken, Err(error)),
        }
    }
    (taken, outcome)
}
