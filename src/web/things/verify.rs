//! `/verify`: may the holder of this token use this thing?

use std::{sync::Arc, time::Duration};

use axum::extract::State;

use super::{
    answer::{Answer, GREEN, Named, RED, Verified},
    asked::{Asked, Question, READER},
    token,
};
use crate::{
    domain::{
        access::{Side, attempt, is_granted_throughout},
        model::{AccessResult, Activity},
    },
    web::Site,
};

/// Decides, journals the attempt, and answers.
pub(super) async fn verify(
    State(site): State<Arc<Site>>,
    Question(asked): Question,
) -> Answer<Verified> {
    let Asked { thing, params, in_force } = match asked {
        Ok(asked) => asked,
        Err(why) => return Answer::denied(why),
    };
    let things = site.logins.config().things;
    let code = match token::read(&params, "token", things) {
        Ok(code) => code,
        Err(why) => return Answer::denied(why),
    };
    let now = site.now();
    let hash = in_force.key.as_ref().map(|key| code.hash(key));
    let (known, age) = (hash.map(|it| (&*in_force.index, it)), site.age(now));
    let activity = attempt(known, &thing, Side::Entry, &code, now, age);
    let granted = activity.result == AccessResult::Granted;
    let (reason, member) = (activity.reason, activity.member);
    site.record(Activity { reader: Some(READER.into()), ..activity }).await;
    let kept = Duration::from_secs(u64::from(things.cache_hours) * 3_600);
    let lasting = granted
        && !kept.is_zero()
        && hash.zip(now.checked_add(kept).ok()).is_some_and(|(hash, until)| {
            let credential = (&hash, code.kind());
            // Until then no newer records may come.
            let oldest = age.saturating_add(until.duration_since(now));
            is_granted_throughout(&in_force.index, &thing, credential, (now, until), oldest)
        });
    let person = member.and_then(|id| in_force.person(&site.store, id));
    let inductor = person.as_ref().is_some_and(|it| it.inductor_of.contains(&thing));
    Answer(Verified {
        access: granted.into(),
        trainer: inductor.into(),
        inductor: inductor.into(),
        cache: lasting.into(),
        colour: if granted { GREEN } else { RED },
        error: (!granted).then(|| reason.words().to_owned()),
        person: Some(Named { name: person.map(|it| it.name.clone()).unwrap_or_default() }),
    })
}
