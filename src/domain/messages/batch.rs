//! Messages that arrived together become one change.

use std::collections::BTreeMap;

use super::{
    activate::activate,
    masked::masked,
    message::Message,
    modify::modify,
    outcome::Outcome,
    request::{NoRequest, Request},
    requirement,
    revoke::revoke,
    step::{Effect, Judged, Obstacle, Step},
    terms::Terms,
    trailer::trailer,
};
use crate::domain::{
    check,
    model::{Change, Counted, Finding, FindingCode, Note, RecordPath, Slug, Subject},
    ops::Plan,
    records::{Overlay, Records},
};

/// What became of some messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// What became of each message, in the order in which they were given.
    pub outcomes: Vec<Outcome>,
    /// What is to be written; without edits if nothing is.
    pub plan: Plan,
}

/// Works out what some messages change, in the order in which they were sent. Each is applied to
/// the records as those before it leave them; one that is not valid gives nothing and spoils no
/// other.
///
/// The trailer of the change names the messages in it. Their outcomes hold once it is committed:
/// until then no message may be deleted.
#[must_use]
pub fn receive(records: &dyn Records, terms: &Terms<'_>, messages: &[Message]) -> Batch {
    let batch = fold(records, terms, messages, check::each);
    // Whether all is too much is asked once, unless it is: then those that fit are found one by one.
    match check::over_budget(&batch.plan.change, records).iter().any(Finding::is_error) {
        true => fold(records, terms, messages, check::change),
        false => batch,
    }
}

/// Returns what is wrong with a change.
type Check = fn(&Change, &dyn Records) -> Vec<Finding>;

fn fold(records: &dyn Records, terms: &Terms<'_>, messages: &[Message], check: Check) -> Batch {
    let mut order: Vec<&Message> = messages.iter().collect();
    order.sort_by_key(|message| message.sent);
    let mut done = Overlay::nothing(records);
    let mut summary = BatchSummary::default();
    let mut outcomes = BTreeMap::new();
    for message in order {
        let (outcome, written) = one(&done, terms, message, check);
        if let Some((action, change)) = written {
            summary.add(message, action, &outcome);
            done.add(&change);
        }
        outcomes.insert(std::ptr::from_ref(message), outcome);
    }
    let outcomes = messages.iter().filter_map(|it| outcomes.remove(&std::ptr::from_ref(it)));
    Batch { outcomes: outcomes.collect(), plan: summary.plan(done.into_change()) }
}

/// What the commit says about the messages in it.
#[derive(Default)]
struct BatchSummary {
    ids: Vec<String>,
    /// How many messages with each action changed records.
    counts: BTreeMap<&'static str, usize>,
    /// The subject of the last one.
    subject: Subject,
    notes: Vec<Note>,
}

impl BatchSummary {
    fn add(&mut self, message: &Message, action: &'static str, outcome: &Outcome) {
        self.ids.push(message.word());
        if let Outcome::Applied { subject, notes } = outcome {
            self.subject.clone_from(subject);
            *self.counts.entry(action).or_default() += 1;
            self.notes.extend(notes.iter().cloned());
        }
    }

    fn plan(self, change: Change) -> Plan {
        let Self { ids, counts, subject, notes } = self;
        let subject = match counts.values().sum::<usize>() {
            0 => "messages: remember what changes nothing yet".into(),
            1 => subject,
            all => {
                let each = counts.into_iter().map(|(action, count)| Counted::new(count, action));
                Subject::new("messages: apply").and(Counted::new(all, "messages")).aside(each)
            }
        };
        let trailer = trailer(&ids);
        Plan { change: Change { subject, trailer, ..change }, notes }
    }
}

/// Works out what becomes of one message, and what it writes by which action.
fn one(
    records: &dyn Records,
    terms: &Terms<'_>,
    message: &Message,
    check: Check,
) -> (Outcome, Option<(&'static str, Change)>) {
    let invalid = |reason| (Outcome::Invalid { reason, text: masked(&message.text) }, None);
    let (request, unknown) = match Request::read(&message.text) {
        Ok(read) => read,
        Err(NoRequest::Invalid(reason)) => return invalid(reason),
        Err(NoRequest::Elsewhere(why)) => return (Outcome::Left(why), None),
    };
    if let Some(name) = request.facility().filter(|name| !is_served(records, terms, name)) {
        let why = format!("the facility {name} is not served here");
        return (Outcome::Left(why), None);
    }
    let judged = match &request {
        Request::Activate(it) => activate(records, terms, it, message.sent),
        Request::Revoke(it) => revoke(records, it, message.sent),
        Request::Modify(it) => modify(records, terms, it, message.sent),
        Request::SetRequirement(it) => requirement::set(records, it, message.sent),
        Request::RevokeRequirement(tag) => requirement::revoke(records, tag, message.sent),
    };
    match judged.and_then(|step| checked(records, step, check)) {
        Ok(step) => {
            let outcome = match step.effect {
                Effect::Nothing(why) => Outcome::Unchanged(why),
                Effect::Refused(reason) => invalid(reason).0,
                Effect::Changes => {
                    let ignored = unknown.iter().map(|name| {
                        Note::from(format!("the message has a field `{name}`, which means nothing"))
                    });
                    let notes = step.notes.into_iter().chain(ignored).collect();
                    Outcome::Applied { subject: step.change.subject.clone(), notes }
                }
            };
            let change = Some(step.change).filter(|change| !change.edits.is_empty());
            (outcome, change.map(|change| (request.action(), change)))
        }
        Err(Obstacle::Invalid(reason)) => invalid(reason),
        Err(Obstacle::Contradiction(why)) => {
            let until = message.sent.saturating_add(terms.patience).unwrap_or(terms.now);
            if terms.now < until { (Outcome::Waits(why), None) } else { invalid(why) }
        }
        Err(Obstacle::Unready(why)) => (Outcome::Waits(why), None),
    }
}

fn is_served(records: &dyn Records, terms: &Terms<'_>, name: &Slug) -> bool {
    terms.facilities.is_none_or(|served| served.contains(name))
        && records.exists(&RecordPath::Facility(name.clone()))
}

/// Asks the checks that the store asks again: what they refuse must not spoil the other messages.
fn checked(records: &dyn Records, mut step: Step, check: Check) -> Judged {
    for finding in check(&step.change, records) {
        if finding.is_error() {
            let why = format!("{}: {}", finding.path, finding.message);
            return Err(match finding.code {
                FindingCode::DuplicateCode | FindingCode::DuplicateTag => {
                    Obstacle::Contradiction(why)
                }
                // There may be room for it later.
                FindingCode::OverBudget => Obstacle::Unready(why),
                _ => Obstacle::Invalid(why),
            });
        }
        step.notes.push(Note { text: finding.message, advice: finding.advice });
    }
    Ok(step)
}
