//! Reads the form, and does with it what the settings of the space say.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::html;

use super::{
    brake::Brake,
    end,
    names::{BIRTHS, CONFIRM, NAMES},
};
use crate::{
    app::{
        AppError,
        documents::Document,
        joining::{self, Applied},
        zone,
    },
    domain::{
        model::{Agreement, Application},
        ops::joining::{Form, FormFault, FormField as F, Offer, read as read_form, read_child},
    },
    web::{Event, fields::Fields, members::frame::Frame},
};

/// What was read.
pub(super) enum Read {
    /// All is well.
    Good(Box<Application>),
    /// Something is wrong.
    Wrong(Vec<(F, FormFault)>),
}

/// Reads the whole form: the person, the membership, and the children so far.
///
/// # Errors
/// The records cannot be read.
pub(super) async fn read(frame: &Frame, fields: &Fields) -> Result<Read, AppError> {
    let (fields, language) = (fields.clone(), frame.texts.language());
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let today = site.now().to_zoned(zone::of(&head)?).date();
        let version =
            |it: Document| Ok::<_, AppError>(it.read(&head, language)?.map(|it| it.version));
        let agreed = Agreement {
            on: today,
            house_rules: version(Document::HouseRules)?,
            privacy: version(Document::Privacy)?,
        };
        let text = |field: F| fields.text(field.name());
        let form = Form {
            name: text(F::Name),
            email: text(F::Email),
            phone: text(F::Phone),
            address: text(F::Address),
            born: text(F::Born),
            tier: text(F::Tier),
            concession: text(F::Concession),
            amount: text(F::Amount),
            news: fields.is_ticked("news"),
            named: fields.is_ticked("named"),
            heard_of_us: text(F::HeardOfUs),
            language,
            house_rules: fields.is_ticked(F::HouseRules.name()),
            privacy: fields.is_ticked(F::Privacy.name()),
        };
        let pairs = fields.all(NAMES).zip(fields.all(BIRTHS));
        let children = pairs
            .take(crate::domain::ops::joining::MOST_CHILDREN)
            .map(|(name, born)| read_child(name, born, today))
            .collect::<Result<Vec<_>, _>>();
        let offer = Offer::of(&head)?;
        let read = children.and_then(|children| read_form(&form, &offer, agreed, children));
        Ok(match read {
            Ok(application) => Read::Good(Box::new(application)),
            Err(faults) => Read::Wrong(faults),
        })
    });
    worked.await
}

/// Sends the form.
pub(super) async fn send(frame: &Frame, brake: &Brake, application: Application) -> Response {
    let now = frame.site.now();
    if !brake.take(frame.address, &application.email, now) {
        let words = frame.texts.say("register-too-many");
        return frame.refuse(StatusCode::TOO_MANY_REQUESTS, &words);
    }
    let worked = frame.site.work(move |site| {
        let url = format!("{}{CONFIRM}?link=", site.members_url()?);
        let applied = joining::apply(&site.store, application, &url, site.now())?;
        Ok(applied)
    });
    match worked.await {
        Ok(Applied::Mailed) => mailed(frame),
        Ok(Applied::Joined(joined)) => {
            tell(frame, &joined);
            mailed(frame)
        }
        Err(error) => {
            frame
                .site
                .tell(&Event::Trouble { words: format!("an application was not taken: {error}") });
            let words = frame.texts.say("register-later");
            frame.refuse(StatusCode::SERVICE_UNAVAILABLE, &words)
        }
    }
}

/// Writes into the log that somebody joined, and if the welcome waits, why.
pub(super) fn tell(frame: &Frame, joined: &joining::Joined) {
    frame.site.tell(&Event::Joined { member: joined.id, children: joined.children.len() });
    if let Some(why) = &joined.unsent {
        let words = format!("the welcome to {} waits: {why}", joined.id);
        frame.site.tell(&Event::Trouble { words });
    }
}

/// Says that there is mail. It says the same to everybody, so that nobody learns who is a member.
pub(super) fn mailed(frame: &Frame) -> Response {
    let content = html! {
        p.note.good role="status" { (frame.texts.say("mailed-look")) }
        p { (frame.texts.say("mailed-nothing")) }
    };
    frame.page(&frame.texts.say("mailed-title"), &content).into_response()
}

/// Shows what somebody is told who has joined.
pub(super) fn welcome(frame: &Frame, joined: &joining::Joined) -> Response {
    tell(frame, joined);
    let title = frame.texts.fill("end-title", &[("name", &joined.name)]);
    frame.page(&title, &end::content(frame.texts, joined)).into_response()
}
