//! `/induct`: a trainer has shown somebody how to use a thing, and both held their tokens to it.

use std::sync::Arc;

use axum::extract::State;
use jiff::Timestamp;

use super::{
    answer::{Allowed, Answer, Named},
    asked::{Asked, Question, READER},
    token,
};
use crate::{
    app::{AppError, carry_out::carry_out_as},
    domain::{
        access::{Side, attempt},
        model::{AccessResult, Activity, Code, MemberId, Reason, Slug},
        ops,
    },
    store::Author,
    web::{Event, InForce, Site},
};

/// Records an induction, if the trainer may give it.
pub(super) async fn induct(
    State(site): State<Arc<Site>>,
    Question(asked): Question,
) -> Answer<Allowed> {
    let Asked { thing, params, in_force } = match asked {
        Ok(asked) => asked,
        Err(why) => return Answer::refused(why),
    };
    let things = site.logins.config().things;
    let read = |name| token::read(&params, name, things);
    let (trainer, student) = match (read("token_t"), read("token_s")) {
        (Ok(trainer), Ok(student)) => (trainer, student),
        (Err(why), _) | (_, Err(why)) => return Answer::refused(why),
    };
    let trainer = look_up(&site, &in_force, &thing, &trainer).await;
    let student = look_up(&site, &in_force, &thing, &student).await;
    let (trainer, student) = match (trainer_of(&trainer), student_of(&student)) {
        (Ok(trainer), Ok(student)) => (trainer, student),
        (Err(why), _) | (_, Err(why)) => return Answer::refused(why),
    };
    let now = site.now();
    let today = now.to_zoned(in_force.zone.clone()).date();
    let request = ops::induction::Add {
        member: student,
        facility: thing,
        on: today,
        by: Some(trainer),
        inductor: false,
    };
    match site.work(move |site| record(site, request, now)).await {
        Ok(()) => {}
        Err(error) => return Answer::refused(error.message),
    }
    let person = in_force.person(&site.store, student);
    let name = person.map(|it| it.name.clone()).unwrap_or_default();
    Answer(Allowed { allowed: 1, error: None, person: Some(Named { name }) })
}

/// Finds out whose token it is, and what it would get; that is journaled, as at a door that is asked.
async fn look_up(site: &Site, in_force: &InForce, thing: &Slug, code: &Code) -> Activity {
    let known = in_force.key.as_ref().map(|key| (&*in_force.index, code.hash(key)));
    let now = site.now();
    let found = attempt(known, thing, Side::Entry, code, now, site.age(now));
    let activity = Activity {
        result: AccessResult::Operated,
        reason: Reason::Tried,
        reader: Some(READER.into()),
        ..found.clone()
    };
    site.record(activity).await;
    found
}

/// Returns the trainer, who has to be granted access at that moment.
fn trainer_of(found: &Activity) -> Result<MemberId, String> {
    let trainer = found.member.filter(|_| found.result == AccessResult::Granted);
    trainer.ok_or_else(|| format!("the trainer's token: {}", found.reason.words()))
}

/// Returns the student, whose token has to be a valid one of a member; it need not open anything here.
fn student_of(found: &Activity) -> Result<MemberId, String> {
    let valid = !matches!(
        found.reason,
        Reason::Expired
            | Reason::NotYetEffective
            | Reason::Left
            | Reason::Suspended
            | Reason::UnreadableMember
    );
    let student = found.member.filter(|_| valid);
    student.ok_or_else(|| format!("the student's token: {}", found.reason.words()))
}

/// Commits the induction. The trainer is its author, by number.
fn record(site: &Site, request: ops::induction::Add, now: Timestamp) -> Result<(), AppError> {
    let head = site.store.read(site.store.head()?)?;
    let facility = request.facility.clone();
    let by = request.by.map_or_else(String::new, |id| format!("{id} at "));
    let author =
        Author { name: format!("{by}{facility}"), email: format!("{facility}@controller.invalid") };
    let plan = ops::induction::add(&head, request)?;
    let commit = carry_out_as(&head, &plan, &author, now)?.commit;
    let subject = plan.change.subject.as_str().to_owned();
    site.tell(&Event::Changed { by: author.name, subject, commit });
    Ok(())
}
