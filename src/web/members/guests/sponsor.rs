//! A new pass: its passcode is shown once.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use jiff::{SignedDuration, Timestamp, civil};
use maud::{Markup, html};
use uuid::Uuid;

use super::{passcode, passes};
use crate::{
    app::{AppError, texts::Texts},
    domain::{
        model::{Code, GuestRules},
        ops::credential::{NoPass, Sponsor, sponsor as plan},
    },
    web::{
        fields::Fields,
        members::{
            moment::moment,
            session::{Own, Visit},
        },
    },
};

/// How many random passcodes are tried, since one may be in use.
const TRIES: usize = 5;

/// Gives out a pass and shows its passcode, or the form again with what is wrong.
pub(super) async fn sponsor(visit: Visit, fields: Fields) -> Response {
    let texts = visit.frame.texts;
    let done = visit.own(move |own| {
        let Some(rules) = &own.space.self_service.guests else {
            return Ok(Err(passes::content(own, texts, &fields, None)?));
        };
        match give(own, texts, rules, &fields)? {
            Ok((code, until)) => Ok(Ok(given(own, texts, &code, until))),
            Err(wrong) => Ok(Err(passes::content(own, texts, &fields, Some(&wrong))?)),
        }
    });
    let title = texts.say("guests-title");
    match done.await {
        Ok(Ok(content)) => visit.inside(&title, &content).into_response(),
        Ok(Err(content)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, visit.inside(&title, &content)).into_response()
        }
        Err(instead) => instead,
    }
}

/// Gives out a pass, or says why not.
///
/// # Errors
/// It cannot be committed.
fn give(
    own: &Own<'_>,
    texts: Texts,
    rules: &GuestRules,
    fields: &Fields,
) -> Result<Result<(Code, Timestamp), String>, AppError> {
    let Some((from, until)) = times(own, fields) else {
        return Ok(Err(texts.say("guests-wrong-time")));
    };
    let Ok(facility) = fields.text("facility").parse() else {
        return Ok(Err(texts.say("guests-closed")));
    };
    let key = own.site.store.key()?;
    let mut request = Sponsor {
        member: own.id,
        tag: Uuid::new_v4().simple().to_string().chars().take(8).collect(),
        code: crate::domain::model::CodeHash::from_bytes([0; 16]),
        facility,
        from,
        until,
    };
    for _ in 0..TRIES {
        let Some(code) = passcode::random(&own.space) else { break };
        request.code = code.hash(&key);
        match plan(&own.head, &request, rules, own.now, own.today) {
            Ok(plan) => {
                own.carry_out(&plan)?;
                return Ok(Ok((code, until)));
            }
            Err(NoPass::CodeTaken) => {}
            Err(NoPass::Refused(refusal)) => return Err(refusal.into()),
            Err(why) => return Ok(Err(in_words(texts, &why))),
        }
    }
    Err(AppError::internal("no passcode is free"))
}

/// Reads the first moment and the last.
fn times(own: &Own<'_>, fields: &Fields) -> Option<(Timestamp, Timestamp)> {
    let day: civil::Date = fields.get("day")?.parse().ok()?;
    let time: civil::Time = fields.get("time")?.parse().ok()?;
    let hours: u16 = fields.get("hours")?.parse().ok()?;
    let from = day.to_datetime(time).to_zoned(own.zone.clone()).ok()?.timestamp();
    // "From now on" was true when the form was shown.
    let from =
        if from < own.now { Timestamp::from_second(own.now.as_second()).ok()? } else { from };
    let until = from.checked_add(SignedDuration::from_hours(i64::from(hours))).ok()?;
    Some((from, until))
}

fn in_words(texts: Texts, why: &NoPass) -> String {
    match why {
        NoPass::Child => texts.say("guests-child"),
        NoPass::Standing => texts.say("guests-standing"),
        NoPass::Over => texts.say("guests-over"),
        NoPass::TooLong(hours) => texts.count("guests-too-long", usize::from(*hours)),
        NoPass::TooFar => texts.say("guests-too-far"),
        NoPass::NotYours => texts.say("guests-not-yours"),
        NoPass::TooMany(count) => texts.count("guests-too-many", *count),
        NoPass::Closed | NoPass::CodeTaken | NoPass::Refused(_) => texts.say("guests-closed"),
    }
}

fn given(own: &Own<'_>, texts: Texts, code: &Code, until: Timestamp) -> Markup {
    let until = moment(own, texts, until);
    let digits = code.reveal();
    html! {
        div.note.good role="status" {
            p { (texts.say("guests-passcode")) " " strong { code { (digits) } } }
            p { (texts.fill("guests-until", &[("until", &until)])) }
        }
        p { (texts.say("guests-once")) }
        p { a href="/guests" { (texts.say("guests-title")) } }
    }
}
